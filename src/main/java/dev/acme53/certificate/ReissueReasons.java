package dev.acme53.certificate;

import dev.acme53.api.Annotations;
import dev.acme53.api.CertificateSpec;
import dev.acme53.api.IssuerRef;
import dev.acme53.api.Reasons;
import dev.acme53.certificate.SecretFacts.CertificateFact;
import dev.acme53.certificate.SecretFacts.KeyFact;
import dev.acme53.x509.DecodedCsr;
import dev.acme53.x509.Leaf;
import dev.acme53.x509.PrivateKeys;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Why what is in the target Secret is not what the Certificate wants: an ordered list of checks, of which the first
/// that fails counts (behaviour.md §1.2.1). The same list decides `Ready` and starts an issuance; only the last check,
/// that of time, differs.
final class ReissueReasons {
    private static final List<Check> CHECKS = List.of(
            ReissueReasons::missingData,
            ReissueReasons::keyPair,
            ReissueReasons::issuer,
            ReissueReasons::certificateName,
            ReissueReasons::keySpec,
            ReissueReasons::currentRequestKey,
            ReissueReasons::currentRequestSpec,
            ReissueReasons::leafNames);

    private ReissueReasons() {}

    /// What `Ready=False` says; empty when all is well. A certificate that is being renewed is still well.
    static Optional<Violation> forReadiness(Picture p) {
        return switch (p.target()) {
            case TargetSecret.Missing _ -> Optional.of(missing(p));
            case TargetSecret.InOrder(var _, var _, var notAfter) -> expired(notAfter, p.now());
            case TargetSecret.Read(var facts) ->
                lasting(p, facts).or(() -> facts.leaf().flatMap(leaf -> expired(leaf.notAfter(), p.now())));
        };
    }

    /// Why a new certificate must be issued; empty when none must.
    static Optional<Violation> forTrigger(Picture p) {
        return switch (p.target()) {
            case TargetSecret.Missing _ -> Optional.of(missing(p));
            case TargetSecret.InOrder(var _, var notBefore, var notAfter) -> dueForRenewal(p, notBefore, notAfter);
            case TargetSecret.Read(var facts) ->
                lasting(p, facts)
                        .or(() -> facts.leaf().flatMap(leaf -> dueForRenewal(p, leaf.notBefore(), leaf.notAfter())));
        };
    }

