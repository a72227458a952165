package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// A challenge as the CA offers it, `type` as in RFC 8555 (`dns-01`).
@OmitEmpty
public record OfferedChallenge(
        @JsonProperty("url") @JsonInclude(JsonInclude.Include.ALWAYS)
        String url,

        @JsonInclude(JsonInclude.Include.ALWAYS) String token,
        @JsonInclude(JsonInclude.Include.ALWAYS) String type) {

    public OfferedChallenge(@Nullable String url, @Nullable String token, @Nullable String type) {
        this.url = Absent.or(url);
        this.token = Absent.or(token);
        this.type = Absent.or(type);
    }
}
