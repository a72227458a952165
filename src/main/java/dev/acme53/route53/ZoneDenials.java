package dev.acme53.route53;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What is denied in one zone, to each identity by itself.
///
/// Guarded by its lane.
final class ZoneDenials {
    private static final Denials NONE = new Denials();

    private final Map<String, Denials> byIdentity = new HashMap<>();

    private Denials of(String identity) {
        return byIdentity.getOrDefault(identity, NONE);
    }

    private Denials ofDenied(String identity) {
        return byIdentity.computeIfAbsent(identity, _ -> new Denials());
    }

    /// Why `record` need not be tried now.
    Optional<Route53Failure> holdingBack(String identity, ChallengeRecord record, Instant now) {
        var known = of(identity);
        return known.holdsBack(record, now) ? Optional.of(known.failure(record)) : Optional.empty();
    }

    /// Why nothing at all is to be tried now.
    Optional<Route53Failure> exhausting(String identity, Instant now) {
        var known = of(identity);
        return known.isExhausted(now) ? Optional.of(known.latest()) : Optional.empty();
    }

    /// Whether one record at a time is to be tried.
    boolean isSingly(String identity) {
        return of(identity).isSingly();
    }

    /// Whether `record` goes by itself.
    boolean isOdd(String identity, ChallengeRecord record) {
        return of(identity).isOdd(record);
    }

    void passed(Part part) {
        var known = byIdentity.get(part.caller().identity());
        if (known != null) {
            known.passed(part.records());
        }
    }

    void called(String identity, Route53Failure why, Instant now) {
        ofDenied(identity).called(why, now);
    }

    /// Takes in what is known of denied records from now on.
    void learn(Verdict verdict, Instant now) {
        var denied = verdict.denied();
        if (!denied.isEmpty()) {
            ofDenied(denied.getFirst().caller().identity())
                    .of(denied.stream().flatMap(part -> part.records().stream()).toList(), verdict.wholly(), now);
        }
    }

    /// Whether nothing is left to be remembered.
    boolean isForgotten(Instant now) {
        byIdentity.values().removeIf(known -> known.isForgotten(now));
        return byIdentity.isEmpty();
    }
}
