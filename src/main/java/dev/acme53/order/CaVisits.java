package dev.acme53.order;

import dev.acme53.api.AnyIssuer;
import dev.acme53.reconcile.Retries;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/// When each Order may ask its CA again: after a failure with growing distance or when the CA says so, while polling
/// quickly at first.
///
/// Kept in memory, as a work queue's delays are: after a restart the first visit is at once.
final class CaVisits {
    private static final Duration LONGEST_POLL = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final RandomGenerator random;
    private final Retries failures;
    private final Retries polls;
    private final Map<ResourceID, Pause> pauses = new ConcurrentHashMap<>();
    private final Map<ResourceID, Instant> pollingSince = new ConcurrentHashMap<>();

    CaVisits(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
        this.failures = new Retries(Duration.ofSeconds(5), Duration.ofMinutes(30), random);
        this.polls = new Retries(Duration.ofMillis(500), LONGEST_POLL, random);
    }

    /// How long the Order has to leave the CA alone yet; empty when it may ask now.
    Optional<Duration> pause(ResourceID order, AnyIssuer issuer) {
        var pause = pauses.get(order);
        if (pause == null || !pause.holdsFor(issuer)) {
            return Optional.empty();
        }
        var left = Duration.between(clock.instant(), pause.until);
        return left.isPositive() ? Optional.of(left) : Optional.empty();
    }

    /// The CA could not or would not answer now: pauses, at least as long as it said.
    Duration failed(ResourceID order, Optional<Instant> retryAfter) {
        return pauseFor(order, later(failures.next(order), retryAfter), Optional.empty());
    }

    /// There is no account to ask with: pauses until the issuer changes, or a while.
    Duration notLoggedIn(ResourceID order, AnyIssuer issuer) {
        return pauseFor(order, failures.next(order), Optional.of(versionOf(issuer)));
    }

    /// The CA is not done: pauses until it wants to be asked again.
    Duration poll(ResourceID order, Optional<Instant> retryAfter) {
        pollingSince.putIfAbsent(order, clock.instant());
        failures.reset(order);
        var quick = polls.next(order);
        return pauseFor(order, retryAfter.map(this::until).orElse(quick), Optional.empty());
    }

    /// Whether the Order, where it stands now, has not asked yet.
    boolean isFirst(ResourceID order) {
        return !pauses.containsKey(order);
    }

    /// For how long the same thing has been polled.
    Duration polled(ResourceID order) {
        var since = pollingSince.get(order);
        return since == null ? Duration.ZERO : Duration.between(since, clock.instant());
    }

    /// The Order got on, or is gone: nothing of the past counts.
    void reset(ResourceID order) {
        failures.reset(order);
        polls.reset(order);
        pauses.remove(order);
        pollingSince.remove(order);
    }

    private Duration pauseFor(ResourceID order, Duration length, Optional<String> issuerVersion) {
        pauses.put(order, new Pause(clock.instant().plus(length), issuerVersion));
        return length;
    }

    /// Many Orders may have been told the same moment: they come back spread over ten seconds.
    private Duration later(Duration backOff, Optional<Instant> retryAfter) {
        return retryAfter
                .map(this::until)
                .filter(told -> told.compareTo(backOff) > 0)
                .map(told -> told.plusMillis(random.nextInt(10_000)))
                .orElse(backOff);
    }

    private Duration until(Instant moment) {
        var left = Duration.between(clock.instant(), moment);
        return left.compareTo(Duration.ofMillis(100)) < 0 ? Duration.ofMillis(100) : left;
    }

    private static String versionOf(AnyIssuer issuer) {
        return issuer.getMetadata().getUid() + "/" + issuer.getMetadata().getResourceVersion();
    }

    /// @param issuerVersion the one that it holds for; empty: any
    private record Pause(Instant until, Optional<String> issuerVersion) {
        boolean holdsFor(AnyIssuer issuer) {
            return issuerVersion.filter(v -> !v.equals(versionOf(issuer))).isEmpty();
        }
    }
}
