package dev.acme53.operator.flags;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Durations as Go writes them: `1h30m`, `300ms`, `1.5s`, `-2m`, `0`.
public final class GoDuration {
    private static final Pattern WHOLE =
            Pattern.compile("([+-]?)((?:(?:\\d+\\.?\\d*|\\.\\d+)(?:ns|us|µs|μs|ms|s|m|h))+)");
    private static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private GoDuration() {}

    /// The duration, or empty when `text` is none, or longer than Go can hold (292 years).
    public static Optional<Duration> parse(String text) {
        if (text.equals("0") || text.equals("+0") || text.equals("-0")) {
            return Optional.of(Duration.ZERO);
        }
        var whole = WHOLE.matcher(text);
        if (!whole.matches()) {
            return Optional.empty();
        }
        var nanos = PART.matcher(whole.group(2))
                .results()
                .map(part -> decimal(part.group(1)).multiply(BigDecimal.valueOf(nanos(part.group(2)))))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (nanos.compareTo(LONGEST) > 0) {
            return Optional.empty();
        }
        var duration = Duration.ofNanos(nanos.longValue());
        return Optional.of(whole.group(1).equals("-") ? duration.negated() : duration);
    }

    private static long nanos(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us", "µs", "μs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
    }

    private static BigDecimal decimal(String digits) {
        return new BigDecimal(digits.endsWith(".") ? digits + "0" : digits);
    }
}
