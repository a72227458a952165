package dev.acme53.it.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.Challenge;
import dev.acme53.api.ChallengeStatus;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.Order;
import dev.acme53.api.State;
import dev.acme53.aws.ClusterTokens;
import dev.acme53.it.secrets.SecretSearch;
import dev.acme53.rig.Rig;
import dev.acme53.rig.Tenant;
import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.IamPolicy;
import dev.acme53.sim.PodIdentityAgent;
import dev.acme53.sim.Role;
import dev.acme53.sim.SimulatorSettings;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The two flags that say whom the controller's own credentials serve, as a user gives them (route53.md R15 to R20).
/// The credentials are those of EKS Pod Identity, whose agent writes down who comes, or of IRSA; while the controller
/// logs all it ever logs, none of them is written.
class AmbientFlagsIT {
    private static final Duration LIMIT = Duration.ofSeconds(50);
    private static final String POD_ROLE = "arn:aws:iam::123456789012:role/pod";
    private static final String POD_TOKEN = "pod-token-0123456789abcdef";
    private static final String E2 =
            "error instantiating route53 challenge solver: unable to construct route53 provider:"
                    + " empty credentials; perhaps you meant to enable ambient credentials?";

    /// Of its own: what other tests left unfinished would ask for credentials as well.
    private static KubernetesApi kubernetes;

    private Rig rig;
    private Tenant tenant;
    private PodIdentityAgent agent;

    @TempDir
    Path folder;

    @BeforeAll
    static void startKubernetes() {
        kubernetes = TestServers.newKubernetes();
        kubernetes.apply(Path.of(System.getProperty("basedir", "")).resolve("crds"));
    }

    @AfterAll
    static void stopKubernetes() {
        kubernetes.close();
    }

    @BeforeEach
    void start() {
        rig = Rig.start(kubernetes, SimulatorSettings.defaults(), pebble -> pebble);
        rig.route53().createZone("flags.test");
        rig.route53().addRole(new Role(POD_ROLE, IamPolicy.documented(), List.of()));
        tenant = Tenant.of(rig);
        agent = new PodIdentityAgent(() -> POD_TOKEN, () -> rig.route53().startSession(POD_ROLE, "eks"));
    }

    @AfterEach
    void stop() {
        tenant.client().resources(ClusterIssuer.class).delete();
        var namespace = tenant.namespace().name();
        tenant.client().resources(Certificate.class).inNamespace(namespace).delete();
        tenant.client()
                .resources(CertificateRequest.class)
                .inNamespace(namespace)
                .delete();
        tenant.client().resources(Order.class).inNamespace(namespace).delete();
        tenant.client().resources(Challenge.class).inNamespace(namespace).delete();
        agent.close();
        tenant.close();
        rig.close();
    }

    private Map<String, String> podIdentity() throws IOException {
        return Map.of(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                agent.credentialsUri().toString(),
                "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
                Files.writeString(folder.resolve("token"), POD_TOKEN).toString());
    }

