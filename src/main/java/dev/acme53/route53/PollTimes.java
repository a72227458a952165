package dev.acme53.route53;

import java.time.Duration;

/// When to ask about a change, by how long changes took lately.
///
/// At first after 3 s and then every 4 s. Once changes have been seen to take a time, half of it is waited for, then
/// the whole, and from then on 2 s each; the whole is shortened by how far the times are apart, less these 2 s. After
/// two minutes every 30 s. A change that takes far longer than usual is hardly taken into account: those after it would
/// be noticed late.
final class PollTimes {
    static final Duration SLOW = Duration.ofMinutes(2);
    static final Duration FIRST = Duration.ofSeconds(3);

    private static final Duration USUAL = Duration.ofSeconds(4);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final Duration RARE = Duration.ofSeconds(30);

    private static final double HALF = 0.5;

    /// So much after the usual time most are in sync.
    private static final double MARGIN = 0.5;

    /// A change that was pending so many seconds before it was in sync became so halfway. One that was not asked for as
    /// lately is taken to have been in sync for a little longer than the margin, so that the margin stays one.
    private static final double WATCHED = 5;

    private static final double UNWATCHED = 0.75;

    /// How much the newest counts.
    private static final double WEIGHT = 0.3;

    /// How many times the usual the newest counts for at most; the very first, for one minute.
    private static final double MOST = 2;

    private static final double MOST_AT_FIRST = 60;

    private double seconds;
    private double apart = seconds(CLOSE);

    /// A change was confirmed.
    /// @param pending its age when it was last seen pending, zero when it never was
    /// @param asked its age when it was to be asked for, before any wait for the request budget
    /// @param inSync its age when it was seen in sync
    synchronized void saw(Duration pending, Duration asked, Duration inSync) {
        if (seconds(asked) < seconds && seconds < seconds(inSync)) {
            return; // as expected, for all that is known
        }
        var seen = seconds == 0 || seconds <= seconds(asked) ? seconds(asked) : seconds(inSync);
        var between = seen - seconds(pending);
        var taken = seen - (between <= WATCHED ? between / 2 : UNWATCHED);
        var most = seconds == 0 ? MOST_AT_FIRST : Math.max(1, MOST * seconds);
        var newest = Math.clamp(taken, 0, most);
        if (seconds == 0) {
            seconds = newest;
        } else {
            apart += WEIGHT * (Math.abs(newest - seconds) - apart);
            seconds += WEIGHT * (newest - seconds);
        }
    }

    /// Whether changes of this age were in sync lately.
    synchronized boolean isRipe(Duration age) {
        return seconds > 0 && seconds(age) >= usual();
    }

    private double usual() {
        return Math.max(HALF * seconds, seconds + MARGIN - Math.max(0, apart - seconds(CLOSE)));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
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
        var passed = seconds(age);
        for (var time : new double[] {HALF * seconds, usual()}) {
            var due = Duration.ofMillis((long) ((time - passed) * 1000));
            if (due.compareTo(CLOSE) >= 0) {
                return due.compareTo(RARE) < 0 ? due : RARE;
            }
        }
        return passed < 2 * seconds ? CLOSE : USUAL;
    }
}
