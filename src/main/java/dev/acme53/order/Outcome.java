package dev.acme53.order;

import dev.acme53.api.Order;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What follows from a step that was done.
sealed interface Outcome {
    /// The next step can be decided at once.
    /// @param order as it is stored now
    /// @param keys TXT values learnt on the way, by token
    record GoOn(Order order, Map<String, String> keys) implements Outcome {
        public GoOn {
            keys = Map.copyOf(keys);
        }
    }

    /// Something must happen first: an event, or time.
    record Wait(Optional<Duration> atMost) implements Outcome {}

    /// Until something happens.
    static Outcome waitForEvent() {
        return new Wait(Optional.empty());
    }

    /// Until something happens, and no longer than that.
    static Outcome waitFor(Duration atMost) {
        return new Wait(Optional.of(atMost));
    }
}
