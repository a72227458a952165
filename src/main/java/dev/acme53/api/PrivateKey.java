package dev.acme53.api;

import org.jspecify.annotations.Nullable;

/// How the private key is made and written; never the key itself.
@OmitEmpty
public record PrivateKey(
        @Nullable RotationPolicy rotationPolicy,
        @Nullable KeyEncoding encoding,
        @Nullable KeyAlgorithm algorithm,
        @Nullable Long size) {}
