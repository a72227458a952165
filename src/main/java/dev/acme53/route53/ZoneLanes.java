package dev.acme53.route53;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/// One lane for each hosted zone, in which one `ChangeResourceRecordSets` call is open at a time, in the order of
/// arrival whoever asks: Route 53 refuses a change of a zone while it still works on another of it.
///
/// While Route 53 says that the zone is busy (`PriorRequestNotComplete`) or the account's budget spent (`Throttling`)
/// the lane waits 1, 2, 4 … at most 20 s between tries, for two minutes in all; nobody has failed by then. Other
/// zones go on.
public final class ZoneLanes implements RecordChanges {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// How the calling thread waits.
    @FunctionalInterface
    interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    private record LaneKey(String partition, String zoneId) {}

    private final InstantSource clock;
    private final RandomGenerator random;
    private final Pause pause;
    private final Map<LaneKey, ReentrantLock> lanes = new ConcurrentHashMap<>();

    public ZoneLanes(InstantSource clock, RandomGenerator random) {
        this(clock, random, Thread::sleep);
    }

    ZoneLanes(InstantSource clock, RandomGenerator random, Pause pause) {
        this.clock = clock;
        this.random = random;
        this.pause = pause;
    }

    @Override
    public ChangeResult want(Caller caller, String zoneId, WantedRecord record) {
        var lane = lanes.computeIfAbsent(new LaneKey(caller.partition(), zoneId), _ -> new ReentrantLock(true));
        try {
            lane.lockInterruptibly();
            try {
                return patiently(new RecordChange(caller, zoneId, record));
            } finally {
                lane.unlock();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new ChangeResult.Failed(new Route53Failure.Transient(
                    Route53Failures.Operation.CHANGE.saying("interrupted: the controller stops")));
        }
    }

    private ChangeResult patiently(RecordChange change) throws InterruptedException {
        var deadline = clock.instant().plus(PATIENCE);
        var wait = FIRST_WAIT;
        while (true) {
            var result = change.submit();
            if (!isThrottled(result) || !mayWait(wait, deadline)) {
                return result;
            }
            pause.of(wait.plusMillis((long) (wait.toMillis() * 0.1 * random.nextDouble())));
            wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
        }
    }

    private boolean mayWait(Duration wait, Instant deadline) {
        return clock.instant().plus(wait).isBefore(deadline);
    }

    private static boolean isThrottled(ChangeResult result) {
        return result instanceof ChangeResult.Failed(Route53Failure.Throttled _);
    }
}