    /// Rows 2 to 8b: what time does not change.
    static Optional<Violation> lasting(Picture p, SecretFacts facts) {
        var subject = new Subject(p, facts);
        return CHECKS.stream()
                .map(check -> check.violation(subject))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// Rows 2 and 3 alone: whether key and certificate are there and belong together.
    static Optional<Violation> pair(Picture p, SecretFacts facts) {
        var subject = new Subject(p, facts);
        return missingData(subject).or(() -> keyPair(subject));
    }

    private record Subject(Picture picture, SecretFacts secret) {
        CertificateSpec spec() {
            return picture.spec();
        }

        Optional<OwnedRequest> currentRequest() {
            return picture.requests().current(picture.status().revision());
        }

        Optional<PublicKey> key() {
            return secret.key() instanceof KeyFact.Usable(var key) ? Optional.of(key) : Optional.empty();
        }

        String issuer(String annotation) {
            return secret.annotations().getOrDefault(annotation, "");
        }
    }

    @FunctionalInterface
    private interface Check {
        Optional<Violation> violation(Subject subject);
    }

    private static Violation missing(Picture p) {
        return new Violation(
                Reasons.Certificate.DOES_NOT_EXIST, "Secret " + p.spec().secretName() + " does not exist");
    }

    private static Optional<Violation> missingData(Subject s) {
        return fails(
                !s.secret.hasKeyAndCertificate(),
                Reasons.Certificate.MISSING_DATA,
                "Secret " + s.spec().secretName() + " has no "
                        + (s.secret.key() instanceof KeyFact.None ? "tls.key" : "tls.crt"));
    }

    private static Optional<Violation> keyPair(Subject s) {
        if (s.secret.key() instanceof KeyFact.Undecodable(var reason)) {
            return fails(
                    true,
                    Reasons.Certificate.INVALID_KEY_PAIR,
                    "The private key in the Secret cannot be read: " + reason);
        }
        if (s.secret.certificate() instanceof CertificateFact.Undecodable(var reason)) {
            return fails(
                    true,
                    Reasons.Certificate.INVALID_CERTIFICATE,
                    "The certificate in the Secret cannot be read: " + reason);
        }
        var same = s.key()
                .flatMap(key -> s.secret.leaf().map(leaf -> PrivateKeys.same(key, leaf.publicKey())))
                .orElse(true);
        return fails(
                !same,
                Reasons.Certificate.INVALID_KEY_PAIR,
                "The private key in the Secret does not belong to its certificate");
    }

    private static Optional<Violation> issuer(Subject s) {
        if (s.secret.leaf().filter(Leaf::isTemporary).isPresent()) {
            return fails(
                    true,
                    Reasons.Certificate.INCORRECT_ISSUER,
                    "The Secret holds a temporary certificate, signed by nobody");
        }
        var wanted = s.spec().issuerRef();
        var named = new IssuerRef(
                s.issuer(Annotations.ISSUER_NAME),
                s.issuer(Annotations.ISSUER_KIND),
                s.issuer(Annotations.ISSUER_GROUP));
        var noneNamed = !s.secret.annotations().containsKey(Annotations.ISSUER_NAME)
                && !s.secret.annotations().containsKey(Annotations.ISSUER_KIND)
                && !s.secret.annotations().containsKey(Annotations.ISSUER_GROUP);
        var compared = noneNamed ? new IssuerRef(wanted.name(), "", "") : named;
        return fails(
                !compared.means(wanted),
                Reasons.Certificate.INCORRECT_ISSUER,
                "The certificate in the Secret was issued by " + text(compared) + ", wanted is " + text(wanted));
    }

    private static Optional<Violation> certificateName(Subject s) {
        var named = s.secret.certificateName();
        return fails(
                s.secret.annotations().containsKey(Annotations.CERTIFICATE_NAME) && !named.equals(s.picture.name()),
                Reasons.Certificate.INCORRECT_CERTIFICATE,
                "The Secret was issued for Certificate " + named);
    }

    private static Optional<Violation> keySpec(Subject s) {
        var fits = SpecValues.key(s.spec())
                .flatMap(spec -> s.key().map(key -> PrivateKeys.matches(key, spec)))
                .orElse(true);
        return fails(
                !fits,
                Reasons.Certificate.SECRET_MISMATCH,
                "The private key in the Secret is not of the algorithm and size that spec.privateKey asks for");
    }

    private static Optional<Violation> currentRequestKey(Subject s) {
        return s.currentRequest().flatMap(request -> switch (request.csr()) {
            case DecodedCsr.Undecodable(var reason) ->
                fails(
                        true,
                        Reasons.Certificate.INVALID_CERTIFICATE_REQUEST,
                        "The CSR of CertificateRequest " + request.name() + " cannot be read: " + reason);
            case DecodedCsr.Decoded(var csr) ->
                fails(
                        !s.key()
                                .map(key -> PrivateKeys.same(key, csr.publicKey()))
                                .orElse(true),
                        Reasons.Certificate.SECRET_MISMATCH,
                        "The private key in the Secret is not that of CertificateRequest " + request.name());
        });
    }

    private static Optional<Violation> currentRequestSpec(Subject s) {
        return s.currentRequest().flatMap(request -> {
            var differences = differences(s.spec(), request);
            return fails(
                    !differences.isEmpty(),
                    Reasons.Certificate.REQUEST_CHANGED,
                    "The certificate was requested with other values of " + String.join(", ", differences));
        });
    }

    /// Row 8b.
    private static Optional<Violation> leafNames(Subject s) {
        if (s.currentRequest().isPresent()) {
            return Optional.empty();
        }
        return s.secret.leaf().flatMap(leaf -> {
            var differences = LeafMatch.differences(s.spec(), leaf);
            return fails(
                    !differences.isEmpty(),
                    Reasons.Certificate.SECRET_MISMATCH,
                    "The certificate in the Secret has other values of " + String.join(", ", differences));
        });
    }

    private static List<String> differences(CertificateSpec spec, OwnedRequest request) {
        return request.csr() instanceof DecodedCsr.Decoded(var csr)
                ? RequestMatch.differences(spec, request.object().getSpec(), csr)
                : List.of();
    }

    private static Optional<Violation> expired(Instant notAfter, Instant now) {
        return fails(now.isAfter(notAfter), Reasons.Certificate.EXPIRED, "The certificate expired at " + notAfter);
    }

    /// Row 9.
    private static Optional<Violation> dueForRenewal(Picture p, Instant notBefore, Instant notAfter) {
        return RenewalTime.of(p.spec(), notBefore, notAfter)
                .filter(at -> !p.now().isBefore(at))
                .map(at -> new Violation(
                        Reasons.Certificate.RENEWING, "The certificate was to be renewed from " + at + " on"));
    }

    private static String text(IssuerRef ref) {
        return ref.kindOrDefault() + "." + ref.groupOrDefault() + " " + ref.name();
    }

    private static Optional<Violation> fails(boolean violated, String reason, String message) {
        return violated ? Optional.of(new Violation(reason, message)) : Optional.empty();
    }
}
