package dev.acme53.acme;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "5                             | -                             | PT5S",
                "0                             | -                             | PT0S",
                " 7                            | -                             | PT7S",
                "Tue, 24 Nov 2026 12:01:00 GMT | -                             | PT1M",
                "Tue, 24 Nov 2026 12:01:00 GMT | Tue, 24 Nov 2026 12:00:30 GMT | PT30S",
                "Tue, 24 Nov 2026 11:00:00 GMT | -                             | PT0S",
                "99999999                      | -                             | PT168H",
                "3.5                           | -                             | -",
                "-1                            | -                             | -",
                "99999999999999999999          | -                             | -",
                "soon                          | -                             | -",
                "-                             | -                             | -"
            })
    void secondsAndDatesAreReadAndAnythingElseIsNone(
            @Nullable String header, @Nullable String date, @Nullable Duration wait) {
        var headers = new HashMap<String, List<String>>();
        Optional.ofNullable(header).ifPresent(h -> headers.put("retry-after", List.of(h)));
        Optional.ofNullable(date).ifPresent(d -> headers.put("date", List.of(d)));
        assertThat(RetryAfter.in(HttpHeaders.of(headers, (_, _) -> true), NOW))
                .isEqualTo(Optional.ofNullable(wait).map(NOW::plus));
    }
}
