package dev.acme53.bench;

import dev.acme53.api.Challenge;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.rig.Rig;
import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.Quotas;
import dev.acme53.sim.RecordChange;
import dev.acme53.sim.SimulatorSettings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Where a scenario happens: servers of its own, a ClusterIssuer and an empty namespace.
record Site(KubernetesApi kubernetes, Rig rig, KubernetesClient client) implements AutoCloseable {
    static final String NAMESPACE = "bench";
    static final String ISSUER = "pebble";
    private static final int WRITERS = 8;

    /// A change of a zone that comes while another is being answered is refused, so answers take some time.
    private static final Duration ANSWER = Duration.ofMillis(50);

    /// A Kubernetes API, a CA, and a Route 53 as AWS has it: ten requests a second with bursts of fifty, and one
    /// change of a zone at a time.
    ///
    /// @param insync from a change to INSYNC
    /// @param zones domains of their own, [#zone] 0 and following
    static Site open(Duration insync, int zones) {
        var kubernetes = TestServers.newKubernetes();
        kubernetes.apply(Path.of(System.getProperty("basedir", "")).resolve("crds"));
        var settings = SimulatorSettings.defaults()
                .insyncAfter(insync)
                .quotas(Quotas.Limits.aws())
                .answerAfter(ANSWER);
        var rig = Rig.start(kubernetes, settings, pebble -> pebble);
        for (int i = 0; i < zones; i++) {
            rig.route53().createZone(zone(i));
        }
        var site = new Site(kubernetes, rig, kubernetes.client());
        site.namespace("cert-manager");
        site.namespace(NAMESPACE);
        site.apply("""
                apiVersion: cert-manager.io/v1
                kind: ClusterIssuer
                metadata:
                  name: %s
                spec:
                  acme:
                    server: ${DIRECTORY}
                    caBundle: ${CA_BUNDLE}
                    email: platform@example.com
                    privateKeySecretRef: {name: pebble-account}
                    solvers: [{dns01: {route53: {}}}]
                """.formatted(ISSUER));
        return site;
    }

    static String zone(int index) {
        return "zone%02d.example".formatted(index);
    }

    /// The controller with the flags that a user's manifests have, which is leader election too; as the administrator,
    /// whose requests no audit log slows down.
    ControllerProcess.Start controller(List<String> jvmOptions) {
        return rig.controller("cert-manager")
                .flags("--kubeconfig=" + rig.kubernetes().kubeconfig(), "--leader-elect=true")
                .options(jvmOptions);
    }

    /// A Certificate as it would be applied, without waiting for anything.
    HasMetadata certificate(String namespace, String name, boolean ecdsa, String... dnsNames) {
        return client.getKubernetesSerialization().unmarshal("""
                apiVersion: cert-manager.io/v1
                kind: Certificate
                metadata:
                  name: %s
                  namespace: %s
                spec:
                  secretName: %s-tls
                  dnsNames: ["%s"]
                  issuerRef: {name: %s, kind: ClusterIssuer}
                  %s
                """.formatted(
                        name,
                        namespace,
                        name,
                        String.join("\", \"", dnsNames),
                        ISSUER,
                        ecdsa ? "privateKey: {algorithm: ECDSA}" : ""));
    }

    void apply(String manifest) {
        var text = rig.filled(manifest, NAMESPACE);
        client.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(item -> client.resource(item).create());
    }

    /// Does something with each item, several at a time.
    static <T> void forEach(Collection<T> items, java.util.function.Consumer<T> act) throws InterruptedException {
        try (var threads =
                Executors.newFixedThreadPool(WRITERS, Thread.ofVirtual().factory())) {
            for (var done : items.stream()
                    .<Future<?>>map(item -> threads.submit(() -> act.accept(item)))
                    .toList()) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    void awaitIssuer() {
        client.resources(ClusterIssuer.class)
                .withName(ISSUER)
                .waitUntilCondition(
                        issuer -> issuer != null
                                && Conditions.isTrue(issuer.statusOrEmpty().conditions(), ConditionTypes.READY),
                        1,
                        TimeUnit.MINUTES);
    }

    ApiRequests requests() {
        return ApiRequests.of(client.raw("/metrics"));
    }

    /// How many records Route 53 was told to have, also if they are gone since.
    long recordsWritten() {
        return rig.route53().history().stream()
                .filter(h -> h.action() != RecordChange.Action.DELETE)
                .count();
    }

    boolean hasChallenges() {
        var one = client.resources(Challenge.class).inAnyNamespace();
        return !one.list(new io.fabric8.kubernetes.api.model.ListOptionsBuilder()
                        .withLimit(1L)
                        .build())
                .getItems()
                .isEmpty();
    }

    void namespace(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    @Override
    public void close() {
        client.close();
        rig.close();
        kubernetes.close();
    }
}
