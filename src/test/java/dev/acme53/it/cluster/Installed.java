package dev.acme53.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.api.Certificate;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.Order;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is seen of an installed controller from outside.
record Installed(KubernetesClient client) {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    List<Pod> pods() {
        return client.pods().inNamespace(ClusterRig.NAMESPACE).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    Pod pod() {
        assertThat(pods()).hasSize(1);
        return pods().getFirst();
    }

    boolean isReady(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
    }

    /// The name of the Pod that holds the Lease; empty when none that goes on does.
    String leader() {
        var holder = holder();
        return pods().stream()
                .map(pod -> pod.getMetadata().getName())
                .filter(holder::startsWith)
                .findFirst()
                .orElse("");
    }

    /// What the Lease says of who holds it.
    String holder() {
        var lease = client.leases()
                .inNamespace("kube-system")
                .withName("cert-manager-controller")
                .get();
        return Objects.requireNonNullElse(lease.getSpec().getHolderIdentity(), "");
    }

    void awaitIssued(String... names) {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> Stream.of(names)
                        .forEach(name -> assertThat(isIssued(name))
                                .as(name + "\n" + story())
                                .isTrue()));
    }

    boolean isIssued(String name) {
        var certificate = client.resources(Certificate.class)
                .inNamespace("default")
                .withName(name)
                .get();
        return Conditions.isTrue(certificate.statusOrEmpty().conditions(), ConditionTypes.READY);
    }

    List<Order> orders() {
        return client.resources(Order.class).inNamespace("default").list().getItems();
    }

    boolean hasSecret(String name) {
        return client.secrets().inNamespace("default").withName(name).get() != null;
    }

    /// All that the Pods there are have logged.
    String logs() {
        return pods().stream().map(pod -> client.pods().resource(pod).getLog()).collect(Collectors.joining());
    }

    private String story() {
        var logs = new StringBuilder(orders().toString());
        for (var pod : pods()) {
            logs.append('\n')
                    .append(client.pods().resource(pod).tailingLines(30).getLog());
        }
        return logs.toString();
    }
}
