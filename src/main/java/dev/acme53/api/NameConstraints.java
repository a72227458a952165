package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// The names for which a CA certificate may be used.
@OmitEmpty
public record NameConstraints(
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean critical,
        @Nullable NameConstraintItem permitted,
        @Nullable NameConstraintItem excluded) {}
