package dev.acme53.api;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Durations as Go writes them: `2160h0m0s`, `1h30m`, `1.5h`, `250ms` (package time, ParseDuration and
/// Duration.String). There are no days. The range is that of 64-bit nanoseconds, about 292 years.
public final class GoDuration {
    private static final Pattern TERM = Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)");
    private static final int LONGEST = 128;

    private GoDuration() {}

    /// Empty when `text` is not a duration or out of range. Fractions of a nanosecond are cut off.
    public static Optional<Duration> parse(String text) {
        if (text.equals("0") || text.equals("+0") || text.equals("-0")) {
            return Optional.of(Duration.ZERO);
        }
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        var negative = text.startsWith("-");
        var terms = negative || text.startsWith("+") ? text.substring(1) : text;
        var nanos = BigInteger.ZERO;
        var term = TERM.matcher(terms);
        var end = 0;
        while (term.find(end) && term.start() == end) {
            var value = new BigDecimal(term.group(1)).multiply(BigDecimal.valueOf(nanosOf(term.group(2))));
            nanos = nanos.add(value.toBigInteger());
            end = term.end();
        }
        if (end == 0 || end != terms.length()) {
            return Optional.empty();
        }
        var signed = negative ? nanos.negate() : nanos;
        return signed.bitLength() > 63 ? Optional.empty() : Optional.of(Duration.ofNanos(signed.longValueExact()));
    }

    /// The canonical form: hours, minutes and seconds from one second on (`1h0m0s`, `1m30.5s`), else one unit
    /// (`1.5ms`); zero is `0s`.
    public static String format(Duration duration) {
        var sign = duration.isNegative() ? "-" : "";
        var positive = duration.abs();
        if (positive.isZero()) {
            return "0s";
        }
        if (positive.compareTo(Duration.ofSeconds(1)) < 0) {
            var nanos = positive.toNanosPart();
            if (nanos < 1_000) {
                return sign + nanos + "ns";
            }
            return sign + (nanos < 1_000_000 ? decimal(nanos, 3) + "µs" : decimal(nanos, 6) + "ms");
        }
        var hours = positive.toHours();
        var minutes = positive.toMinutesPart();
        var seconds = decimal(positive.toSecondsPart() * 1_000_000_000L + positive.toNanosPart(), 9) + "s";
        if (hours > 0) {
            return sign + hours + "h" + minutes + "m" + seconds;
        }
        return sign + (minutes > 0 ? minutes + "m" : "") + seconds;
    }

    private static long nanosOf(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            // "us" and the two ways to write the µ
            default -> 1_000;
        };
    }

    private static String decimal(long unscaled, int scale) {
        return BigDecimal.valueOf(unscaled, scale).stripTrailingZeros().toPlainString();
    }
}
