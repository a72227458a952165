package dev.acme53.route53;

import dev.acme53.names.DnsName;
import dev.acme53.route53.RecordChanges.ChangeResult;
import dev.acme53.route53.WantedRecord.Merged;
import dev.acme53.route53.WantedRecord.Presence;
import dev.acme53.sim.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// Many who want records at the same time, on a clock of their own: pauses take no time, but none ends before all who
/// were to come have come.
final class Crowd implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

    final ManualClock clock = new ManualClock(START);
    final AccountCalls calls;
    final ZoneLanes lanes;
    final List<Duration> pauses = new ArrayList<>();

    private final AtomicInteger come = new AtomicInteger();
    private volatile int expected;

    Crowd(RequestLimits limits) {
        calls = new AccountCalls(limits, clock, clock::advance);
        lanes = new ZoneLanes(calls, clock, new SplittableRandom(1), this::pause);
    }

    private void pause(Duration time) throws InterruptedException {
        awaitArrivals(expected);
        synchronized (pauses) {
            pauses.add(time);
        }
        clock.advance(time);
    }

    /// Returns when so many stand in line, or have stood there.
    void awaitArrivals(int number) throws InterruptedException {
        while (come.get() < number) {
            Thread.sleep(1);
        }
    }

    /// The value of the n-th.
    static String value(int n) {
        var bytes = new byte[32];
        new SplittableRandom(n).nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// The record of the n-th, at a name of its own.
    static ChallengeRecord record(int n, String zone) {
        return new ChallengeRecord(DnsName.of("_acme-challenge.n" + n + "." + zone), value(n));
    }

    void expect(int more) {
        expected += more;
    }

    Future<ChangeResult> wants(Caller caller, String zoneId, ChallengeRecord record, Presence presence) {
        var wanted = new WantedRecord(record, presence, Merged.NO);
        return CompletableFuture.supplyAsync(
                        () -> {
                            var answer = Blocking.wish(lanes, caller, zoneId, wanted);
                            come.incrementAndGet();
                            return answer;
                        },
                        Thread::startVirtualThread)
                .thenCompose(answer -> answer);
    }

    /// What all of them got.
    List<ChangeResult> all(Caller caller, String zoneId, List<ChallengeRecord> records, Presence presence)
            throws ExecutionException, InterruptedException {
        expect(records.size());
        var futures =
                records.stream().map(r -> wants(caller, zoneId, r, presence)).toList();
        var results = new ArrayList<ChangeResult>();
        for (var future : futures) {
            results.add(future.get());
        }
        return results;
    }

    @Override
    public void close() {
        lanes.close();
    }
}
