package dev.acme53.x509;

import java.security.PublicKey;
import java.util.List;
import java.util.Optional;

/// A certificate signing request that could be read, and whose signature is that of its key.
///
/// @param subject the attributes of the subject that the API knows
/// @param subjectDer the whole subject
/// @param ipAddresses in their usual text
/// @param usages key usages and extended key usages in the API's words, those first
/// @param encodesUsages whether the request has a key usage or extended key usage extension at all
/// @param encodesCa whether it has a basic constraints extension at all
/// @param isCa what that extension says, else false
/// @param der the request itself
public record Csr(
        Subject subject,
        Der subjectDer,
        List<String> dnsNames,
        List<String> emailAddresses,
        List<String> ipAddresses,
        List<String> uris,
        List<OtherName> otherNames,
        List<String> usages,
        boolean encodesUsages,
        boolean encodesCa,
        boolean isCa,
        PublicKey publicKey,
        Der der) {
    public Csr {
        dnsNames = List.copyOf(dnsNames);
        emailAddresses = List.copyOf(emailAddresses);
        ipAddresses = List.copyOf(ipAddresses);
        uris = List.copyOf(uris);
        otherNames = List.copyOf(otherNames);
        usages = List.copyOf(usages);
    }

    /// The subject's common name, empty when there is none.
    public String commonName() {
        return subject.commonName();
    }

    /// How the request contradicts the fields `isCA` and `usages` beside it, if it does (R02 of api.md §4.3). What
    /// the request does not say cannot contradict.
    public Optional<String> contradiction(boolean isCa, List<String> usages) {
        if (encodesCa && this.isCa != isCa) {
            return Optional.of("the request's basic constraints say CA " + this.isCa + ", spec.isCA says " + isCa);
        }
        if (!encodesUsages) {
            return Optional.empty();
        }
        try {
            var wanted = KeyUsages.of(usages, isCa).words();
            return wanted.equals(this.usages)
                    ? Optional.empty()
                    : Optional.of(
                            "the request's key usages " + this.usages + " are not those of spec.usages " + wanted);
        } catch (Unusable e) {
            return Optional.of(e.reason());
        }
    }
}
