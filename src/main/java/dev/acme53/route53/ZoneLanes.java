package dev.acme53.route53;

import dev.acme53.route53.ZoneLane.Line;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One lane for each hosted zone ([Lane]), whoever writes there. Other zones go on while one waits.
public final class ZoneLanes implements RecordChanges, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ZoneLanes.class);

    private record LaneKey(String partition, String zoneId) {}

    /// Somebody waits for a zone; never equal to another.
    private static final class Wish {
        private final LaneKey zone;
        private final String credentials;
        private final Instant since;

        Wish(LaneKey zone, String credentials, Instant since) {
            this.zone = zone;
            this.credentials = credentials;
            this.since = since;
        }

        Line line() {
            return new Line(credentials, 1, since);
        }
    }

    private final AccountCalls calls;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Pause pause;
    private final Function<String, Executor> threads;
    private final Map<LaneKey, Lane> lanes = new ConcurrentHashMap<>();
    private final Set<Wish> wishes = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public ZoneLanes(AccountCalls calls, InstantSource clock, RandomGenerator random) {
        this(calls, clock, random, Thread::sleep);
    }

    ZoneLanes(AccountCalls calls, InstantSource clock, RandomGenerator random, Pause pause) {
        this(
                calls,
                clock,
                random,
                pause,
                zoneId -> served ->
                        Thread.ofVirtual().name("route53-lane-" + zoneId).start(served));
    }

    /// @param threads where the lane of a zone is served while anything is wanted there
    ZoneLanes(
            AccountCalls calls,
            InstantSource clock,
            RandomGenerator random,
            Pause pause,
            Function<String, Executor> threads) {
        this.calls = calls;
        this.clock = clock;
        this.random = random;
        this.pause = pause;
        this.threads = threads;
    }

    @Override
    public void want(Caller caller, String zoneId, WantedRecord record, Consumer<ChangeResult> told) {
        var answer = new CompletableFuture<ChangeResult>();
        var zone = new LaneKey(caller.partition(), zoneId);
        var wish = new Wish(zone, caller.label(), clock.instant());
        wishes.add(wish);
        var _ = answer.thenAccept(result -> {
            wishes.remove(wish);
            tell(zone, result, told);
        });
        if (!lanes.containsKey(zone)) {
            lanes.keySet().forEach(key -> lanes.computeIfPresent(key, (_, lane) -> lane.isForgettable() ? null : lane));
        }
        lanes.compute(zone, (_, known) -> {
            var lane = known == null
                    ? new Lane(calls, zoneId, clock, new LaneWaits(random), pause, threads.apply(zoneId))
                    : known;
            if (closed) {
                lane.close();
            }
            lane.add(caller, record, answer);
            return lane;
        });
        if (closed) {
            close(); // it may have been closed while this lane was made
        }
    }

    /// Whoever fails at what it is told keeps nobody else from being told.
    private static void tell(LaneKey zone, ChangeResult result, Consumer<ChangeResult> told) {
        try {
            told.accept(result);
        } catch (RuntimeException | Error e) {
            LOG.atError()
                    .addKeyValue("hosted_zone_id", zone.zoneId)
                    .setCause(e)
                    .log("telling what came of a change failed in a way nobody foresaw");
        }
    }

    /// The zones that are written to, and those that were within the last hour.
    public List<ZoneLane> lanes() {
        var waiting = wishes.stream()
                .collect(Collectors.groupingBy(
                        wish -> wish.zone, Collectors.toMap(wish -> wish.credentials, Wish::line, Line::and)));
        return lanes.entrySet().stream()
                .map(lane -> {
                    var zone = lane.getKey();
                    var lines = waiting.getOrDefault(zone, Map.of()).values();
                    return lane.getValue().log().at(zone.partition, zone.zoneId, List.copyOf(lines));
                })
                .toList();
    }

    /// Sends nothing more; who waits is told. A call under way ends on its own.
    @Override
    public void close() {
        closed = true;
        lanes.values().forEach(Lane::close);
    }
}
