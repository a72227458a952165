package dev.acme53.api;

import org.jspecify.annotations.Nullable;

/// One further entry of the target Secret.
@OmitEmpty
public record OutputFormat(@Nullable OutputFormatType type) {}
