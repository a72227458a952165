package dev.acme53.api;

import org.jspecify.annotations.Nullable;

/// Keystores to be made beside the PEM entries.
@OmitEmpty
public record Keystores(@Nullable JksKeystore jks, @Nullable Pkcs12Keystore pkcs12) {}
