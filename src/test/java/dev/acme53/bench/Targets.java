package dev.acme53.bench;

import java.time.Duration;

/// Floors, by arithmetic, and bounds: for the work that a bound was set for, and none for other work.
final class Targets {
    /// From a change to INSYNC, in the benchmark's Route 53.
    static final Duration INSYNC = Duration.ofSeconds(20);

    private static final Duration WINDOW = Duration.ofMillis(250);
    private static final int UPSERTS_IN_A_BATCH = 350;

    private Targets() {}

    /// One window in which entries gather, and INSYNC; the CA and DNS take no time.
    static double readyFloor() {
        return WINDOW.plus(INSYNC).toMillis() / 1e3;
    }

    /// In each zone: one look-up of the zone; full batches of UPSERTs, one question for each whether it is INSYNC;
    /// and batches of DELETEs, after which nobody asks.
    static double callsFloor(Scenario.Issue s) {
        var records = s.wildcard() ? 2 * s.inFullestZone() : s.inFullestZone();
        return s.zones() * (1.0 + 3 * Math.ceilDiv(records, UPSERTS_IN_A_BATCH));
    }

    static Figure allReady(Scenario.Issue s, Duration measured) {
        var figure = Figure.seconds("all ready", measured).floor(readyFloor());
        return isHundred(s) ? figure.bound(40, 31) : s.word().equals("1000x1") ? figure.bound(150, 60) : figure;
    }

    static Figure calls(Scenario.Issue s, long measured) {
        var figure = Figure.count("Route 53 calls, clean-up included", measured).floor(callsFloor(s));
        return isHundred(s) ? figure.bound(40, 15) : figure;
    }

    static Figure throttled(long measured) {
        return Figure.count("– throttled", measured).floor(0).bound(0, 0);
    }

    static Figure cpu(Scenario.Issue s, double measured) {
        var figure = Figure.seconds("CPU seconds of the controller, its start included", measured);
        return isHundred(s) ? figure.bound(20, 8) : figure;
    }

    static Figure peakMemory(Scenario.Issue s, long measured) {
        var figure = Figure.bytes("RSS of the controller, peak", measured);
        return isHundred(s) ? figure.bound(250, 150) : figure;
    }

    static Figure heldThreads(long measured) {
        return Figure.count("threads held by waiting Challenges", measured)
                .floor(0)
                .bound(0, 0);
    }

    static Figure recordsLeft(long measured) {
        return Figure.count("TXT records left", measured).floor(0).bound(0, 0);
    }

    static Figure allSeen(Scenario.Rest s, Duration measured) {
        var figure = Figure.seconds("all seen Ready, from the start of the process", measured);
        return s.certificates() == 5000 ? figure.bound(45, 20) : figure;
    }

    static Figure restMemory(Scenario.Rest s, String name, long measured) {
        var figure = Figure.bytes(name, measured);
        return s.certificates() == 5000 ? figure.bound(204, 160) : figure;
    }

    static Figure firstReconcile(String name, Duration measured) {
        return Figure.seconds(name, measured).bound(2, 0.8);
    }

    private static boolean isHundred(Scenario.Issue s) {
        return s.word().equals("100x1");
    }
}
