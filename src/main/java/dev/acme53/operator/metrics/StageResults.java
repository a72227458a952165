package dev.acme53.operator.metrics;

import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.Challenge;
import dev.acme53.api.Condition;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.Order;
import dev.acme53.api.Reasons;
import dev.acme53.api.State;
import dev.acme53.reconcile.StatusObserver;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// How each stage's work on an object ended and how long it took, told from the statuses that the stages store: whoever
/// stores the end of an object's work has it counted, once.
final class StageResults implements StatusObserver {
    private static final Duration[] BUCKETS = IntStream.of(1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 14_400)
            .mapToObj(Duration::ofSeconds)
            .toArray(Duration[]::new);

    private final InstantSource clock;
    private final Map<Stage, Timer> successes;
    private final Map<Stage, Timer> failures;
    private final Map<State, Counter> orders;

    private enum Stage {
        CERTIFICATE,
        REQUEST,
        ORDER,
        CHALLENGE
    }

    /// The end of an object's work.
    private record End(Stage stage, boolean success, Instant begun) {}

    StageResults(MeterRegistry registry, InstantSource clock) {
        this.clock = clock;
        successes = timers(registry, "ok");
        failures = timers(registry, "failed");
        orders = new EnumMap<>(State.class);
        Arrays.stream(State.values())
                .filter(State::isFinal)
                .forEach(state -> orders.put(
                        state,
                        Counter.builder("acme53.orders")
                                .description("Orders that ended, by their last state.")
                                .tag("result", state.text())
                                .register(registry)));
    }

    @Override
    public void stored(HasMetadata before, HasMetadata after) {
        var end = end(before, after);
        end.ifPresent(e -> Objects.requireNonNull((e.success ? successes : failures).get(e.stage))
                .record(Duration.between(e.begun, clock.instant())));
        if (end.isPresent() && after instanceof Order order) {
            Objects.requireNonNull(orders.get(order.statusOrEmpty().state())).increment();
        }
    }

    private static Optional<End> end(HasMetadata before, HasMetadata after) {
        return switch (after) {
            case Certificate now -> certificate(issuing((Certificate) before), issuing(now));
            case CertificateRequest now -> request((CertificateRequest) before, now);
            case Order now ->
                state(
                        Stage.ORDER,
                        ((Order) before).statusOrEmpty().state(),
                        now.statusOrEmpty().state(),
                        now);
            case Challenge now ->
                state(
                        Stage.CHALLENGE,
                        ((Challenge) before).statusOrEmpty().state(),
                        now.statusOrEmpty().state(),
                        now);
            default -> Optional.empty();
        };
    }

    /// An issuance ends when `Issuing` is taken away, or says no.
    private static Optional<End> certificate(Optional<Condition> before, Optional<Condition> after) {
        return before.filter(c -> c.status() == Condition.Status.TRUE)
                .filter(_ ->
                        after.filter(c -> c.status() == Condition.Status.TRUE).isEmpty())
                .flatMap(c -> Optional.ofNullable(c.lastTransitionTime()))
                .map(since -> new End(Stage.CERTIFICATE, after.isEmpty(), since));
    }

    private static Optional<Condition> issuing(Certificate certificate) {
        return Conditions.find(certificate.statusOrEmpty().conditions(), ConditionTypes.ISSUING);
    }

    private static Optional<End> request(CertificateRequest before, CertificateRequest after) {
        return isEnded(before) || !isEnded(after)
                ? Optional.empty()
                : Optional.of(new End(Stage.REQUEST, ready(after).equals(Reasons.Request.ISSUED), created(after)));
    }

    private static boolean isEnded(CertificateRequest request) {
        return Reasons.Request.ENDS.contains(ready(request));
    }

    private static String ready(CertificateRequest request) {
        return Conditions.reason(request.statusOrEmpty().conditions(), ConditionTypes.READY);
    }

    private static Optional<End> state(Stage stage, @Nullable State before, @Nullable State after, HasMetadata object) {
        return State.isOver(before) || !State.isOver(after)
                ? Optional.empty()
                : Optional.of(new End(stage, after == State.VALID, created(object)));
    }

    private static Instant created(HasMetadata object) {
        return Instant.parse(object.getMetadata().getCreationTimestamp());
    }

    /// All of them from the start, so that the first one is seen to be one more.
    private static Map<Stage, Timer> timers(MeterRegistry registry, String result) {
        var timers = new EnumMap<Stage, Timer>(Stage.class);
        List.of(Stage.values())
                .forEach(stage -> timers.put(
                        stage,
                        Timer.builder("acme53.stage.duration")
                                .description("From an object's creation, or a Certificate's Issuing, to the end.")
                                .tags("stage", stage.name().toLowerCase(Locale.ROOT), "result", result)
                                .serviceLevelObjectives(BUCKETS)
                                .register(registry)));
        return timers;
    }
}