    /// A token that the API server signed, as kubelet mounts it.
    private Map<String, String> irsa() throws IOException {
        var provider = ClusterTokens.provider(tenant.client(), "sts.amazonaws.com");
        rig.route53().addProvider(provider);
        rig.route53()
                .addRole(new Role(
                        POD_ROLE,
                        IamPolicy.documented(),
                        List.of(new Role.Trust.WebIdentity(provider.issuer(), Set.of(), Set.of()))));
        tenant.apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: controller, namespace: "${NAMESPACE}"}
                """);
        var token = tenant.client()
                .serviceAccounts()
                .inNamespace(tenant.namespace().name())
                .withName("controller")
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withAudiences("sts.amazonaws.com")
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        return Map.of(
                "AWS_ROLE_ARN",
                POD_ROLE,
                "AWS_WEB_IDENTITY_TOKEN_FILE",
                Files.writeString(folder.resolve("token"), token).toString());
    }

    private ControllerProcess controller(Map<String, String> credentials, String... flags) throws IOException {
        var noProfiles = Files.writeString(folder.resolve("no-profiles"), "").toString();
        var start = ControllerProcess.with(rig.kubernetes());
        credentials.forEach(start::environment);
        return start.flags(
                        "--v=5",
                        "--leader-elect=false",
                        "--dns01-recursive-nameservers=127.0.0.1:"
                                + rig.route53().dnsAddress().getPort(),
                        "--dns01-recursive-nameservers-only")
                .flags(flags)
                .environment("AWS_REGION", "eu-central-1")
                .environment("AWS_CONFIG_FILE", noProfiles)
                .environment("AWS_SHARED_CREDENTIALS_FILE", noProfiles)
                .environment(
                        "AWS_ENDPOINT_URL_ROUTE_53",
                        rig.route53().route53Endpoint().toString())
                .environment("AWS_ENDPOINT_URL_STS", rig.route53().stsEndpoint().toString())
                .ready();
    }

    private void issuer(String kind, String name, String route53) {
        tenant.apply(
                """
                apiVersion: cert-manager.io/v1
                kind: %s
                metadata: {name: %s%s}
                spec:
                  acme:
                    server: ${DIRECTORY}
                    caBundle: ${CA_BUNDLE}
                    privateKeySecretRef: {name: %s-account}
                    solvers:
                    - dns01: {route53: {%s}}
                """.formatted(kind, name, kind.equals("Issuer") ? ", namespace: \"${NAMESPACE}\"" : "", name, route53));
    }

    private void ask(String certificate, String kind, String issuer) {
        tenant.certificate(certificate, kind, issuer, certificate + ".flags.test");
    }

    private void isRefused(String certificate) {
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(tenant.issuingMessage(certificate)).endsWith(E2));
    }

    private void nobodyWasAsked() {
        assertThat(agent.requests()).isEmpty();
        assertThat(rig.route53().calls()).isEmpty();
    }

    private void isIssuedByTheSessionOf(String sessionName, String certificate) {
        tenant.awaitIssued(certificate);
        assertThat(rig.route53().calls().getLast().principal()).endsWith("assumed-role/pod/" + sessionName);
        assertThat(rig.route53().sessions()).hasSize(1);
    }

    private void holdsNoSecret(String log) throws IOException {
        var search = new SecretSearch();
        search.add("the Pod's token", Files.readString(folder.resolve("token")));
        rig.route53().sessions().forEach(session -> {
            search.add("a session's secret", session.key().secret());
            search.add("a session's token", session.token());
        });
        assertThat(log).contains(" TRACE ");
        assertThat(search.in("log", log)).isEmpty();
    }

    @Test
    void t1t2t5t10t14ByDefaultTheControllersCredentialsServeClusterIssuersAlone() throws Exception {
        issuer("Issuer", "plain", "");
        issuer("Issuer", "role", "role: " + POD_ROLE);
        ask("t2", "Issuer", "plain");
        ask("t14", "Issuer", "role");
        tenant.apply("""
                apiVersion: cert-manager.io/v1
                kind: Certificate
                metadata: {name: t5, namespace: "${NAMESPACE}"}
                spec:
                  secretName: t5-tls
                  dnsNames: [t5.flags.test]
                  privateKey: {algorithm: ECDSA}
                  issuerRef: {name: plain}
                """);
        try (var controller = controller(podIdentity())) {
            isRefused("t2");
            isRefused("t14");
            isRefused("t5");
            nobodyWasAsked();

            var key = rig.route53().accessKey();
            tenant.apply("""
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: flags-keys, namespace: kube-system}
                    stringData: {secret: "%s"}
                    """.formatted(key.secret()));
            issuer(
                    "ClusterIssuer",
                    "flags-keys",
                    "accessKeyID: " + key.id() + ", secretAccessKeySecretRef: {name: flags-keys, key: secret}");
            ask("t10", "ClusterIssuer", "flags-keys");
            tenant.awaitIssued("t10");
            assertThat(agent.requests()).isEmpty();
            assertThat(rig.route53().calls())
                    .isNotEmpty()
                    .allMatch(call -> call.accessKeyId().equals(key.id()));

            issuer("ClusterIssuer", "flags-all", "");
            ask("t1", "ClusterIssuer", "flags-all");
            isIssuedByTheSessionOf("eks", "t1");
            assertThat(agent.requests()).hasSize(1);
            holdsNoSecret(controller.log());
        }
    }

    @Test
    void t3t4t6TheFlagsTurnItRound() throws Exception {
        issuer("Issuer", "plain", "");
        issuer("ClusterIssuer", "flags-all", "");
        ask("t4", "ClusterIssuer", "flags-all");
        foreign();
        try (var controller =
                controller(irsa(), "--issuer-ambient-credentials", "--cluster-issuer-ambient-credentials=false")) {
            isRefused("t4");
            tenant.client().resource(tenant.get(Challenge.class, "foreign")).delete();
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(tenant.get(Challenge.class, "foreign")
                                    .statusOrEmpty()
                                    .reason())
                            .isEqualTo(E2));
            nobodyWasAsked();

            ask("t3", "Issuer", "plain");
            isIssuedByTheSessionOf("acme53", "t3");
            holdsNoSecret(controller.log());
        }
    }

    /// A Challenge of an issuer of somebody else's kind, whose record is to be removed when it is deleted.
    private void foreign() {
        tenant.apply("""
                apiVersion: acme.cert-manager.io/v1
                kind: Challenge
                metadata:
                  name: foreign
                  namespace: ${NAMESPACE}
                  finalizers: [acme.cert-manager.io/finalizer]
                spec:
                  url: https://ca.test/challenge
                  authorizationURL: https://ca.test/authorization
                  dnsName: foreign.flags.test
                  type: DNS-01
                  token: token
                  key: %s
                  solver: {dns01: {route53: {}}}
                  issuerRef: {name: external, kind: Foo}
                """.formatted("k".repeat(43)));
        var made = tenant.get(Challenge.class, "foreign");
        made.setStatus(new ChallengeStatus(true, true, null, "", State.PENDING));
        tenant.client().resource(made).updateStatus();
    }
}
