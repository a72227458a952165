package dev.acme53.certificate;

import dev.acme53.x509.CertificateChains;
import dev.acme53.x509.DecodedChain;
import dev.acme53.x509.DecodedCsr;
import dev.acme53.x509.DecodedLeaf;
import dev.acme53.x509.Leaf;
import dev.acme53.x509.PemLimits;
import dev.acme53.x509.PrivateKeys;
import java.time.Instant;

/// What an issued CertificateRequest holds: only what can be read, was issued for the requested key and is not expired
/// goes into a Secret (behaviour.md §1.6, rule 7).
sealed interface IssuedCertificate {
    /// One that goes into the Secret.
    record Usable(Leaf leaf) implements IssuedCertificate {}

    /// One that must not be used; the message is for users.
    record Unusable(String message) implements IssuedCertificate {}

    static IssuedCertificate of(OwnedRequest request, Instant now, PemLimits limits) {
        var pem = request.object().statusOrEmpty().certificate().toArray();
        if (CertificateChains.decode(pem, limits) instanceof DecodedChain.Undecodable(var reason)) {
            return new Unusable("the issued certificate cannot be read: " + reason);
        }
        return switch (CertificateChains.leaf(pem, limits)) {
            case DecodedLeaf.Undecodable(var reason) ->
                new Unusable("the issued certificate cannot be read: " + reason);
            case DecodedLeaf.Decoded(var leaf) -> judge(request, leaf, now);
        };
    }

    private static IssuedCertificate judge(OwnedRequest request, Leaf leaf, Instant now) {
        if (!(request.csr() instanceof DecodedCsr.Decoded(var csr))
                || !PrivateKeys.same(csr.publicKey(), leaf.publicKey())) {
            return new Unusable("the issued certificate is for another key than the requested one");
        }
        return leaf.isExpired(now)
                ? new Unusable("the issued certificate expired at " + leaf.notAfter())
                : new Usable(leaf);
    }
}
