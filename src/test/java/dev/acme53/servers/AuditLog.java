package dev.acme53.servers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an API server notes of the requests of ServiceAccounts: who asked what, and whether RBAC allowed it. Nothing of
/// the bodies, and nothing of anybody else.
public final class AuditLog {
    static final String POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived]
            rules:
            - level: Metadata
              userGroups: ["system:serviceaccounts"]
            - level: None
            """;

    /// What admission says where RBAC refuses it, and not where it does not know a kind that was made just now.
    private static final String OWNER_NOT_TO_BE_BLOCKED = "cannot set blockOwnerDeletion if ";

    private static final JsonMapper JSON = new JsonMapper();

    private final List<Request> all = new ArrayList<>();
    private long read;

    /// One request about a resource.
    ///
    /// @param user as RBAC names it: `system:serviceaccount:NAMESPACE:NAME`
    /// @param group empty for core
    /// @param resource plural, with `/subresource`
    /// @param namespace empty for what is in none, or in all
    /// @param name empty where none is named
    /// @param code of the answer
    /// @param allowed by RBAC, which admission asks too about owners whose deletion is to be blocked; whatever else
    ///     admission refused was allowed
    public record Request(
            String user,
            String verb,
            String group,
            String resource,
            String namespace,
            String name,
            int code,
            boolean allowed) {}

    /// All of the log, which has grown since it was read last; what is new alone is parsed.
    synchronized List<Request> read(InputStream log) throws IOException {
        log.skipNBytes(read);
        var octets = log.readAllBytes();
        var end = octets.length;
        // the last line may be under way
        while (end > 0 && octets[end - 1] != '\n') {
            end--;
        }
        read += end;
        new String(octets, 0, end, StandardCharsets.UTF_8)
                .lines()
                .forEach(line -> request(line).ifPresent(all::add));
        return List.copyOf(all);
    }

    private static Optional<Request> request(String line) {
        JsonNode event;
        try {
            event = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(line, e);
        }
        var about = event.path("objectRef");
        if (about.path("resource").isMissingNode()) {
            return Optional.empty();
        }
        var subresource = about.path("subresource").asText("");
        return Optional.of(new Request(
                event.at("/user/username").asText(),
                event.path("verb").asText(),
                about.path("apiGroup").asText(""),
                about.path("resource").asText() + (subresource.isEmpty() ? "" : "/" + subresource),
                about.path("namespace").asText(""),
                about.path("name").asText(""),
                event.at("/responseStatus/code").asInt(),
                event.at("/annotations/authorization.k8s.io~1decision").asText().equals("allow")
                        && !event.at("/responseStatus/message").asText().contains(OWNER_NOT_TO_BE_BLOCKED)));
    }
}
