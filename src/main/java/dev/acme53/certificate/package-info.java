/// The stage that keeps a Certificate's Secret as its spec says: Certificate → next private key, CertificateRequest,
/// Secret, renewal (behaviour.md §1).
@NullMarked
package dev.acme53.certificate;

import org.jspecify.annotations.NullMarked;
