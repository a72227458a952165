package dev.acme53.x509;

/// An otherName SAN with a UTF8String inside, RFC 5280 §4.2.1.6.
///
/// @param oid dotted
public record OtherName(String oid, String utf8Value) {}
