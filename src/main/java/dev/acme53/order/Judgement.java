package dev.acme53.order;

import dev.acme53.acme.OrderView;
import dev.acme53.api.Challenge;
import dev.acme53.api.OrderStatus;
import dev.acme53.api.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What a look at the CA's order means after a Challenge failed (behaviour.md §3.1, row 11).
///
/// Where the peer stalls, because a Challenge failed and the CA's order is pending still, the Order is given up with
/// the Challenge's reason. A challenge that the CA itself calls invalid makes its order invalid soon: that is
/// waited for, a short while.
final class Judgement {
    /// How long an order may stay pending after one of its challenges became invalid.
    static final Duration CA_NOTICES_WITHIN = Duration.ofSeconds(10);

    private Judgement() {}

    /// The status that follows; `status` itself while the CA has not noticed yet.
    ///
    /// @param failed the Challenges that failed
    /// @param polled for how long the CA has been asked this
    static OrderStatus of(OrderStatus status, OrderView view, List<Challenge> failed, Duration polled, Instant now) {
        var seen = OrderProgress.seen(status, view, failed, now);
        if (seen.state() != null && seen.state() != State.PENDING) {
            return seen;
        }
        var hopeless = failed.stream().anyMatch(c -> c.statusOrEmpty().state() != State.INVALID)
                || polled.compareTo(CA_NOTICES_WITHIN) >= 0;
        return OrderProgress.why(failed)
                .filter(_ -> hopeless)
                .map(why -> OrderProgress.errored(status, why, now))
                .orElse(status);
    }
}
