package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;

/// A branch of an object that we keep exactly as it was written and never read: another solver, another provider,
/// another type of issuer.
public record Preserved(@JsonValue JsonNode json) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Preserved {}

    /// Says nothing of what is inside: it may hold anything.
    @Override
    public String toString() {
        return "{…}";
    }
}
