package dev.acme53.operator.metrics;

import dev.acme53.aws.CallObserver;
import dev.acme53.aws.CallResult;
import dev.acme53.route53.AccountBudget;
import dev.acme53.route53.AccountCalls;
import dev.acme53.route53.ChangeObserver;
import dev.acme53.route53.ChangeTracker;
import dev.acme53.route53.PendingChange;
import dev.acme53.route53.ZoneLane.Line;
import dev.acme53.route53.ZoneLanes;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Calls to AWS, batches, changes, and what waits. No series is of a zone, an account or an issuer: the worst of each
/// is shown.
public final class AwsMeters implements CallObserver, ChangeObserver {
    private static final Duration[] IN_SYNC = IntStream.of(5, 10, 15, 20, 30, 45, 60, 90, 120, 300, 600, 3600)
            .mapToObj(Duration::ofSeconds)
            .toArray(Duration[]::new);
    private static final double[] RECORDS = {1, 2, 5, 10, 20, 50, 100, 200, 350, 700};

    /// All calls that the controller makes.
    private static final Map<String, List<String>> OPERATIONS = Map.of(
            "route53",
            List.of("ChangeResourceRecordSets", "GetChange", "ListHostedZonesByName", "ListResourceRecordSets"),
            "sts",
            List.of("AssumeRole", "AssumeRoleWithWebIdentity"));

    private record Call(String service, String operation, CallResult result) {}

    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Map<Call, Counter> calls = new ConcurrentHashMap<>();
    private final DistributionSummary batches;
    private final Timer inSync;

    AwsMeters(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        // from the start, so that the first one is seen to be one more
        OPERATIONS.forEach((service, operations) -> operations.forEach(operation ->
                Stream.of(CallResult.values()).forEach(result -> counter(new Call(service, operation, result)))));
        batches = DistributionSummary.builder("acme53.route53.batch.records")
                .description("Records in a change that Route 53 accepted.")
                .serviceLevelObjectives(RECORDS)
                .register(registry);
        inSync = Timer.builder("acme53.route53.insync")
                .description("How long changes took until Route 53 was seen to have confirmed them.")
                .serviceLevelObjectives(IN_SYNC)
                .register(registry);
    }

    @Override
    public void ended(String service, String operation, CallResult result) {
        counter(new Call(service.toLowerCase(Locale.ROOT), operation, result)).increment();
    }

    @Override
    public void accepted(int records) {
        batches.record(records);
    }

    @Override
    public void inSync(Duration taken) {
        inSync.record(taken);
    }

    /// Shows what waits there, from now on.
    public void show(AccountCalls accounts, ZoneLanes lanes, ChangeTracker changes) {
        gauge(
                "acme53.route53.budget.requests",
                "Requests that may be made at once, of the AWS account that has the fewest.",
                () -> accounts.least().available());
        gauge(
                "acme53.route53.budget.rate",
                "Requests a second that are granted, of the AWS account that is granted the fewest.",
                () -> accounts.budgets().stream()
                        .mapToDouble(AccountBudget::perSecond)
                        .min()
                        .orElseGet(() -> accounts.least().perSecond()));
        gauge(
                "acme53.route53.budget.waiting",
                "Requests that wait for the budget of their AWS account.",
                () -> accounts.budgets().stream()
                        .mapToDouble(AccountBudget::waiting)
                        .sum());
        gauge(
                "acme53.route53.queue.records",
                "Records wanted that Route 53 has not accepted or refused yet.",
                () -> wanted(lanes).mapToDouble(Line::records).sum());
        gauge(
                "acme53.route53.queue.oldest.seconds",
                "How long the one of these records that is wanted longest has waited.",
                () -> age(wanted(lanes).map(Line::oldest)));
        gauge(
                "acme53.route53.changes.pending",
                "Changes that Route 53 has accepted and not confirmed yet.",
                () -> changes.pendingChanges().size());
        gauge(
                "acme53.route53.changes.oldest.seconds",
                "How long the oldest of these changes has been pending.",
                () -> age(changes.pendingChanges().stream().map(PendingChange::since)));
    }

    private static Stream<Line> wanted(ZoneLanes lanes) {
        return lanes.lanes().stream().flatMap(lane -> lane.lines().stream());
    }

    private double age(Stream<Instant> since) {
        return since.min(Instant::compareTo)
                .map(first -> Duration.between(first, clock.instant()).toMillis() / 1000.0)
                .orElse(0.0);
    }

    private void gauge(String name, String help, Supplier<Number> value) {
        Gauge.builder(name, value).description(help).register(registry);
    }

    private Counter counter(Call call) {
        return calls.computeIfAbsent(
                call,
                c -> Counter.builder("acme53.aws.calls")
                        .description("Calls to AWS, by how they ended.")
                        .tags("service", c.service, "action", c.operation, "result", c.result.text())
                        .register(registry));
    }
}
