package dev.acme53.it.challenge;

import static dev.acme53.it.challenge.ChallengeRig.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.api.Challenge;
import dev.acme53.api.State;
import dev.acme53.it.stages.TestCa;
import dev.acme53.it.stages.TestTime;
import dev.acme53.route53.RecordChanges;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.Operation;
import dev.acme53.sim.SimulatorSettings;
import dev.acme53.sim.Zone;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// The stage ends before each of its writes in turn, be it to the API server or to Route 53: what lies between two of
/// them is lost with the process, so these are all the moments there are.
class EveryMomentIT {
    private static final TestTime TIME = new TestTime();
    private static final TestCa CA = new TestCa(
            pebble -> pebble.withAuthorizationReuse(0),
            SimulatorSettings.defaults().clock(TIME.clock()).insyncAfter(Duration.ofSeconds(10)));
    private static final ChallengeRig RIG = new ChallengeRig(TestServers.kubernetes(), CA, Optional.of(TIME));

    @AfterAll
    static void stop() {
        RIG.close();
        CA.close();
    }

    /// The end before the n-th write.
    private static final class End {
        private final AtomicInteger left;
        private final Severed severed;

        End(int write) {
            left = new AtomicInteger(write);
            severed = new Severed(request -> Severed.WRITE.test(request) && isNow());
        }

        private boolean isNow() {
            return left.decrementAndGet() == 0;
        }

        RecordChanges before(RecordChanges route53) {
            return (caller, zoneId, record, told) -> {
                if (isNow()) {
                    severed.sever();
                }
                if (!severed.isSevered()) {
                    route53.want(caller, zoneId, record, told);
                }
            };
        }

        boolean hasCome() {
            return severed.isSevered();
        }
    }

    private static boolean isDone(Challenge challenge) {
        return RIG.read(challenge)
                .filter(c -> c.statusOrEmpty().state() == State.VALID
                        && !c.statusOrEmpty().processing()
                        && c.getMetadata().getFinalizers().isEmpty())
                .isPresent();
    }

    private static long writes(Zone zone) {
        return CA.simulator().calls().stream()
                .filter(c -> c.operation() == Operation.CHANGE_RESOURCE_RECORD_SETS
                        && c.zoneId().equals(zone.id()))
                .count();
    }

    /// Runs a stage until the Challenge is done or the stage ends.
    private static void run(Challenge challenge, End end) {
        try (var _ = RIG.stage(end.severed, end::before)) {
            await().dontCatchUncaughtExceptions() // of threads that end with the stage
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        TIME.pass(Duration.ofSeconds(1));
                        return end.hasCome() || isDone(challenge);
                    });
        }
        TIME.forget();
    }

    @Test
    void whereverItEndsOneWriteIsRepeatedAtMostAndNoRecordStays() {
        for (var write = 1; ; write++) {
            var zone = CA.zone("n" + write + ".test");
            var challenge = RIG.create("www.n" + write + ".test");
            var end = new End(write);
            run(challenge, end);
            if (!end.hasCome()) {
                assertThat(writes(zone)).as("undisturbed").isEqualTo(2);
                assertThat(write).as("moments").isGreaterThan(8);
                return;
            }
            run(challenge, new End(Integer.MAX_VALUE));
            assertThat(isDone(challenge)).isTrue();
            assertThat(RIG.isStored(challenge))
                    .as("ended before write %d", write)
                    .isFalse();
            assertThat(writes(zone)).as("ended before write %d", write).isBetween(2L, 3L);
        }
    }
}
