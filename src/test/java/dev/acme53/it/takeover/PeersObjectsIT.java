package dev.acme53.it.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.account.AccountKeys;
import dev.acme53.account.AccountLogins;
import dev.acme53.acme.AcmeAccounts;
import dev.acme53.acme.AcmeRequest;
import dev.acme53.api.Certificate;
import dev.acme53.api.Order;
import dev.acme53.certificate.CertificateSettings;
import dev.acme53.certificate.CertificateStage;
import dev.acme53.fixture.CertificateSpecs;
import dev.acme53.issuer.IssuerStages;
import dev.acme53.it.stages.Edits;
import dev.acme53.it.stages.RunningStages;
import dev.acme53.order.OrderStage;
import dev.acme53.reconcile.StageContext;
import dev.acme53.reconcile.StageRegistration;
import dev.acme53.request.RequestSettings;
import dev.acme53.request.RequestStage;
import dev.acme53.request.SignerNames;
import dev.acme53.rig.DirectNetwork;
import dev.acme53.servers.TestNamespace;
import dev.acme53.servers.TestServers;
import dev.acme53.x509.PemLimits;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// All stages but that of Challenges, of which there are none, on what cert-manager left: issuer and account,
/// Certificates, CertificateRequests, Orders, Secrets.
class PeersObjectsIT {
    private static final Duration SOON = Duration.ofSeconds(15);

    private final KubernetesClient client = TestServers.kubernetes().client();
    private final TestNamespace namespace = TestServers.kubernetes().freshNamespace();
    private final PeersObjects peers = new PeersObjects(client, namespace);
    private final Queue<AcmeRequest> asked = new ConcurrentLinkedQueue<>();
    private final Duration back = Duration.between(Instant.now(), PeersObjects.THEN);
    private final InstantSource clock = () -> Instant.now().plus(back);

    @BeforeEach
    void create() {
        peers.create();
    }

    @AfterEach
    void leave() {
        peers.deleteIssuer();
        namespace.close();
        client.close();
    }

    private RunningStages started() {
        return new RunningStages(TestServers.kubernetes(), namespace, clock, this::stages);
    }

    private List<StageRegistration<?>> stages(StageContext context) {
        var keys = new AccountKeys(context.client(), namespace.name(), PemLimits.DEFAULTS);
        var accounts = AcmeAccounts.over(DirectNetwork.acme("acme53-test"), asked::add, clock);
        return List.of(
                IssuerStages.clusterIssuers(context, keys, accounts),
                CertificateStage.of(context, CertificateSettings.DEFAULTS),
                RequestStage.of(context, new RequestSettings(true, SignerNames.ALL, true)),
                OrderStage.of(context, new AccountLogins(keys, accounts)));
    }

    @Test
    void nothingIsWrittenOrderedOrAskedOfTheCa() {
        var before = peers.versions();
        assertThat(before).hasSize(14);
        try (var _ = started()) {
            await().during(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(8))
                    .untilAsserted(() -> assertThat(peers.versions()).isEqualTo(before));
            assertThat(asked).isEmpty();
        }
    }

    @Test
    void aChangedCertificateGetsItsNextOrderAndTheOthersNone() {
        var before = peers.versions();
        try (var _ = started()) {
            var certificates = client.resources(Certificate.class).inNamespace(namespace.name());
            Edits.edit(client, certificates.withName("w00001").get(), certificate -> {
                certificate.setSpec(CertificateSpecs.with(certificate.getSpec(), "dnsNames: [other.example.com]"));
                return certificate;
            });
            await().atMost(SOON).until(() -> orders().stream().anyMatch(name -> name.startsWith("w00001-2-")));
            assertThat(orders()).hasSize(4);
            assertThat(peers.versions())
                    .containsEntry("Secret w00001-tls", before.get("Secret w00001-tls"))
                    .containsEntry("Certificate w00002", before.get("Certificate w00002"))
                    .containsEntry("Order w00001-1-3956027830", before.get("Order w00001-1-3956027830"));
        }
    }

    private List<String> orders() {
        return client.resources(Order.class).inNamespace(namespace.name()).list().getItems().stream()
                .map(order -> order.getMetadata().getName())
                .toList();
    }
}
