package dev.acme53.operator;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the API server serves our six kinds. Asked by discovery, which everybody may read.
final class CustomResources {
    private static final Logger LOG = LoggerFactory.getLogger(CustomResources.class);
    private static final Duration BETWEEN = Duration.ofSeconds(2);
    private static final Map<String, List<String>> KINDS = new TreeMap<>(Map.of(
            "cert-manager.io/v1", List.of("certificates", "certificaterequests", "issuers", "clusterissuers"),
            "acme.cert-manager.io/v1", List.of("orders", "challenges")));

    private final KubernetesClient client;
    private volatile String state = "not looked for yet";

    CustomResources(KubernetesClient client) {
        this.client = client;
    }

    /// What is missing, for `/readyz`; empty once all kinds are served.
    String missing() {
        return state;
    }

    /// Returns when all kinds are served, or `stopped` is. Says what is missing in one line, again only when that
    /// changes.
    void await(CountDownLatch stopped) throws InterruptedException {
        while (true) {
            var now = look();
            if (now.isEmpty()) {
                state = "";
                return;
            }
            if (!now.equals(state)) {
                state = now;
                LOG.error(now);
            }
            if (stopped.await(BETWEEN.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private String look() {
        try {
            var absent = new ArrayList<String>();
            KINDS.forEach((group, plurals) -> {
                var served = served(group);
                plurals.stream()
                        .filter(plural -> !served.contains(plural))
                        .map(plural -> plural + "." + group.substring(0, group.indexOf('/')))
                        .forEach(absent::add);
            });
            return absent.isEmpty()
                    ? ""
                    : "CustomResourceDefinitions are missing (" + String.join(", ", absent)
                            + "); install them with: kubectl apply --server-side -f crds/";
        } catch (KubernetesClientException e) {
            return "the API server at " + client.getMasterUrl() + " does not answer as it should: " + reason(e);
        }
    }

    private List<String> served(String group) {
        var list = client.getApiResources(group);
        return list == null
                ? List.of()
                : list.getResources().stream().map(APIResource::getName).collect(Collectors.toList());
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
