package dev.acme53.route53;

import dev.acme53.route53.RecordChanges.ChangeResult;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is denied in one zone, to each identity by itself.
///
/// Guarded by its lane.
final class ZoneDenials {
    private static final Denials NONE = new Denials();

    /// A batch is taken apart with so many refused calls at the most: that finds a few bad records, and of many some,
    /// and those that are left come again.
    private static final int MOST_REFUSED = 75;

    private final Map<String, Denials> byIdentity = new HashMap<>();
    private final Map<String, Integer> refusedOfWhole = new HashMap<>();

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

    /// What is to be sent of `part`, in this order, when those that are held back are told: what was not denied before
    /// together, and each of the others by itself.
    Deque<Part> sift(Part part, Instant now) {
        var identity = part.caller().identity();
        var fresh = new ArrayList<Entry>();
        var allowed = new ArrayDeque<Part>();
        for (var entry : part.entries()) {
            var denied = holdingBack(identity, entry.record(), now);
            if (denied.isPresent()) {
                entry.complete(new ChangeResult.Failed(denied.get()));
            } else if (of(identity).isOdd(entry.record())) {
                allowed.add(Part.of(List.of(entry)));
            } else {
                fresh.add(entry);
            }
        }
        if (!fresh.isEmpty()) {
            allowed.addFirst(Part.of(fresh));
        }
        return allowed;
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

    /// A part was refused for something in it. Whether its whole was taken apart for so long that it is enough.
    boolean isLookedForInVain(Part part) {
        return refusedOfWhole.merge(part.caller().identity(), 1, (more, one) -> part.split() == null ? one : more + one)
                > MOST_REFUSED;
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
