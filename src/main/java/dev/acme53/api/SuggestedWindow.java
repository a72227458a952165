package dev.acme53.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When the CA wants a certificate renewed.
@OmitEmpty
public record SuggestedWindow(
        @Rfc3339 @Nullable Instant start, @Rfc3339 @Nullable Instant end) {

    public SuggestedWindow(@Nullable Instant start, @Nullable Instant end) {
        this.start = Absent.orSeconds(start);
        this.end = Absent.orSeconds(end);
    }
}
