package dev.acme53.route53;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/// What one identity is not allowed in one zone, so that a policy that forbids everything costs few calls.
///
/// When all of a batch was denied, what comes after is tried one record at a time until one passes; a denied record is
/// not tried again for 5 s, doubling up to five minutes. Twenty denied calls in ten minutes are the most.
///
/// Guarded by its lane.
final class Denials {
    private static final int MOST = 20;
    private static final Duration SPAN = Duration.ofMinutes(10);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final Deque<Instant> calls = new ArrayDeque<>();
    private final Set<ChallengeRecord> denied = new HashSet<>();
    private Route53Failure failure = new Route53Failure.Permanent("");
    private Duration wait = Duration.ZERO;
    private Instant until = Instant.MIN;

    /// A call was denied.
    void called(Route53Failure why, Instant now) {
        failure = why;
        calls.addLast(now);
    }

    /// All that was tried together was denied.
    void all(Part part, Instant now) {
        part.entries().forEach(e -> denied.add(e.record()));
        wait = wait.isZero()
                ? FIRST_WAIT
                : wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
        until = now.plus(wait);
    }

    /// Something passed.
    void lifted() {
        denied.clear();
        wait = Duration.ZERO;
        until = Instant.MIN;
    }

    /// Whether nothing has passed since all was denied: then one record at a time.
    boolean isSingly() {
        return !wait.isZero();
    }

    /// Whether `record` need not be tried now.
    boolean holdsBack(ChallengeRecord record, Instant now) {
        return isExhausted(now) || (now.isBefore(until) && denied.contains(record));
    }

    boolean isExhausted(Instant now) {
        while (!calls.isEmpty() && calls.peekFirst().plus(SPAN).compareTo(now) <= 0) {
            calls.removeFirst();
        }
        return calls.size() >= MOST;
    }

    /// What to say to those who are held back.
    Route53Failure failure() {
        return failure;
    }

    boolean isForgotten(Instant now) {
        isExhausted(now);
        return calls.isEmpty() && !now.isBefore(until);
    }
}
