package dev.acme53.it.rbac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.Challenge;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.Condition;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.Issuer;
import dev.acme53.api.Order;
import dev.acme53.servers.AcmeCa;
import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Certificates of a namespace, from the first to the last thing that a controller calls for them. Closing it deletes
/// the ClusterIssuers it made.
///
/// @param kind of issuer that the Certificates name: `ClusterIssuer` where those are served, else `Issuer`
record Life(KubernetesClient client, TestNamespace namespace, AcmeCa ca, String kind, Calls calls)
        implements AutoCloseable {
    private static final Duration ISSUED = Duration.ofSeconds(120);
    private static final Duration SOON = Duration.ofSeconds(30);

    /// All of it.
    void whole(ControllerProcess controller) throws InterruptedException {
        issuer(kind, "pebble");
        issuer("Issuer", "local");
        request("pebble", "good");
        awaitRevision("good", 1);
        renew("good");
        awaitIssuer("local");
        outrun();
        remake(controller);
    }

    /// A Certificate that is asked for.
    void request(String issuer, String name) {
        RolesIT.apply(client, """
                apiVersion: cert-manager.io/v1
                kind: Certificate
                metadata: {name: %s, namespace: %s}
                spec:
                  secretName: %s
                  dnsNames: [example.com, "*.example.com"]
                  issuerRef: {name: %s, kind: %s}
                """.formatted(name, namespace.name(), name, issuer, kind));
    }

    /// Until it is issued so many times.
    void awaitRevision(String certificate, long times) {
        await().atMost(ISSUED).until(() -> revision(certificate) == times);
    }

    private long revision(String name) {
        var status = client.resources(Certificate.class)
                .inNamespace(namespace.name())
                .withName(name)
                .get()
                .statusOrEmpty();
        var revision = status.revision();
        return revision == null || !Conditions.isTrue(status.conditions(), ConditionTypes.READY) ? 0 : revision;
    }

    /// By a user's hand, and what was before is removed.
    private void renew(String certificate) {
        client.resources(Certificate.class)
                .inNamespace(namespace.name())
                .withName(certificate)
                .editStatus(Life::triggered);
        awaitRevision(certificate, 2);
        var requests = client.resources(CertificateRequest.class).inNamespace(namespace.name());
        await().atMost(SOON).until(() -> requests.list().getItems().size() == 1);
    }

    private static Certificate triggered(Certificate certificate) {
        var status = certificate.statusOrEmpty();
        certificate.setStatus(status.withConditions(Conditions.set(
                status.conditions(),
                ConditionTypes.ISSUING,
                Condition.Status.TRUE,
                "ManuallyTriggered",
                "by a test",
                certificate.getMetadata().getGeneration(),
                Instant.EPOCH)));
        return certificate;
    }

    /// Somebody else writes whenever the controller is about to, until it has read each kind again.
    private void outrun() throws InterruptedException {
        var reads = reads();
        for (var round = 0; round < 10 && !calls.used().containsAll(reads); round++) {
            try (var _ = new Stir(
                    client,
                    namespace.name(),
                    List.of(
                            Certificate.class,
                            CertificateRequest.class,
                            Challenge.class,
                            Issuer.class,
                            ClusterIssuer.class))) {
                for (var again = 0; again < 5; again++) {
                    issuer("Issuer", "stirred");
                    awaitIssuer("stirred");
                    client.resources(Issuer.class)
                            .inNamespace(namespace.name())
                            .withName("stirred")
                            .delete();
                }
                issuer(kind, "stirred");
                request("stirred", "stirred-" + round);
                awaitRevision("stirred-" + round, 1);
            } finally {
                client.resources(ClusterIssuer.class).withName("stirred").delete();
            }
        }
        assertThat(calls.used()).containsAll(reads);
    }

    private Set<Permission> reads() {
        var kinds = Stream.of("certificates", "certificaterequests", "issuers");
        var all = kind.equals("Issuer") ? kinds : Stream.concat(kinds, Stream.of("clusterissuers"));
        return Stream.concat(
                        all.map(resource -> new Permission(RolesIT.CORE, resource, "get")),
                        Stream.of(new Permission(RolesIT.ACME, "challenges", "get")))
                .collect(Collectors.toSet());
    }

    /// An Order has a chain that nobody asked for, and is made anew.
    private void remake(ControllerProcess controller) {
        request("pebble", "remade");
        var orders = client.resources(Order.class).inNamespace(namespace.name());
        await().pollInterval(Duration.ofMillis(10))
                .until(() -> orders.list().getItems().stream().anyMatch(Life::isToBeRemade));
        controller.freeze();
        var order = orders.list().getItems().stream()
                .filter(Life::isToBeRemade)
                .findFirst()
                .orElseThrow();
        orders.withName(order.getMetadata().getName())
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\": {\"state\": \"valid\", \"certificate\": \"c29tZWJvZHkgZWxzZSdz\"}}");
        controller.thaw();
        awaitUse(new Permission(RolesIT.ACME, "orders", "delete"));
    }

    private static boolean isToBeRemade(Order order) {
        return order.getMetadata().getName().startsWith("remade-");
    }

    /// Until the controller has made such a call.
    void awaitUse(Permission permission) {
        await().atMost(SOON).until(() -> calls.used().contains(permission));
    }

    private void awaitIssuer(String name) {
        await().atMost(SOON)
                .until(() -> client.resources(Issuer.class)
                        .inNamespace(namespace.name())
                        .withName(name)
                        .get()
                        .hasReady());
    }

    /// An issuer whose solver has no credentials of its own.
    void issuer(String ofKind, String name) {
        var bundle = Base64.getEncoder().encodeToString(ca.tlsRoot().getBytes(StandardCharsets.US_ASCII));
        RolesIT.apply(client, """
                apiVersion: cert-manager.io/v1
                kind: %s
                metadata: {name: %s%s}
                spec:
                  acme:
                    server: %s
                    caBundle: %s
                    privateKeySecretRef: {name: account}
                    solvers:
                    - dns01: {route53: {region: eu-west-1}}
                """.formatted(
                        ofKind,
                        name,
                        ofKind.equals("Issuer") ? ", namespace: " + namespace.name() : "",
                        ca.directory(),
                        bundle));
    }

    @Override
    public void close() {
        client.resources(ClusterIssuer.class).withName("pebble").delete();
    }
}
