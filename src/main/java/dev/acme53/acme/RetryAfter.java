package dev.acme53.acme;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/// The header `Retry-After` (RFC 9110 §10.2.3).
final class RetryAfter {
    static final String HEADER = "Retry-After";

    /// Longer is not believed: a CA that says so by mistake would silence an issuer for good.
    private static final Duration LONGEST = Duration.ofDays(7);

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private RetryAfter() {}

    /// When to ask again, by our clock: a date is taken relative to the answer's own `Date`, so that clocks
    /// that differ do no harm. Empty when there is no such header or it cannot be read.
    static Optional<Instant> in(HttpHeaders headers, Instant now) {
        return headers.firstValue(HEADER)
                .map(String::strip)
                .flatMap(text -> wait(text, headers, now))
                .map(wait -> now.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait));
    }

    private static Optional<Duration> wait(String text, HttpHeaders headers, Instant now) {
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(Duration.ofSeconds(Integer.parseInt(text)));
        }
        var sent = headers.firstValue("Date").flatMap(RetryAfter::date).orElse(now);
        return date(text)
                .map(until -> Duration.between(sent, until))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
