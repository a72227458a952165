package dev.acme53.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.servers.Kubectl;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// The installation of `deploy/`, with two Pods and without Helm. One Pod hangs, the leader's is killed meanwhile while
/// it issues, and another template is rolled out and taken back under load.
///
/// @param folder of the kustomization
record ByKubectl(ClusterRig rig, Installed installed, Path folder) {
    private static final String DEPLOYMENT = "deployment/acme53";
    private static final String IN_ITS_NAMESPACE = "--namespace=" + ClusterRig.NAMESPACE;
    private static final String VERSION = "version";

    /// What hangs is found, and killed, within ten seconds in place of two minutes and a half.
    private static final Map<String, Object> IN_HASTE = Map.of(
            "readinessProbe",
            Map.of("periodSeconds", 1),
            "livenessProbe",
            Map.of("periodSeconds", 1, "timeoutSeconds", 1, "terminationGracePeriodSeconds", 1));

    void prove() throws IOException {
        apply(Map.of(), IN_HASTE);
        oneHangsAndOneIsKilled();
        var load = new Load(rig, "kubectl");
        try (load) {
            apply(Map.of(VERSION, "two"), Map.of());
            assertThat(installed.pods()).hasSize(2).allMatch(ByKubectl::isAnnotated);
            kubectl("rollout", "undo", DEPLOYMENT, IN_ITS_NAMESPACE);
            rolledOut();
        }
        assertThat(installed.pods()).hasSize(2).noneMatch(ByKubectl::isAnnotated);
        assertThat(load.names()).hasSizeGreaterThan(10);
        installed.awaitIssued(load.names().toArray(String[]::new));
        whatIsThereIsWhatWasWanted();
    }

    private void oneHangsAndOneIsKilled() {
        await().atMost(InstallClusterIT.HANDOVER)
                .until(() -> !installed.leader().isEmpty());
        var killed = installed.leader();
        var hanging = installed.pods().stream()
                .map(pod -> pod.getMetadata().getName())
                .filter(name -> !name.equals(killed))
                .findFirst()
                .orElseThrow();
        rig.signal("STOP", installed.pod(hanging));
        await().atMost(Duration.ofSeconds(30)).until(() -> !installed.isReady(installed.pod(hanging)));
        assertThat(Installed.restarts(installed.pod(hanging))).isZero();
        rig.certificate("by-kubectl");
        await().atMost(InstallClusterIT.HANDOVER)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !rig.aws().txtRecords().isEmpty());
        var holder = installed.holder();
        rig.kill(installed.pod(killed));
        assertThat(installed.isIssued("by-kubectl")).isFalse();
        await().atMost(InstallClusterIT.HANDOVER).until(() -> installed.isLedAfter(holder));
        installed.awaitIssued("first", "by-kubectl");
        await().atMost(Duration.ofSeconds(90))
                .until(() ->
                        Installed.restarts(installed.pod(hanging)) == 1 && installed.isReady(installed.pod(hanging)));
        whatIsThereIsWhatWasWanted();
    }

    private void whatIsThereIsWhatWasWanted() {
        installed.everyCertificateHasOneOrder(rig.ordersAtTheCa());
        installed.awaitNoRecords(rig.aws());
    }

    private static boolean isAnnotated(Pod pod) {
        return pod.getMetadata().getAnnotations().containsKey(VERSION);
    }

    private void apply(Map<String, String> annotations, Map<String, Object> container) throws IOException {
        Files.writeString(
                folder.resolve("kustomization.yaml"),
                DeployOverlay.of(rig.whereAwsIs(), ClusterRig.ROLE, annotations, container));
        kubectl("apply", "--server-side", "-k", folder.toString());
        rolledOut();
    }

    private void rolledOut() {
        kubectl("rollout", "status", DEPLOYMENT, IN_ITS_NAMESPACE, "--timeout=120s");
    }

    private void kubectl(String... arguments) {
        new Kubectl(rig.cluster()).run(arguments);
    }
}
