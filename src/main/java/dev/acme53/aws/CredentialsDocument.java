package dev.acme53.aws;

import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/// Credentials in JSON, as container agents, the instance metadata and programs give them.
final class CredentialsDocument {
    private CredentialsDocument() {}

    /// @param giver for the message when it gave something else
    /// @param tokenField `Token`, or `SessionToken` for programs
    static Fetch read(String json, String giver, String tokenField, Instant now) {
        var document = object(json);
        if (document.isEmpty()) {
            return new Fetch.Failed(giver + " did not answer with credentials in JSON");
        }
        var id = text(document.get(), "AccessKeyId");
        var secret = text(document.get(), "SecretAccessKey");
        if (id.isEmpty() || secret.isEmpty()) {
            return new Fetch.Failed(giver + " answered without AccessKeyId and SecretAccessKey");
        }
        var expiration = text(document.get(), "Expiration");
        var expires = expiration.isEmpty() ? Optional.of(Instant.MAX) : instant(expiration);
        if (expires.isEmpty()) {
            return new Fetch.Failed(giver + " answered with an Expiration that is no time");
        }
        if (!expires.get().isAfter(now)) {
            return new Fetch.Failed(giver + " answered with credentials that have expired; is the clock right?");
        }
        var credentials = CredentialSource.Keys.credentials(id, secret, text(document.get(), tokenField));
        return new Fetch.Got(credentials, expires.get(), text(document.get(), "RoleArn"), "");
    }

    /// The object that `json` is, or empty when it is none.
    static Optional<JsonNode> object(String json) {
        try {
            return Optional.ofNullable(JsonNode.parser().parse(json)).filter(JsonNode::isObject);
        } catch (UncheckedIOException _) {
            return Optional.empty();
        }
    }

    /// The text of a field; empty when there is none.
    static String text(JsonNode object, String field) {
        return object.field(field)
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .orElse("");
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
