package dev.acme53.certificate;

/// One version of one Secret.
record SecretIdentity(String name, String uid, String resourceVersion) {}
