package dev.acme53.route53;

import dev.acme53.route53.RequestBudget.Use;
import dev.acme53.route53.Route53Failures.Operation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.route53.model.NoSuchChangeException;

/// Follows changes by `GetChange`: one loop for each change, however many wait for it, and no thread while it waits.
///
/// Of changes that were made within seconds the oldest is asked for; as long as it is pending, so most likely are those
/// after it, which cost no calls meanwhile (ADR 18). An identity that has had no answer lately always asks.
///
/// What Route 53 refuses for good (no permission, bad credentials) is told at once. Throttling and network faults only
/// delay the next question; a minute of nothing else is told.
public final class ChangeTracker implements Changes, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeTracker.class);

    /// How long a failure is the answer before Route 53 is asked anew.
    private static final Duration FAILURE_KEPT = Duration.ofSeconds(30);

    private static final Duration SILENCE = Duration.ofMinutes(1);

    /// A change as old as this is asked for whatever others are.
    private static final Duration OWN_WAY = Duration.ofSeconds(30);

    private static final Duration NEXT_THOUGHT = Duration.ofSeconds(1);

    /// Runs something later; what is run does not block.
    @FunctionalInterface
    interface Later {
        void after(Duration wait, Runnable run);
    }

    private record Key(String identity, String changeId) {}

    private final AccountCalls calls;
    private final InstantSource clock;
    private final double pollsPerSecond;
    private final Later later;
    private final Runnable end;
    private final Map<String, PollTimes> times = new ConcurrentHashMap<>();
    private final Map<Key, Followed> followed = new ConcurrentHashMap<>();

    /// Identities by when they got an answer last. One that may not ask is to be told soon, so its first question does
    /// not wait for the usual time.
    private final Map<String, Instant> answered = new ConcurrentHashMap<>();

    /// @param limits of which half at most is spent on questions
    public ChangeTracker(AccountCalls calls, RequestLimits limits, InstantSource clock) {
        this(
                calls,
                limits,
                clock,
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("route53-changes").daemon().factory()));
    }

    private ChangeTracker(
            AccountCalls calls, RequestLimits limits, InstantSource clock, ScheduledExecutorService timer) {
        this(
                calls,
                limits,
                clock,
                (wait, run) -> {
                    if (!timer.isShutdown()) {
                        var _ = timer.schedule(
                                () -> Thread.ofVirtual().name("route53-change").start(run),
                                wait.toMillis(),
                                TimeUnit.MILLISECONDS);
                    }
                },
                timer::shutdownNow);
    }

    ChangeTracker(AccountCalls calls, RequestLimits limits, InstantSource clock, Later later, Runnable end) {
        this.calls = calls;
        this.clock = clock;
        this.pollsPerSecond = limits.rate() / 2;
        this.later = later;
        this.end = end;
    }

    @Override
    public ChangeStatus follow(Caller caller, String changeId, Runnable wake) {
        var now = clock.instant();
        followed.values().removeIf(f -> f.isForgotten(now));
        answered.values().removeIf(last -> !now.isBefore(last.plus(Followed.KEPT)));
        var key = new Key(caller.identity(), changeId);
        var fresh = new Followed(caller, now);
        var found = followed.computeIfAbsent(key, _ -> fresh);
        if (found == fresh) {
            calls.changed(caller);
            pollLater(key, fresh);
        }
        if (found.joins(caller.tenant())) {
            calls.tookPart(caller);
        }
        return found.status(caller, wake, now);
    }

    /// The changes that are followed and not confirmed yet.
    public List<PendingChange> pendingChanges() {
        return followed.entrySet().stream()
                .filter(f -> f.getValue().isPending())
                .map(f -> new PendingChange(
                        f.getValue().caller().partition(),
                        f.getKey().changeId(),
                        f.getValue().since()))
                .toList();
    }

    private void pollLater(Key key, Followed change) {
        var age = Duration.between(change.since(), clock.instant());
        var isFirstOfItsIdentity = age.compareTo(PollTimes.FIRST) < 0 && !answered.containsKey(key.identity);
        var wait = isFirstOfItsIdentity ? PollTimes.FIRST : times(change).after(age);
        var fair = Duration.ofMillis((long) (asking(change.caller()) / pollsPerSecond * 1000));
        later.after(wait.compareTo(fair) < 0 ? fair : wait, () -> poll(key, change));
    }

    /// How many that spend the same budget ask by themselves. Settled ones are kept for who asks late, and asked for no
    /// more.
    private long asking(Caller caller) {
        return followed.values().stream()
                .filter(change ->
                        change.isPending() && !change.follows && change.caller().sharesBudgetWith(caller))
                .count();
    }

    private PollTimes times(Followed change) {
        return times.computeIfAbsent(change.caller().partition(), _ -> new PollTimes());
    }

    private void poll(Key key, Followed change) {
        change.follows = answered.containsKey(key.identity) && followsAnother(change, clock.instant());
        if (change.follows) {
            if (followed.get(key) == change) {
                later.after(NEXT_THOUGHT, () -> poll(key, change));
            }
            return;
        }
        var asked = Duration.between(change.since(), clock.instant());
        var answer = ask(change.caller(), key.changeId);
        var now = clock.instant();
        if (!(answer instanceof ChangeStatus.Failed)) {
            answered.put(key.identity, now);
        }
        switch (answer) {
            case ChangeStatus.Pending _ -> change.pending(now);
            case ChangeStatus.InSync inSync -> {
                var taken = Duration.between(change.since(), now);
                times(change).saw(change.pendingAge(), asked, taken);
                calls.observer().inSync(taken);
                change.settle(inSync, now.plus(Followed.KEPT));
            }
            case ChangeStatus.Unknown unknown -> change.settle(unknown, now.plus(Followed.KEPT));
            case ChangeStatus.Failed failed -> failed(change, failed, now);
        }
        if (change.isPending() && followed.get(key) == change) {
            pollLater(key, change);
        }
    }

    private boolean followsAnother(Followed change, Instant now) {
        var age = Duration.between(change.since(), now);
        return age.compareTo(OWN_WAY) < 0
                && !times(change).isRipe(age)
                && followed.values().stream().anyMatch(other -> other.isPending() && other.isJustBefore(change));
    }

    private static void failed(Followed change, ChangeStatus.Failed failed, Instant now) {
        if (failed.failure() instanceof Route53Failure.Throttled) {
            change.answered(now);
        } else if (!(failed.failure() instanceof Route53Failure.Transient) || change.isSilentFor(SILENCE, now)) {
            change.settle(failed, now.plus(FAILURE_KEPT));
        }
    }

    private ChangeStatus ask(Caller caller, String changeId) {
        try {
            var info = calls.call(caller, Use.POLL, client -> client.getChange(r -> r.id(changeId)))
                    .changeInfo();
            return switch (info.status()) {
                case INSYNC -> new ChangeStatus.InSync();
                case PENDING, UNKNOWN_TO_SDK_VERSION -> new ChangeStatus.Pending();
            };
        } catch (NoSuchChangeException _) {
            return new ChangeStatus.Unknown();
        } catch (SdkException e) {
            return new ChangeStatus.Failed(Route53Failures.of(Operation.STATUS, e));
        } catch (RuntimeException | Error e) {
            // nothing may end the loop while others wait for the change
            LOG.atError().addKeyValue("change_id", changeId).setCause(e).log("a call failed in a way nobody foresaw");
            return new ChangeStatus.Failed(
                    new Route53Failure.Transient(Operation.STATUS.saying("a fault of the controller, see its log")));
        }
    }

    @Override
    public void close() {
        end.run();
    }
}
