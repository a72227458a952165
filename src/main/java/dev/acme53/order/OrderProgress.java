package dev.acme53.order;

import dev.acme53.acme.AuthorizationView;
import dev.acme53.acme.OrderView;
import dev.acme53.api.Authorization;
import dev.acme53.api.Bytes;
import dev.acme53.api.Challenge;
import dev.acme53.api.OfferedChallenge;
import dev.acme53.api.OrderStatus;
import dev.acme53.api.State;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What an Order's status becomes with what its CA said (behaviour.md §3): pure, and never going back from an end.
final class OrderProgress {
    private static final String NO_WORD = "the CA calls the order invalid and does not say why; it may have expired";

    private OrderProgress() {}

    /// The CA made the order `view`. A status that has an order already keeps it.
    static OrderStatus placed(OrderStatus status, OrderView view, Instant now) {
        return status.url().isEmpty() ? seen(status.withUrl(view.url().toString()), view, List.of(), now) : status;
    }

    /// The order as the CA shows it.
    /// @param failed the Challenges that failed: they say why an order became invalid
    static OrderStatus seen(OrderStatus status, OrderView view, List<Challenge> failed, Instant now) {
        if (isEnded(status)) {
            return status;
        }
        var state = state(view.status());
        var copied = status.withState(state == null ? status.state() : state).withReason("");
        if (copied.finalizeURL().isEmpty()) {
            copied =
                    copied.withFinalizeURL(view.finalizeUrl().map(URI::toString).orElse(""));
        }
        if (copied.authorizations().isEmpty()) {
            copied = copied.withAuthorizations(view.authorizations().stream()
                    .map(url -> new Authorization(url.toString(), null, null, null, null))
                    .toList());
        }
        return state == State.INVALID
                ? failed(copied, State.INVALID, why(failed).or(view::error).orElse(NO_WORD), now)
                : copied;
    }

    /// The authorizations as the CA first showed them; those that were read before stay as they are.
    static OrderStatus authorized(OrderStatus status, List<AuthorizationView> views) {
        if (isEnded(status)) {
            return status;
        }
        var read = views.stream().collect(Collectors.toMap(v -> v.url().toString(), v -> v, (first, _) -> first));
        return status.withReason("")
                .withAuthorizations(status.authorizations().stream()
                        .map(a -> a.identifier().isEmpty() && read.containsKey(a.url())
                                ? authorization(Objects.requireNonNull(read.get(a.url())), a.url())
                                : a)
                        .toList());
    }

    /// The certificate is there.
    static OrderStatus issued(OrderStatus status, String chain) {
        return isEnded(status)
                ? status
                : status.withState(State.VALID)
                        .withCertificate(Bytes.ofText(chain))
                        .withReason("");
    }

    /// The order can never succeed.
    static OrderStatus errored(OrderStatus status, String reason, Instant now) {
        return isEnded(status) ? status : failed(status, State.ERRORED, reason, now);
    }

    /// The order waits for something that its user may want to know of. The state stays.
    static OrderStatus waiting(OrderStatus status, String reason) {
        return isEnded(status) ? status : status.withReason(reason);
    }

    /// What failed Challenges say, as `name: reason`; empty when none failed.
    static Optional<String> why(List<Challenge> failed) {
        return failed.isEmpty()
                ? Optional.empty()
                : Optional.of(failed.stream().map(OrderProgress::why).collect(Collectors.joining("; ")));
    }

    private static String why(Challenge challenge) {
        var status = challenge.statusOrEmpty();
        var state = status.state();
        var reason = status.reason().isEmpty()
                ? challenge.getSpec().dnsName() + " is " + (state == null ? "unknown" : state.text())
                : status.reason();
        return challenge.getMetadata().getName() + ": " + reason;
    }

    private static boolean isEnded(OrderStatus status) {
        var state = status.state();
        return state != null && (state.isFailure() || !status.certificate().isEmpty());
    }

    private static OrderStatus failed(OrderStatus status, State state, String reason, Instant now) {
        var since = Objects.requireNonNullElse(status.failureTime(), now);
        return status.withState(state).withReason(reason).withFailureTime(since);
    }

    private static Authorization authorization(AuthorizationView view, String url) {
        return new Authorization(
                url,
                view.identifier(),
                view.wildcard(),
                state(view.status()),
                view.challenges().stream()
                        .map(c -> new OfferedChallenge(c.url().toString(), c.token(), c.type()))
                        .toList());
    }

    /// The CA's word in ours; null for a word that is none of RFC 8555's.
    private static @Nullable State state(String word) {
        return switch (word) {
            // only of authorizations, and as good as invalid (api.md §8.4)
            case "deactivated", "revoked" -> State.INVALID;
            default ->
                Arrays.stream(State.values())
                        .filter(s -> s.text().equals(word))
                        .findFirst()
                        .orElse(null);
        };
    }
}
