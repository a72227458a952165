package dev.acme53.sim;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The credentials of a role's session.
public record SessionKey(AccessKey key, String token, Instant expires) {
    /// As agents give them.
    /// @param more fields in front, with a comma
    String json(String more) {
        return "{%s\"AccessKeyId\":\"%s\",\"SecretAccessKey\":\"%s\",\"Token\":\"%s\",\"Expiration\":\"%s\"}"
                .formatted(more, key.id(), key.secret(), token, expires.truncatedTo(ChronoUnit.SECONDS));
    }

    @Override
    public String toString() {
        return "SessionKey[" + key + "]";
    }
}
