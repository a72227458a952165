package dev.acme53.certificate;

import dev.acme53.api.Condition;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.EventReasons;
import dev.acme53.api.FieldManagers;
import dev.acme53.certificate.CertificateStep.DeleteNextKeys;
import dev.acme53.certificate.CertificateStep.DeleteRequests;
import dev.acme53.certificate.CertificateStep.Edit;
import dev.acme53.certificate.CertificateStep.UpkeepSecret;
import dev.acme53.certificate.CertificateStep.Wait;
import dev.acme53.x509.DecodedCsr;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is done next about a Certificate: the peer's six loops as one ordered list of rules (behaviour.md §1).
final class CertificateDecision {
    private static final Duration LOSERS_LOOK_AGAIN = Duration.ofMinutes(3);
    private static final Duration DUPLICATES_LOOK_AGAIN = Duration.ofSeconds(30);

    private CertificateDecision() {}

    static CertificateStep next(Picture p) {
        if (hasDuplicates(p)) {
            return Wait.atMost(DUPLICATES_LOOK_AGAIN);
        }
        return readiness(p).or(() -> p.isIssuing() ? Issuance.next(p) : idle(p)).orElseGet(Wait::forEvents);
    }

    /// Whether the target Secret, which was read, passes every check that time does not change; then it need
    /// not be read again before it changes.
    static boolean isInOrder(Picture p, SecretFacts facts) {
        return ReissueReasons.lasting(p, facts).isEmpty()
                && (p.upkept()
                        || SecretUpkeep.first(facts, p.certificate(), p.settings())
                                .isEmpty());
    }

    /// A revision must have one request at most: with two, nothing says which one counts. Those of an issuance
    /// under way are sorted out there.
    private static boolean hasDuplicates(Picture p) {
        var revision = p.status().revision();
        return (revision != null && p.requests().ofRevision(revision).size() > 1)
                || (!p.isIssuing() && p.requests().next(revision).size() > 1);
    }

    private static Optional<CertificateStep> readiness(Picture p) {
        var times = validity(p.target());
        var edit = new StatusEdit.Ready(
                ReissueReasons.forReadiness(p),
                times.map(Validity::notBefore).orElse(null),
                times.map(Validity::notAfter).orElse(null),
                renewalTime(p).orElse(null),
                p.generation(),
                p.now());
        return edit.apply(p.status()).equals(p.status()) ? Optional.empty() : Optional.of(Edit.silent(edit));
    }

    private static Optional<CertificateStep> idle(Picture p) {
        if (p.status().nextPrivateKeySecretName() != null) {
            return Optional.of(Edit.silent(new StatusEdit.NextKeyName(null)));
        }
        if (!p.nextKeys().isEmpty()) {
            return Optional.of(new DeleteNextKeys(p.nextKeys(), Optional.empty()));
        }
        return upkeep(p).or(() -> prune(p)).or(() -> trigger(p));
    }

    private static Optional<CertificateStep> upkeep(Picture p) {
        return p.target() instanceof TargetSecret.Read(var facts) && p.ownsSecret() && !p.upkept()
                ? SecretUpkeep.first(facts, p.certificate(), p.settings()).map(UpkeepSecret::new)
                : Optional.empty();
    }

    private static Optional<CertificateStep> prune(Picture p) {
        var kept = p.spec().revisionHistoryLimit();
        var obsolete = p.isReady()
                ? p.requests().obsolete(p.status().revision(), kept == null ? 1 : Math.max(kept, 1))
                : List.<OwnedRequest>of();
        return obsolete.isEmpty() ? Optional.empty() : Optional.of(new DeleteRequests(obsolete));
    }

    private static Optional<CertificateStep> trigger(Picture p) {
        if (!p.ownsSecret()) {
            return Optional.of(Wait.atMost(LOSERS_LOOK_AGAIN));
        }
        if (p.now().equals(p.status().lastFailureTime())) {
            // times are whole seconds: a failure must be told from the issuance after it
            return Optional.of(Wait.atMost(Duration.ofSeconds(1)));
        }
        var backoff = FailureBackoff.remaining(p.status(), p.settings(), p.now());
        if (backoff.isPositive() && !specChangedSinceFailure(p)) {
            return Optional.of(Wait.atMost(backoff));
        }
        return ReissueReasons.forTrigger(p)
                .<CertificateStep>map(violation -> new Edit(
                        new StatusEdit.Trigger(violation, p.generation(), p.now()),
                        Optional.of(Announcement.normal(
                                FieldManagers.TRIGGER,
                                EventReasons.Certificate.ISSUING,
                                "Issuing a certificate: " + violation.message()))))
                .or(() -> waitForTime(p));
    }

    /// Then the failure says nothing about what would be asked for now.
    private static boolean specChangedSinceFailure(Picture p) {
        return p.requests().next(p.status().revision()).stream().anyMatch(request -> switch (request.csr()) {
            case DecodedCsr.Undecodable _ -> true;
            case DecodedCsr.Decoded(var csr) ->
                !RequestMatch.differences(p.spec(), request.object().getSpec(), csr)
                        .isEmpty();
        });
    }

    /// Until the renewal, or until the certificate expires where none comes.
    private static Optional<CertificateStep> waitForTime(Picture p) {
        return Stream.concat(
                        renewalTime(p).stream(),
                        validity(p.target()).map(v -> v.notAfter().plusSeconds(1)).stream())
                .filter(at -> at.isAfter(p.now()))
                .min(Instant::compareTo)
                .map(at -> Wait.atMost(Duration.between(p.now(), at)));
    }

    private static Optional<Instant> renewalTime(Picture p) {
        return validity(p.target()).flatMap(v -> RenewalTime.of(p.spec(), v.notBefore(), v.notAfter()));
    }

    private record Validity(Instant notBefore, Instant notAfter) {}

    private static Optional<Validity> validity(TargetSecret target) {
        return switch (target) {
            case TargetSecret.Missing _ -> Optional.empty();
            case TargetSecret.InOrder(var _, var notBefore, var notAfter) ->
                Optional.of(new Validity(notBefore, notAfter));
            case TargetSecret.Read(var facts) ->
                facts.leaf().map(leaf -> new Validity(leaf.notBefore(), leaf.notAfter()));
        };
    }

    /// Since when the issuance under way has been so.
    static Optional<Instant> issuingSince(Picture p) {
        return Conditions.find(p.status().conditions(), ConditionTypes.ISSUING).map(Condition::lastTransitionTime);
    }
}
