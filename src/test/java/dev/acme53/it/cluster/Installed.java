package dev.acme53.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.api.Certificate;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.Order;
import dev.acme53.sim.Simulator;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
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

    /// What cert-manager's Lease says of who holds it.
    String holder() {
        return holder("cert-manager-controller");
    }

    String holder(String lease) {
        var found = client.leases().inNamespace("kube-system").withName(lease).get();
        return Objects.requireNonNullElse(found.getSpec().getHolderIdentity(), "");
    }

    /// How large the heap of a Pod's JVM may become, in octets, as its metrics have it.
    long largestHeap(Pod pod) {
        var metrics = client.raw("/api/v1/namespaces/" + ClusterRig.NAMESPACE + "/pods/"
                + pod.getMetadata().getName() + ":9402/proxy/metrics");
        // of two survivor spaces one is in use, and counted
        return Stream.of("Eden Space", "Survivor Space", "Survivor Space", "Tenured Gen")
                .mapToLong(space -> largest(space, metrics))
                .sum();
    }

    private static long largest(String space, String metrics) {
        return metrics.lines()
                .filter(line -> line.startsWith("jvm_memory_max_bytes") && line.contains("id=\"" + space + "\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow(() -> new AssertionError(metrics));
    }

    void awaitIssued(String... names) {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> Stream.of(names)
                        .forEach(name -> assertThat(isIssued(name))
                                .as(name + "\n" + story())
                                .isTrue()));
    }

    void awaitNoRecords(Simulator aws) {
        await().atMost(Duration.ofSeconds(30)).until(() -> aws.txtRecords().isEmpty());
    }

    boolean isIssued(String name) {
        var certificate = client.resources(Certificate.class)
                .inNamespace("default")
                .withName(name)
                .get();
        return Conditions.isTrue(certificate.statusOrEmpty().conditions(), ConditionTypes.READY);
    }

    List<Certificate> certificates() {
        return client.resources(Certificate.class).inNamespace("default").list().getItems();
    }

    List<Order> orders() {
        return client.resources(Order.class).inNamespace("default").list().getItems();
    }

    boolean hasSecret(String name) {
        return client.secrets().inNamespace("default").withName(name).get() != null;
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
