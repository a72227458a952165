package dev.acme53.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.sim.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

class KeptCredentialsTest {
    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
    private final ManualClock clock = new ManualClock(START);
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Duration life = Duration.ofHours(1);
    private volatile boolean works = true;
    private final KeptCredentials kept = new KeptCredentials(this::fetch, clock, () -> 1L << 62);

    private Fetch fetch() {
        int number = calls.incrementAndGet();
        return works
                ? Fetch.Got.session(
                        "ASIA" + number, "secret", "token", clock.instant().plus(life), "")
                : new Fetch.Failed("no");
    }

    private String id() {
        return switch (kept.current()) {
            case Fetch.Got got -> got.credentials().accessKeyId();
            case Fetch.Failed failed -> failed.message();
        };
    }

    @Test
    void theyAreFetchedOnceAndRenewedFiveMinutesBeforeTheirEnd() {
        assertThat(id()).isEqualTo("ASIA1");
        clock.advance(Duration.ofMinutes(54));
        assertThat(id()).isEqualTo("ASIA1");
        clock.advance(Duration.ofMinutes(1));
        assertThat(id()).isEqualTo("ASIA2");
        assertThat(calls).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource({"900, 675", "240, 180", "60, 45"})
    void ofAShortLifeTheLastQuarterIsLeft(int seconds, int renewed) {
        life = Duration.ofSeconds(seconds);
        id();
        clock.advance(Duration.ofSeconds(renewed - 1));
        assertThat(id()).isEqualTo("ASIA1");
        clock.advance(Duration.ofSeconds(1));
        assertThat(id()).isEqualTo("ASIA2");
    }

    @Test
    void theOldOnesServeWhileNewOnesCannotBeHadAndStsIsNotAskedEachTime() {
        id();
        works = false;
        clock.advance(Duration.ofMinutes(56));
        for (int i = 0; i < 10; i++) {
            assertThat(id()).isEqualTo("ASIA1");
        }
        assertThat(calls).hasValue(2);
        clock.advance(Duration.ofMinutes(5));
        assertThat(id()).isEqualTo("no");
    }

    @Test
    void aFailureIsTheAnswerForAWhileThatGrowsToFiveMinutes() {
        works = false;
        var waits = new ArrayList<Long>();
        for (int i = 0; i < 12; i++) {
            assertThat(id()).isEqualTo("no");
            int before = calls.get();
            long seconds = 0;
            while (calls.get() == before) {
                clock.advance(Duration.ofMillis(500));
                seconds++;
                id();
            }
            waits.add(seconds / 2);
        }
        assertThat(waits.subList(0, 3)).allSatisfy(w -> assertThat(w).isBetween(4L, 23L));
        assertThat(waits.subList(0, 6)).isSorted();
        assertThat(waits.getLast()).isBetween(268L, 331L);
        works = true;
        clock.advance(Duration.ofMinutes(6));
        assertThat(id()).startsWith("ASIA");
    }

    @Test
    void hundredsWhoComeAtOnceWaitForOneCall() throws Exception {
        var started = new CountDownLatch(1);
        var slow = new KeptCredentials(
                () -> {
                    started.countDown();
                    Thread.yield();
                    return fetch();
                },
                clock,
                RandomGenerator.getDefault());
        var answers = new ArrayList<Future<Fetch>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 300; i++) {
                answers.add(threads.submit(slow::current));
            }
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo(slow.current());
            }
        }
        assertThat(calls).hasValue(1);
    }

    @Test
    void refusedOnesAreDroppedOnceHoweverManySaySo() {
        id();
        for (int i = 0; i < 10; i++) {
            kept.refused("ASIA1");
            assertThat(id()).isEqualTo("ASIA2");
        }
        assertThat(calls).hasValue(2);
    }

    @Test
    void successorsThatAreRefusedTooAreDroppedLessAndLessOften() {
        var drops = 0;
        for (int second = 0; second < 3600; second++) {
            int before = calls.get();
            kept.refused(id());
            id();
            drops += calls.get() - before;
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(drops).isBetween(8, 14);
    }

    @Test
    void credentialsThatDoNotExpireAreFetchedOnce() {
        var lasting = new KeptCredentials(
                () -> {
                    calls.incrementAndGet();
                    return Fetch.Got.lasting(AwsBasicCredentials.create("AKIA", "s"));
                },
                clock,
                RandomGenerator.getDefault());
        lasting.current();
        clock.advance(Duration.ofDays(400));
        lasting.current();
        assertThat(calls).hasValue(1);
    }

    @Test
    void noTextHoldsTheCredentials() {
        assertThat(List.of(kept.current().toString(), kept.toString()))
                .noneMatch(text -> text.contains("ASIA") || text.contains("secret") || text.contains("token"));
    }
}
