package dev.acme53.it.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.rig.Rig;
import dev.acme53.rig.Tenant;
import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.Fault;
import dev.acme53.sim.HistoryEntry;
import dev.acme53.sim.Hold;
import dev.acme53.sim.Operation;
import dev.acme53.sim.RecordChange;
import dev.acme53.sim.SimulatorSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The controller's process is killed when Route 53 has carried out a batch of many Challenges and has not answered.
class KilledBatchIT {
    private static final int MANY = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Rig rig;
    private Tenant platform;
    private Tenant tenant;
    private ControllerProcess controller;

    @BeforeEach
    void start() {
        rig = Rig.start(
                TestServers.kubernetes(), SimulatorSettings.defaults(), pebble -> pebble.withAuthorizationReuse(0));
        rig.route53().createZone("batch.test");
        platform = Tenant.of(rig);
        tenant = Tenant.of(rig);
        controller = rig.controller(platform.namespace().name()).ready();
        platform.apply("""
                apiVersion: cert-manager.io/v1
                kind: ClusterIssuer
                metadata:
                  name: killed-batch
                spec:
                  acme:
                    server: ${DIRECTORY}
                    caBundle: ${CA_BUNDLE}
                    privateKeySecretRef:
                      name: killed-batch-account
                    solvers:
                      - dns01:
                          route53: {}
                """);
    }

    @AfterEach
    void stop() {
        platform.client()
                .genericKubernetesResources("cert-manager.io/v1", "ClusterIssuer")
                .withName("killed-batch")
                .delete();
        controller.close();
        tenant.close();
        platform.close();
        rig.close();
    }

    @Test
    void t81TheWholeBatchIsWrittenOnceMoreAndInOneCall() throws InterruptedException {
        var isOpen = new AtomicBoolean();
        var hold = new Hold();
        rig.route53()
                .failNext(
                        Operation.CHANGE_RESOURCE_RECORD_SETS,
                        _ -> !isOpen.get(),
                        Fault.priorRequestNotComplete(),
                        Integer.MAX_VALUE);
        rig.route53().failNext(Operation.CHANGE_RESOURCE_RECORD_SETS, _ -> isOpen.get(), new Fault.Held(hold), 1);
        names().forEach(name -> tenant.certificate(name, "ClusterIssuer", "killed-batch", name + ".batch.test"));
        awaitAllInOneCall(rig.route53().calls().size());
        isOpen.set(true);
        hold.awaitCall();
        controller.kill();
        hold.release();
        isOpen.set(false);
        assertThat(upserts()).extracting(KilledBatchIT::name).hasSize(MANY).doesNotHaveDuplicates();
        var before = rig.route53().calls().size();
        controller = rig.controller(platform.namespace().name()).ready();
        awaitAllInOneCall(before);
        isOpen.set(true);
        names().forEach(tenant::awaitIssued);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(rig.route53().txtRecords()).isEmpty());
        var again = upserts().subList(MANY, upserts().size());
        assertThat(again)
                .extracting(KilledBatchIT::name)
                .as("each is written once more")
                .hasSize(MANY)
                .doesNotHaveDuplicates();
        assertThat(again)
                .extracting(HistoryEntry::changeId)
                .as("calls that wrote again")
                .containsOnly(again.getFirst().changeId());
    }

    /// The zone is busy until all have come, however long a slow machine takes to bring them.
    private void awaitAllInOneCall(int before) {
        await().atMost(PATIENCE)
                .until(() -> rig.route53().calls().stream()
                        .skip(before)
                        .anyMatch(c -> c.operation() == Operation.CHANGE_RESOURCE_RECORD_SETS && c.changes() == MANY));
    }

    private static String name(HistoryEntry entry) {
        return entry.recordSet().name();
    }

    private List<HistoryEntry> upserts() {
        return rig.route53().history().stream()
                .filter(h -> h.action() == RecordChange.Action.UPSERT)
                .toList();
    }

    private static List<String> names() {
        return IntStream.range(0, MANY).mapToObj(i -> "c" + i).toList();
    }
}
