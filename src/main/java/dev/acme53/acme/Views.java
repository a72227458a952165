package dev.acme53.acme;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.shredzone.acme4j.toolbox.JSON;

/// The CA's JSON objects (RFC 8555 §7.1) as values. What a CA must send and does not is an
/// [AcmeProtocolException].
final class Views {
    private Views() {}

    static OrderView order(URI url, JSON json) {
        return new OrderView(
                url,
                json.get("status").asString(),
                json.get("finalize").optional().map(JSON.Value::asURI),
                json.get("authorizations").asArray().stream()
                        .map(JSON.Value::asURI)
                        .toList(),
                json.get("certificate").optional().map(JSON.Value::asURI),
                error(json));
    }

    static AuthorizationView authorization(URI url, JSON json) {
        var value = json.get("identifier").asObject().get("value").asString();
        return new AuthorizationView(
                url,
                json.get("status").asString(),
                value.startsWith("*.") ? value.substring(2) : value,
                json.get("wildcard").optional().map(JSON.Value::asBoolean).orElse(false),
                challenges(json.get("challenges").asArray()));
    }

    private static List<OfferedChallenge> challenges(JSON.Array all) {
        return all.stream()
                .map(JSON.Value::asObject)
                .filter(c -> c.contains("token"))
                .map(Views::challenge)
                .toList();
    }

    static OfferedChallenge challenge(JSON json) {
        return new OfferedChallenge(
                json.get("url").asURI(),
                json.get("type").asString(),
                json.get("token").asString(),
                json.get("status").optional().map(JSON.Value::asString).orElse("pending"),
                error(json));
    }

    static RegisteredAccount account(URI url, JSON json, boolean created) {
        var contacts = json.get("contact").asArray();
        return new RegisteredAccount(
                url,
                contacts.stream()
                        .map(JSON.Value::asString)
                        .filter(c -> c.startsWith("mailto:"))
                        .map(c -> c.substring("mailto:".length()))
                        .findFirst(),
                created);
    }

    private static Optional<String> error(JSON json) {
        return json.get("error").optional().map(JSON.Value::asObject).map(ProblemText::of);
    }
}
