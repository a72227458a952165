package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// ACME renewal information (RFC 9773) as last read.
@OmitEmpty
public record RenewalInformation(
        @Nullable SuggestedWindow suggestedWindow,
        @JsonProperty("explanationURL") String explanationURL,
        String lastError,
        @Rfc3339 @Nullable Instant lastChecked,
        @Rfc3339 @Nullable Instant nextCheck) {

    public RenewalInformation(
            @Nullable SuggestedWindow suggestedWindow,
            @Nullable String explanationURL,
            @Nullable String lastError,
            @Nullable Instant lastChecked,
            @Nullable Instant nextCheck) {
        this.suggestedWindow = suggestedWindow;
        this.explanationURL = Absent.or(explanationURL);
        this.lastError = Absent.or(lastError);
        this.lastChecked = Absent.orSeconds(lastChecked);
        this.nextCheck = Absent.orSeconds(nextCheck);
    }
}
