package dev.acme53.it.challenge;

import static dev.acme53.it.challenge.ChallengeRig.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.api.Challenge;
import dev.acme53.api.ChallengeStatus;
import dev.acme53.api.EventReasons;
import dev.acme53.api.Issuer;
import dev.acme53.api.Order;
import dev.acme53.api.Solver;
import dev.acme53.it.stages.TestCa;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.Zone;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Namespaces that are deleted while Challenges are under way take Secrets and Issuers along first.
class CleanUpGraceIT {
    private static final KubernetesApi KUBERNETES = TestServers.kubernetes();
    private static final TestCa CA = new TestCa(pebble -> pebble.withAuthorizationReuse(0));

    private final ChallengeRig rig = new ChallengeRig(KUBERNETES, CA);
    private final Zone zone = CA.zone(rig.namespace.name() + ".test");

    @AfterEach
    void leave() {
        CA.simulator().settings().insyncAfter(Duration.ZERO);
        rig.close();
    }

    @AfterAll
    static void stop() {
        CA.close();
    }

    private Challenge presented() {
        return presented(rig.solver("", null));
    }

    private Challenge presented(Solver solver) {
        CA.simulator().settings().insyncAfter(Duration.ofHours(1));
        return rig.await(rig.create("www." + rig.namespace.name() + ".test", solver), ChallengeStatus::presented);
    }

    /// In the worst order: what clean-up needs goes first.
    private void deleteNamespace() {
        var name = rig.namespace.name();
        rig.client.secrets().inNamespace(name).withName("aws").delete();
        rig.client.serviceAccounts().inNamespace(name).withName("dns").delete();
        rig.client.resources(Issuer.class).inNamespace(name).delete();
        rig.client.resources(Order.class).inNamespace(name).delete();
        rig.client.namespaces().withName(name).delete();
    }

    private double leftOver() {
        return rig.meters.counter("acme53.left.over.txt.records").count();
    }

    private List<Event> aboutTheNamespace() {
        return rig.client.v1().events().inNamespace("default").list().getItems().stream()
                .filter(e -> e.getInvolvedObject().getName().equals(rig.namespace.name()))
                .toList();
    }

    @ParameterizedTest(name = "by the role of a ServiceAccount: {0}")
    @ValueSource(booleans = {false, true})
    void aNamespaceDeletedInMidFlightGoesAndLeavesNoRecord(boolean byRole) {
        try (var _ = rig.stage()) {
            var challenge = byRole ? presented(rig.roleOf("dns")) : presented();
            deleteNamespace();
            rig.awaitGone(challenge);
            assertThat(rig.isStored(challenge)).isFalse();
            assertThat(leftOver()).isZero();
            await().atMost(PATIENCE)
                    .until(() -> rig.client
                                    .namespaces()
                                    .withName(rig.namespace.name())
                                    .get()
                            == null);
        }
    }

    @Test
    void withARestartInBetweenItGoesAfterTheGraceAndWhatIsLeftIsNamed() {
        Challenge challenge;
        try (var _ = rig.stage()) {
            challenge = presented();
        }
        deleteNamespace();
        rig.cleanUpGrace(Duration.ofSeconds(3));
        try (var _ = rig.stage()) {
            rig.awaitGone(challenge);
            await().atMost(PATIENCE).until(() -> !aboutTheNamespace().isEmpty());
        }
        assertThat(rig.isStored(challenge)).isTrue();
        assertThat(leftOver()).isEqualTo(1);
        var event = aboutTheNamespace().getFirst();
        assertThat(event.getReason()).isEqualTo(EventReasons.Challenge.RECORD_LEFT_BEHIND);
        assertThat(event.getType()).isEqualTo("Warning");
        assertThat(event.getMessage())
                .contains(
                        "_acme-challenge." + challenge.getSpec().dnsName(),
                        challenge.getSpec().key(),
                        zone.id());
    }

    @Test
    void whereTheNamespaceLivesAMissingSecretIsWaitedFor() {
        rig.cleanUpGrace(Duration.ZERO);
        Challenge challenge;
        try (var _ = rig.stage()) {
            challenge = presented();
        }
        rig.client.secrets().inNamespace(rig.namespace.name()).withName("aws").delete();
        rig.delete(challenge);
        try (var _ = rig.stage()) {
            rig.await(challenge, s -> s.reason().contains("not found"));
            rig.secret(CA.simulator().accessKey().secret());
            rig.awaitGone(challenge);
        }
        assertThat(rig.isStored(challenge)).isFalse();
        assertThat(leftOver()).isZero();
    }
}
