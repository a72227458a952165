package dev.acme53.it.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.Order;
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
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestartIT {
    private static final int MANY = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String ISSUER = """
            apiVersion: cert-manager.io/v1
            kind: ClusterIssuer
            metadata:
              name: restart
            spec:
              acme:
                server: ${DIRECTORY}
                caBundle: ${CA_BUNDLE}
                privateKeySecretRef:
                  name: restart-account
                solvers:
                  - dns01:
                      route53: {}
            """;

    private Rig rig;
    private Tenant platform;
    private Tenant tenant;
    private ControllerProcess controller;

    @BeforeEach
    void start() {
        rig = Rig.start(
                TestServers.kubernetes(),
                SimulatorSettings.defaults().insyncAfter(Duration.ofSeconds(3)),
                pebble -> pebble.withAuthorizationReuse(0));
        rig.route53().createZone("restart.test");
        platform = Tenant.of(rig);
        tenant = Tenant.of(rig);
        controller = rig.controller(platform.namespace().name()).ready();
        platform.apply(ISSUER);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Conditions.isTrue(
                        platform.client()
                                .resources(ClusterIssuer.class)
                                .withName("restart")
                                .get()
                                .statusOrEmpty()
                                .conditions(),
                        ConditionTypes.READY));
    }

    @AfterEach
    void stop() {
        platform.client().resources(ClusterIssuer.class).withName("restart").delete();
        controller.close();
        tenant.close();
        platform.close();
        rig.close();
    }

    /// Killed again and again at moments that the seed chooses, until the certificate is there. Undisturbed, its two
    /// records are written and removed together or each by itself; a kill costs one more call at most.
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = 1)
    void whereverItIsKilledNothingIsDoneTwiceAndNothingIsLeft(long seed) throws InterruptedException {
        var random = new Random(seed);
        tenant.certificate("survivor", "ClusterIssuer", "restart", "a.restart.test", "*.a.restart.test");
        var firstUrl = "";
        var kills = 0;
        for (var round = 0; round < 5 && !tenant.isReady("survivor"); round++) {
            Thread.sleep(300 + random.nextInt(1500));
            controller.kill();
            kills++;
            firstUrl = onlyOrderUrl(firstUrl);
            controller = rig.controller(platform.namespace().name()).ready();
        }
        tenant.awaitIssued("survivor");
        onlyOrderUrl(firstUrl);
        assertThat(tenant.requests()).hasSize(1);
        assertThat(tenant.orders()).hasSize(1);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(rig.route53().txtRecords()).isEmpty());
        var mostExtra = kills;
        assertThat(rig.route53().count(Operation.CHANGE_RESOURCE_RECORD_SETS)).isLessThanOrEqualTo(2 * 2 + mostExtra);
        var upserts = upserts().stream()
                .collect(Collectors.groupingBy(h -> h.recordSet().setIdentifier(), Collectors.counting()));
        assertThat(upserts).hasSize(2);
        assertThat(upserts.values()).allMatch(n -> n <= 1 + mostExtra);
    }

    /// Killed when a call with the records of many Challenges has been carried out and is not answered.
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
        names().forEach(name -> tenant.certificate(name, "ClusterIssuer", "restart", name + ".restart.test"));
        awaitAllInOneCall(0);
        isOpen.set(true);
        hold.awaitCall();
        controller.kill();
        hold.release();
        isOpen.set(false);
        assertThat(upserts()).extracting(RestartIT::name).hasSize(MANY).doesNotHaveDuplicates();
        var before = rig.route53().calls().size();
        controller = rig.controller(platform.namespace().name()).ready();
        awaitAllInOneCall(before);
        isOpen.set(true);
        names().forEach(tenant::awaitIssued);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(rig.route53().txtRecords()).isEmpty());
        var again = upserts().subList(MANY, upserts().size());
        assertThat(again)
                .extracting(RestartIT::name)
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

    /// There is one Order object at most, and once it has a URL it keeps it.
    private String onlyOrderUrl(String known) {
        List<Order> orders = tenant.orders();
        assertThat(orders).hasSizeLessThanOrEqualTo(1);
        var url = orders.stream().map(o -> o.statusOrEmpty().url()).collect(Collectors.joining());
        if (!known.isEmpty()) {
            assertThat(url).isEqualTo(known);
        }
        return url;
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
