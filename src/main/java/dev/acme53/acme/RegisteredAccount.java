package dev.acme53.acme;

import java.net.URI;
import java.util.Optional;

/// An account that exists at the CA.
///
/// @param email its first contact that is a `mailto:`, as the CA shows it; CAs that show none leave it empty
/// @param created whether the account was made just now
public record RegisteredAccount(URI url, Optional<String> email, boolean created) {}
