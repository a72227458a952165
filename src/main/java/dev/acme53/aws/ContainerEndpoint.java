package dev.acme53.aws;

import dev.acme53.names.CleanedMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/// The credentials of a Pod or task, from the agent beside it: EKS Pod Identity, ECS.
final class ContainerEndpoint {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private final LinkLocalHttp http;
    private final InstantSource clock;

    ContainerEndpoint(LinkLocalHttp http, InstantSource clock) {
        this.http = http;
        this.clock = clock;
    }

    Fetch fetch(CredentialSource.Container source) {
        return source.tokenFile()
                .map(file -> switch (TokenText.in(file)) {
                    case TokenText.Missing missing -> new Fetch.Failed(tokenFile(file) + " is " + missing.what());
                    case TokenText.Text text -> withToken(source, text.text());
                })
                .orElseGet(() -> withToken(source, source.token()));
    }

    private Fetch withToken(CredentialSource.Container source, String token) {
        if (!TokenText.isHeader(token)) {
            return new Fetch.Failed(
                    source.tokenFile().map(ContainerEndpoint::tokenFile).orElse("AWS_CONTAINER_AUTHORIZATION_TOKEN")
                            + " holds more than one line, or control characters");
        }
        Map<String, String> headers = token.isEmpty() ? Map.of() : Map.of("Authorization", token);
        var giver = "the container endpoint " + source.uri();
        return switch (http.ask("GET", source.uri(), headers, PATIENCE)) {
            case LinkLocalHttp.Reply.Silence silence ->
                new Fetch.Failed(giver + " did not answer (" + silence.why()
                        + "): is the EKS Pod Identity Agent running on this node?");
            case LinkLocalHttp.Reply.Answer answer
            when answer.status() != 200 ->
                new Fetch.Failed(giver + " gave no credentials: " + refusal(answer.status(), answer.body(), token));
            case LinkLocalHttp.Reply.Answer answer ->
                CredentialsDocument.read(answer.body(), giver, "Token", clock.instant());
        };
    }

    /// The agent's code and message, where it gives them in JSON, else the status.
    /// @param token that the message must not show; may be empty
    private static String refusal(int status, String body, String token) {
        var said = CredentialsDocument.object(body).map(json -> {
            var code = either(CredentialsDocument.text(json, "code"), CredentialsDocument.text(json, "Code"));
            var text = either(CredentialsDocument.text(json, "message"), CredentialsDocument.text(json, "Message"));
            return code + (code.isEmpty() || text.isEmpty() ? "" : ": ") + text;
        });
        var words = CleanedMessage.of(
                token.isEmpty() ? said.orElse("") : said.orElse("").replace(token, "…"));
        return "HTTP status " + status + (words.isEmpty() ? "" : ", " + words);
    }

    private static String either(String one, String other) {
        return one.isEmpty() ? other : one;
    }

    private static String tokenFile(Path file) {
        return "the token file " + file + " (AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE)";
    }
}
