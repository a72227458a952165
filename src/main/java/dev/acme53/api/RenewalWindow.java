package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// A recurring time in which renewals may happen: `cron` has five fields in `timezone` (UTC when left out).
@OmitEmpty
public record RenewalWindow(
        String timezone,
        @JsonInclude(JsonInclude.Include.ALWAYS) String windowDuration,
        @JsonInclude(JsonInclude.Include.ALWAYS) String cron) {

    public RenewalWindow(@Nullable String timezone, @Nullable String windowDuration, @Nullable String cron) {
        this.timezone = Absent.or(timezone);
        this.windowDuration = Absent.or(windowDuration);
        this.cron = Absent.or(cron);
    }
}
