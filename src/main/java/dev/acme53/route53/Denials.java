package dev.acme53.route53;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one identity is not allowed in one zone, so that a policy that forbids costs few calls, and those whom it does
/// not forbid are kept waiting by nobody.
///
/// A denied record is tried again by itself, after 4 s, doubling up to four minutes. When all of a batch was denied,
/// one record at a time is tried until one passes, and those denied so far share one such wait. Twenty denied calls in
/// ten minutes are the most; single records that were denied before may use half of them.
///
/// The waits are a little shorter than those of who wants the record (5 s to five minutes, ±10 %): otherwise every
/// other try would find itself held back, and the next one be twice as far away.
///
/// Guarded by its lane.
final class Denials {
    private static final int MOST = 20;
    private static final Duration SPAN = Duration.ofMinutes(10);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(4);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(4);

    private record Denial(Route53Failure failure, Duration pause, Instant until) {
        Denial again(Route53Failure why, Instant now) {
            var longer = pause.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? pause.multipliedBy(2) : LONGEST_WAIT;
            return new Denial(why, longer, now.plus(longer));
        }

        static Denial first(Route53Failure why, Instant now) {
            return new Denial(why, FIRST_WAIT, now.plus(FIRST_WAIT));
        }
    }

    private final Deque<Instant> calls = new ArrayDeque<>();
    private final Map<ChallengeRecord, Denial> single = new HashMap<>();
    private final Set<ChallengeRecord> together = new HashSet<>();
    private @Nullable Denial ofAll;
    private Route53Failure latest = new Route53Failure.Permanent("");

    /// A call was denied.
    void called(Route53Failure why, Instant now) {
        latest = why;
        calls.addLast(now);
    }

    /// These turned out to be denied.
    /// @param wholly whether they were all of a batch
    void of(Collection<ChallengeRecord> records, boolean wholly, Instant now) {
        var all = ofAll;
        if (wholly || all != null) {
            together.addAll(records);
            ofAll = all == null ? Denial.first(latest, now) : all.again(latest, now);
            return;
        }
        for (var record : records) {
            var known = single.get(record);
            single.put(record, known == null ? Denial.first(latest, now) : known.again(latest, now));
        }
    }

    /// A call passed with these in it.
    void passed(Collection<ChallengeRecord> records) {
        together.clear();
        ofAll = null;
        records.forEach(single::remove);
    }

    /// Whether nothing has passed since all of a batch was denied: then one record at a time.
    boolean isSingly() {
        return ofAll != null;
    }

    /// Whether it was denied where others passed, so that it goes by itself.
    boolean isOdd(ChallengeRecord record) {
        return single.containsKey(record);
    }

    /// Whether `record` need not be tried now.
    boolean holdsBack(ChallengeRecord record, Instant now) {
        var all = ofAll;
        var known = single.get(record);
        return isExhausted(now)
                || (all != null && now.isBefore(all.until) && together.contains(record))
                || (known != null && (now.isBefore(known.until) || calls.size() >= MOST / 2));
    }

    boolean isExhausted(Instant now) {
        while (!calls.isEmpty() && !now.isBefore(calls.getFirst().plus(SPAN))) {
            calls.removeFirst();
        }
        return calls.size() >= MOST;
    }

    /// What to say of `record` when it is held back.
    Route53Failure failure(ChallengeRecord record) {
        var known = single.get(record);
        return known == null ? latest : known.failure;
    }

    Route53Failure latest() {
        return latest;
    }

    boolean isForgotten(Instant now) {
        return !isExhausted(now) && calls.isEmpty();
    }
}
