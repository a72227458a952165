package dev.acme53.challenge;

/// Where a record belongs.
sealed interface Place {
    record At(WrittenRecord record) implements Place {}

    record Unknown(String reason) implements Place {}

    /// Route 53 has no zone for the name.
    record NoZone(String reason) implements Place {}
}
