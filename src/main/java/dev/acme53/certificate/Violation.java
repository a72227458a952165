package dev.acme53.certificate;

/// A check that failed.
///
/// @param reason a condition's reason (api.md §8.1)
/// @param message for users
record Violation(String reason, String message) {}
