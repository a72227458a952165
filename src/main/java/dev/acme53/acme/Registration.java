package dev.acme53.acme;

import java.util.Optional;

/// What an account is registered with; the terms of service are agreed to when the CA has any.
///
/// @param email the contact, without `mailto:`
public record Registration(Optional<String> email, Optional<Eab> eab) {}
