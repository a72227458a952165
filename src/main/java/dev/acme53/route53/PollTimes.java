package dev.acme53.route53;

import java.time.Duration;

/// When to ask about a change, by how long changes took lately.
///
/// At first after 3 s and then every 4 s. Once changes have been seen to take a time, half of it and nine tenths are
/// waited for, and from then on 2 s each. After two minutes every 30 s. A change that takes far longer than usual is
/// hardly taken into account: those after it would be noticed late.
final class PollTimes {
    static final Duration SLOW = Duration.ofMinutes(2);
    static final Duration FIRST = Duration.ofSeconds(3);

    private static final Duration USUAL = Duration.ofSeconds(4);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final Duration RARE = Duration.ofSeconds(30);

    private static final double NEARLY = 0.9;

    /// How much the newest counts.
    private static final double WEIGHT = 0.3;

    /// How many times the usual the newest counts for at most; the very first, for one minute.
    private static final double MOST = 2;

    private static final double MOST_AT_FIRST = 60;

    private double seconds;

    /// A change was confirmed after `taken`.
    synchronized void saw(Duration taken) {
        var most = seconds == 0 ? MOST_AT_FIRST : Math.max(1, MOST * seconds);
        var newest = Math.clamp(taken.toMillis() / 1000.0, 0, most);
        seconds = seconds == 0 ? newest : seconds + WEIGHT * (newest - seconds);
    }

    /// Whether changes of this age were in sync lately, or nearly so.
    synchronized boolean isRipe(Duration age) {
        return seconds > 0 && age.toMillis() / 1000.0 >= NEARLY * seconds;
    }

    /// How long to wait for the next question about a change.
    /// @param age of the change, now
    synchronized Duration after(Duration age) {
        if (age.compareTo(SLOW) >= 0) {
            return RARE;
        }
        if (seconds == 0) {
            var first = FIRST.minus(age);
            return first.compareTo(CLOSE) < 0 ? USUAL : first;
        }
        var passed = age.toMillis() / 1000.0;
        for (var share : new double[] {0.5, NEARLY}) {
            var due = Duration.ofMillis((long) ((share * seconds - passed) * 1000));
            if (due.compareTo(CLOSE) >= 0) {
                return due.compareTo(RARE) < 0 ? due : RARE;
            }
        }
        return passed < 2 * seconds ? CLOSE : USUAL;
    }
}
