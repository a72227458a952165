package dev.acme53.status;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Times, durations and numbers in words.
final class Times {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Times() {}

    /// In the largest unit of which there are two, else in the next smaller one: `95 s`, `14 min`, `47 h`, `12 d`.
    static String between(Instant from, Instant to) {
        var time = Duration.between(from, to);
        if (time.isNegative()) {
            return "0 s";
        }
        if (time.toMinutes() < 2) {
            return time.toSeconds() + " s";
        }
        if (time.toHours() < 2) {
            return time.toMinutes() + " min";
        }
        return time.toDays() < 2 ? time.toHours() + " h" : grouped(time.toDays()) + " d";
    }

    static String absolute(Instant then) {
        return then.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String clock(Instant then) {
        return CLOCK.format(then);
    }

    /// `5,000`.
    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// `3.6`.
    static String rate(double perSecond) {
        return String.format(Locale.ROOT, "%.1f", perSecond);
    }

    /// `1 record`, `3 records`.
    static String count(long number, String one) {
        return grouped(number) + " " + one + (number == 1 ? "" : "s");
    }
}
