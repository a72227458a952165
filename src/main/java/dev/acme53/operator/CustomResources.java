package dev.acme53.operator;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the API server serves our six kinds. Asked by discovery, which everybody may read.
final class CustomResources {
    private static final Logger LOG = LoggerFactory.getLogger(CustomResources.class);
    private static final Duration BETWEEN = Duration.ofSeconds(2);
    private static final List<Group> GROUPS = List.of(
            new Group("cert-manager.io", List.of("certificates", "certificaterequests", "issuers", "clusterissuers")),
            new Group("acme.cert-manager.io", List.of("orders", "challenges")));

    private record Group(String name, List<String> plurals) {}

    /// What keeps us from starting, and whether it is the CRDs.
    private record Trouble(boolean crds, String text) {}

    private final KubernetesClient client;
    private volatile Optional<Trouble> trouble = Optional.of(new Trouble(false, "not looked for yet"));

    CustomResources(KubernetesClient client) {
        this.client = ApiServerClient.impatient(client);
    }

    /// What is missing, for `/readyz`; empty once all kinds are served.
    Optional<String> missing() {
        return trouble.map(Trouble::text);
    }

    /// Returns when all kinds are served, or `stopping` is counted down. Says what is wrong in one line; again only
    /// when something else is wrong.
    void await(CountDownLatch stopping) throws InterruptedException {
        var last = trouble;
        do {
            var now = look();
            trouble = now;
            if (now.isEmpty()) {
                return;
            }
            if (!now.map(Trouble::crds).equals(last.map(Trouble::crds)) || (!now.get().crds && !now.equals(last))) {
                LOG.error(now.get().text);
            }
            last = now;
        } while (!stopping.await(BETWEEN.toMillis(), TimeUnit.MILLISECONDS));
    }

    private Optional<Trouble> look() {
        try {
            var absent = GROUPS.stream().flatMap(this::absent).toList();
            return absent.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Trouble(
                            true,
                            "CustomResourceDefinitions are missing (" + String.join(", ", absent)
                                    + "); install them with: kubectl apply --server-side -f crds/"));
        } catch (KubernetesClientException e) {
            return Optional.of(new Trouble(
                    false,
                    "the API server at " + client.getMasterUrl() + " does not answer as it should: " + reason(e)));
        }
    }

    private Stream<String> absent(Group group) {
        var list = client.getApiResources(group.name + "/v1");
        var served = list == null
                ? Set.<String>of()
                : list.getResources().stream().map(APIResource::getName).collect(Collectors.toSet());
        return group.plurals.stream()
                .filter(plural -> !served.contains(plural))
                .map(plural -> plural + "." + group.name);
    }

    private static String reason(KubernetesClientException e) {
        if (e.getCode() != 0) {
            return "HTTP " + e.getCode();
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
