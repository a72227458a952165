package dev.acme53.aws;

import dev.acme53.names.SubdomainName;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/// Tokens that the API server makes for a ServiceAccount (route53.md R21 to R23). Needs `create` on the
/// `serviceaccounts/token` of that name, and nothing else.
final class ServiceAccountTokens {
    private static final List<String> AUDIENCES = List.of("sts.amazonaws.com");

    /// The least that the API server accepts; the token is used at once.
    private static final long SECONDS = 600;

    private final KubernetesClient client;

    ServiceAccountTokens(KubernetesClient client) {
        this.client = client;
    }

    static List<String> audiences(List<String> named) {
        return named.isEmpty() ? AUDIENCES : List.copyOf(named);
    }

    /// What no ServiceAccount can be called is not asked for.
    Answer request(CredentialSource.ServiceAccount account) {
        if (!SubdomainName.isOne(account.name())) {
            return new Answer.Refused(Refusals.noSuchAccount(account));
        }
        var wanted = new TokenRequestBuilder()
                .withNewSpec()
                .withAudiences(account.audiences())
                .withExpirationSeconds(SECONDS)
                .endSpec()
                .build();
        try {
            var made = client.serviceAccounts()
                    .inNamespace(account.namespace())
                    .withName(account.name())
                    .tokenRequest(wanted);
            var token = made == null || made.getStatus() == null
                    ? null
                    : made.getStatus().getToken();
            return token == null || token.isEmpty()
                    ? new Answer.Refused(Refusals.tokenRefused(account, "the API server answered without a token"))
                    : new Answer.Token(token, uid(token));
        } catch (KubernetesClientException e) {
            return new Answer.Refused(Refusals.tokenRefused(account, Refusals.apiServer(e)));
        }
    }

    /// The UID of the ServiceAccount by the token's claims, which the API server wrote just now: it needs no
    /// verification, and reading the ServiceAccount itself would need one more permission. Empty when it has none.
    private static String uid(String token) {
        var parts = token.split("\\.");
        return Optional.of(parts)
                .filter(p -> p.length == 3)
                .flatMap(p -> claims(p[1]))
                .flatMap(claims -> claims.field("kubernetes.io"))
                .flatMap(kubernetes -> kubernetes.field("serviceaccount"))
                .map(account -> CredentialsDocument.text(account, "uid"))
                .orElse("");
    }

    private static Optional<JsonNode> claims(String part) {
        try {
            return CredentialsDocument.object(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    sealed interface Answer {
        record Token(String token, String uid) implements Answer {
            /// Without the token.
            @Override
            public String toString() {
                return "Token[uid=" + uid + "]";
            }
        }

        record Refused(String message) implements Answer {}
    }
}
