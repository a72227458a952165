package dev.acme53.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Temporary credentials that all who need them share.
///
/// They are fetched by one flight: who comes while nothing is at hand waits for the call under way and takes its
/// answer. They are replaced before they expire, by one of those who ask, while the others go on with the old; a
/// replacement that cannot be had leaves the old until their end. A failure is the answer to everybody for a while, so
/// that hundreds of Challenges do not ask STS hundreds of times.
final class KeptCredentials {
    private static final Duration EARLY = Duration.ofMinutes(5);
    private static final Duration LAST_MOMENT = Duration.ofSeconds(10);

    /// Somebody mends a trust policy and looks at the Challenge.
    private static final Duration MENDING = Duration.ofMinutes(5);

    /// Successors of what AWS refused (route53.md §5.8).
    private static final Duration REVOKED = Duration.ofMinutes(30);

    private final Supplier<Fetch> source;
    private final InstantSource clock;
    private final Delays failures;
    private final Delays refusals;
    private final ReentrantLock flight = new ReentrantLock();
    private volatile @Nullable Kept kept;
    private volatile @Nullable Failure failure;
    private volatile Instant nextDrop = Instant.MIN;

    private record Kept(Fetch.Got got, Instant renewFrom) {}

    private record Failure(Fetch.Failed failed, Instant until) {}

    /// @param source asked for new credentials, by one thread at a time
    KeptCredentials(Supplier<Fetch> source, InstantSource clock, RandomGenerator random) {
        this.source = source;
        this.clock = clock;
        failures = new Delays(random, MENDING);
        refusals = new Delays(random, REVOKED);
    }

    /// Whether there are some that live, so that [#current] gives credentials.
    boolean areAtHand() {
        var at = kept;
        return at != null && isAlive(at, clock.instant());
    }

    /// Credentials that live, or why there are none.
    Fetch current() {
        var now = clock.instant();
        var at = kept;
        if (at != null && now.isBefore(at.renewFrom)) {
            return at.got;
        }
        if (at != null && isAlive(at, now)) {
            return renewed(at);
        }
        flight.lock();
        try {
            return fetchedUnlessAtHand();
        } finally {
            flight.unlock();
        }
    }

    private Fetch renewed(Kept old) {
        if (!flight.tryLock()) {
            return old.got;
        }
        try {
            return fetchedUnlessAtHand() instanceof Fetch.Got fresh ? fresh : old.got;
        } finally {
            flight.unlock();
        }
    }

    /// Whoever held the lock before may have got what is wanted, or learned that it cannot be had.
    private Fetch fetchedUnlessAtHand() {
        var now = clock.instant();
        var at = kept;
        if (at != null && now.isBefore(at.renewFrom)) {
            return at.got;
        }
        var known = failure;
        if (known != null && now.isBefore(known.until)) {
            return known.failed;
        }
        return switch (source.get()) {
            case Fetch.Got got -> {
                failure = null;
                failures.reset();
                kept = new Kept(got, renewFrom(got, clock.instant()));
                yield got;
            }
            case Fetch.Failed failed -> {
                failure = new Failure(failed, clock.instant().plus(failures.next()));
                yield failed;
            }
        };
    }

    /// Five minutes before the end; of a short life, its last quarter.
    private static Instant renewFrom(Fetch.Got got, Instant now) {
        if (got.expires().equals(Instant.MAX)) {
            return Instant.MAX;
        }
        var quarter = Duration.between(now, got.expires()).dividedBy(4);
        return got.expires().minus(quarter.compareTo(EARLY) < 0 ? quarter : EARLY);
    }

    private static boolean isAlive(Kept at, Instant now) {
        return now.plus(LAST_MOMENT).isBefore(at.got.expires());
    }

    /// AWS did not accept the credentials of this access key id. They are dropped if they are still those at hand;
    /// when the ones before them were refused as well, not before a wait that grows, in which AWS goes on saying
    /// what it says.
    ///
    /// @return whether they were dropped just now
    boolean refused(String accessKeyId) {
        flight.lock();
        try {
            var at = kept;
            var now = clock.instant();
            if (at == null || !at.got.credentials().accessKeyId().equals(accessKeyId) || now.isBefore(nextDrop)) {
                return false;
            }
            kept = null;
            if (nextDrop.plus(REVOKED).isBefore(now)) {
                refusals.reset();
            }
            nextDrop = now.plus(refusals.next());
            return true;
        } finally {
            flight.unlock();
        }
    }

    /// Waits that grow: 5 s, doubled each time, ±10 %.
    private static final class Delays {
        private static final Duration LEAST = Duration.ofSeconds(5);
        private final RandomGenerator random;
        private final Duration most;
        private int count;

        Delays(RandomGenerator random, Duration most) {
            this.random = random;
            this.most = most;
        }

        Duration next() {
            var millis = Math.min(LEAST.toMillis() << Math.min(count++, 20), most.toMillis());
            return Duration.ofMillis((long) (millis * (0.9 + 0.2 * random.nextDouble())));
        }

        void reset() {
            count = 0;
        }
    }
}
