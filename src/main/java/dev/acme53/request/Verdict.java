package dev.acme53.request;

import dev.acme53.api.Bytes;
import dev.acme53.x509.CertificateChains;
import dev.acme53.x509.CertificateSigningRequests;
import dev.acme53.x509.DecodedCsr;
import dev.acme53.x509.DecodedLeaf;
import dev.acme53.x509.PrivateKeys;

/// Whether an Order's certificate is the one that was asked for.
sealed interface Verdict {
    /// It certifies the key of the CSR.
    record Good() implements Verdict {}

    /// It does not: the Order is of no use.
    record Useless(String why) implements Verdict {}

    static Verdict of(Bytes csr, Bytes chain) {
        return switch (CertificateChains.leaf(chain.toArray())) {
            case DecodedLeaf.Undecodable(var reason) -> new Useless("the CA's certificate cannot be read: " + reason);
            case DecodedLeaf.Decoded(var leaf) ->
                CertificateSigningRequests.decode(csr.toArray()) instanceof DecodedCsr.Decoded(var request)
                                && PrivateKeys.same(request.publicKey(), leaf.publicKey())
                        ? new Good()
                        : new Useless("the CA's certificate is for another key than the request's");
        };
    }
}
