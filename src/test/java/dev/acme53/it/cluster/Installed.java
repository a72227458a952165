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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

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

    /// @param name of a Pod that is still there
    Pod pod(String name) {
        return client.pods().inNamespace(ClusterRig.NAMESPACE).withName(name).require();
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

    boolean isLedByAnother(String pod) {
        return !leader().isEmpty() && !leader().equals(pod);
    }

    /// Whether a process leads that is not `holder`; it may be the next one in the same Pod.
    boolean isLedAfter(String holder) {
        return !holder().isEmpty() && !holder().equals(holder);
    }

    /// What cert-manager's Lease says of who holds it: one process of one Pod.
    String holder() {
        return holder("cert-manager-controller");
    }

    String holder(String lease) {
        var found = client.leases().inNamespace("kube-system").withName(lease).get();
        return Objects.requireNonNullElse(found.getSpec().getHolderIdentity(), "");
    }

    static int restarts(Pod pod) {
        return pod.getStatus().getContainerStatuses().getFirst().getRestartCount();
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
        try {
            await().atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> issued().containsAll(List.of(names)));
        } catch (ConditionTimeoutException e) {
            var missing = new ArrayList<>(List.of(names));
            missing.removeAll(issued());
            throw new AssertionError("not issued: " + missing + "\n" + story(), e);
        }
    }

    void awaitNoRecords(Simulator aws) {
        await().atMost(Duration.ofSeconds(30)).until(() -> aws.txtRecords().isEmpty());
    }

    boolean isIssued(String name) {
        return issued().contains(name);
    }

    private Set<String> issued() {
        return certificates().stream()
                .filter(certificate ->
                        Conditions.isTrue(certificate.statusOrEmpty().conditions(), ConditionTypes.READY))
                .map(certificate -> certificate.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    List<Certificate> certificates() {
        return client.resources(Certificate.class).inNamespace("default").list().getItems();
    }

    /// In the cluster, and at the CA, where one that was lost on the way to the cluster is too.
    void everyCertificateHasOneOrder(long atTheCa) {
        assertThat(orders())
                .extracting(order -> order.getMetadata().getAnnotations().get("cert-manager.io/certificate-name"))
                .doesNotHaveDuplicates();
        assertThat(atTheCa).isEqualTo(certificates().size());
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
