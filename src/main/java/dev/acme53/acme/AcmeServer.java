package dev.acme53.acme;

import java.net.URI;
import java.util.Optional;

/// One CA as an issuer names it.
///
/// @param directory the directory's URL (RFC 8555 §7.1.1)
/// @param caBundlePem certificates, PEM, that are trusted for the CA's TLS instead of the system's roots.
/// Without a single readable certificate in it, the system's roots are trusted (behaviour.md §3.8)
/// @param skipTlsVerify whether any TLS certificate of the CA is taken
public record AcmeServer(URI directory, Optional<String> caBundlePem, boolean skipTlsVerify) {}
