package dev.acme53.request;

import dev.acme53.api.ChangeWait;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Texts that are written when they have stood for a while: what a Challenge says while all goes well changes every few
/// seconds, and would cost two writes each time, here and on the Certificate.
final class Settling {
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(3);

    /// What changes at Route 53 take when all goes well.
    private static final Duration CONFIRMED_WITHIN = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final Map<ResourceID, Text> texts = new ConcurrentHashMap<>();

    Settling(InstantSource clock) {
        this.clock = clock;
    }

    /// How long `text` has to stand yet; empty when it has stood long enough.
    Optional<Duration> left(ResourceID object, String text) {
        var now = clock.instant();
        var standing =
                texts.merge(object, new Text(text, now), (before, fresh) -> before.text.equals(text) ? before : fresh);
        var left =
                (ChangeWait.isIn(text) ? CONFIRMED_WITHIN : SETTLED_AFTER).minus(Duration.between(standing.since, now));
        return left.isPositive() ? Optional.of(left) : Optional.empty();
    }

    void forget(ResourceID object) {
        texts.remove(object);
    }

    private record Text(String text, Instant since) {}
}
