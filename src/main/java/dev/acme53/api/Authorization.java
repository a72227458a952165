package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One authorization of an order (RFC 8555 §7.1.4). `identifier` is without `*.` and empty until fetched.
@OmitEmpty
public record Authorization(
        @JsonProperty("url") @JsonInclude(JsonInclude.Include.ALWAYS)
        String url,

        String identifier,
        @Nullable Boolean wildcard,
        @Nullable State initialState,
        List<OfferedChallenge> challenges) {

    public Authorization(
            @Nullable String url,
            @Nullable String identifier,
            @Nullable Boolean wildcard,
            @Nullable State initialState,
            @Nullable List<OfferedChallenge> challenges) {
        this.url = Absent.or(url);
        this.identifier = Absent.or(identifier);
        this.wildcard = wildcard;
        this.initialState = initialState;
        this.challenges = Absent.or(challenges);
    }
}
