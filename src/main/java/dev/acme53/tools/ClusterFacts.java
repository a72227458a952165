package dev.acme53.tools;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a cluster tells of itself.
final class ClusterFacts {
    /// A token issuer as IAM names it: without `https://`.
    static final Pattern PROVIDER = Pattern.compile("[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._/-]*)?");

    private static final Pattern TOKEN_ISSUER = Pattern.compile("\"issuer\"\\s*:\\s*\"https://([^\"]+)\"");

    private ClusterFacts() {}

    /// All objects of a kind, by namespace and name.
    static <R extends HasMetadata> List<R> all(KubernetesClient client, Class<R> kind) {
        return client.resources(kind).inAnyNamespace().list().getItems().stream()
                .sorted(Comparator.comparing((R r) ->
                                Objects.requireNonNullElse(r.getMetadata().getNamespace(), ""))
                        .thenComparing(r -> r.getMetadata().getName()))
                .toList();
    }

    /// What IRSA reads; nobody has to be allowed to read it.
    static Optional<RoleArn> roleOf(KubernetesClient client, ServiceAccount controller) {
        try {
            return Optional.ofNullable(client.serviceAccounts()
                            .inNamespace(controller.namespace())
                            .withName(controller.name())
                            .get())
                    .map(account -> account.getMetadata().getAnnotations())
                    .map(annotations -> annotations.get("eks.amazonaws.com/role-arn"))
                    .flatMap(RoleArn::parse);
        } catch (KubernetesClientException _) {
            return Optional.empty();
        }
    }

    /// Who signs the tokens of ServiceAccounts.
    static Optional<String> tokenIssuer(KubernetesClient client) {
        try {
            return Optional.ofNullable(client.raw("/.well-known/openid-configuration"))
                    .map(TOKEN_ISSUER::matcher)
                    .filter(Matcher::find)
                    .map(found -> found.group(1))
                    .filter(PROVIDER.asMatchPredicate());
        } catch (KubernetesClientException _) {
            return Optional.empty();
        }
    }
}
