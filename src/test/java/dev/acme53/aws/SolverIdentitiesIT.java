package dev.acme53.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acme53.api.KubernetesAuth;
import dev.acme53.api.Route53Auth;
import dev.acme53.api.Route53Solver;
import dev.acme53.api.SecretKeySelector;
import dev.acme53.api.ServiceAccountRef;
import dev.acme53.servers.ControllerAccount;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.TestNamespace;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.AccessKey;
import dev.acme53.sim.IamPolicy;
import dev.acme53.sim.Operation;
import dev.acme53.sim.Role;
import dev.acme53.sim.Simulator;
import dev.acme53.sim.SimulatorSettings;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/// Secrets from a real API server, credentials accepted or refused by the simulator.
class SolverIdentitiesIT {
    private static final String E =
            "error instantiating route53 challenge solver: unable to construct route53 provider: ";
    private static final SecretKeySelector ID = new SecretKeySelector("aws", "id");
    private static final SecretKeySelector SECRET = new SecretKeySelector("aws", "secret");
    private static final Route53Auth ACCOUNT = account("sa1");

    private final KubernetesApi api = TestServers.kubernetes();
    private final Simulator simulator = Simulator.start(SimulatorSettings.defaults());
    private TestNamespace namespace;
    private TestNamespace elsewhere;
    private KubernetesClient client;
    private KubernetesClient own;
    private SolverIdentities identities;

    @BeforeEach
    void start() {
        namespace = api.freshNamespace();
        elsewhere = api.freshNamespace();
        client = api.client();
        own = ControllerAccount.client(api);
        identities = identities(own, simulator.accessKey());
    }

    @AfterEach
    void stop() {
        identities.close();
        own.close();
        client.close();
        namespace.close();
        elsewhere.close();
        simulator.close();
    }

    private SolverIdentities identities(KubernetesClient as, AccessKey ambient) {
        return identities(as, Map.of("AWS_ACCESS_KEY_ID", ambient.id(), "AWS_SECRET_ACCESS_KEY", ambient.secret()));
    }

    private SolverIdentities identities(KubernetesClient as, Map<String, String> more) {
        var environment = new HashMap<>(Map.of(
                "AWS_REGION",
                "us-east-1",
                "AWS_EC2_METADATA_DISABLED",
                "true",
                "AWS_ENDPOINT_URL_ROUTE_53",
                simulator.route53Endpoint().toString(),
                "AWS_ENDPOINT_URL_STS",
                simulator.stsEndpoint().toString()));
        environment.putAll(more);
        return made(as, environment);
    }

    private static SolverIdentities made(KubernetesClient as, Map<String, String> environment) {
        return new SolverIdentities(
                as,
                environment,
                "acme53/test",
                UrlConnectionHttpClient.create(),
                InstantSource.system(),
                RandomGenerator.getDefault());
    }

    private static Route53Solver solver(
            @Nullable Route53Auth auth,
            String id,
            @Nullable SecretKeySelector idRef,
            @Nullable SecretKeySelector secretRef,
            String role) {
        return new Route53Solver(auth, id, idRef, secretRef, role, "", "", Map.of());
    }

    private static Route53Auth account(String name) {
        return new Route53Auth(new KubernetesAuth(new ServiceAccountRef(name, List.of())));
    }

    private IssuerScope issuer(boolean ambient) {
        return new IssuerScope("Issuer", namespace.name(), ambient);
    }

    private void secret(TestNamespace where, String id, String secret) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("aws")
                        .withNamespace(where.name())
                        .endMetadata()
                        .addToStringData("id", id)
                        .addToStringData("secret", secret)
                        .build())
                .serverSideApply();
    }

    private static AwsSession granted(Resolution resolution) {
        assertThat(resolution).isInstanceOf(Resolution.Granted.class);
        return ((Resolution.Granted) resolution).session();
    }

    private static Resolution.Refused refused(Resolution resolution) {
        assertThat(resolution).isInstanceOf(Resolution.Refused.class);
        return (Resolution.Refused) resolution;
    }

    /// Solver, whether ambient credentials are allowed, text, whether it may heal. The Secret `aws` holds both keys.
    static Stream<Arguments> refusals() {
        var other = new SecretKeySelector("other", "id");
        return Stream.of(
                Arguments.of(
                        "E1 a ServiceAccount without a role",
                        solver(ACCOUNT, "", null, null, ""),
                        false,
                        E + "role must be set when web identity token is set",
                        false),
                Arguments.of(
                        "E1 comes before half keys",
                        solver(ACCOUNT, "AKIA", null, null, ""),
                        true,
                        E + "role must be set when web identity token is set",
                        false),
                Arguments.of(
                        "E2 (T2) nothing, and ambient credentials not allowed",
                        solver(null, "", null, null, ""),
                        false,
                        E + "empty credentials; perhaps you meant to enable ambient credentials?",
                        false),
                Arguments.of(
                        "E2 (T14) a role alone changes nothing",
                        solver(null, "", null, null, "arn:aws:iam::123456789012:role/dns"),
                        false,
                        E + "empty credentials; perhaps you meant to enable ambient credentials?",
                        false),
                Arguments.of(
                        "E2 Go writes an unset reference with an empty name",
                        solver(null, "", null, new SecretKeySelector("", ""), ""),
                        false,
                        E + "empty credentials; perhaps you meant to enable ambient credentials?",
                        false),
                Arguments.of(
                        "E3 (T22) an id alone, although ambient credentials are allowed",
                        solver(null, "AKIA", null, null, ""),
                        true,
                        E + "only one of access and secret key was provided",
                        false),
                Arguments.of(
                        "E3 (T23) a secret alone",
                        solver(null, "", null, SECRET, ""),
                        true,
                        E + "only one of access and secret key was provided",
                        false),
                Arguments.of(
                        "E3 half keys beside a ServiceAccount",
                        solver(ACCOUNT, "AKIA", null, null, "arn:aws:iam::123456789012:role/dns"),
                        true,
                        E + "only one of access and secret key was provided",
                        false),
                Arguments.of(
                        "E3 a blank id is none",
                        solver(null, "  ", null, SECRET, ""),
                        true,
                        E + "only one of access and secret key was provided",
                        false),
                Arguments.of(
                        "E4 (T24) both forms of the id",
                        solver(null, "AKIA", ID, SECRET, ""),
                        true,
                        "route53 accessKeyID and accessKeyIDSecretRef cannot both be specified",
                        false),
                Arguments.of(
                        "E5 (T25) a reference without a key",
                        solver(null, "", new SecretKeySelector("aws", ""), SECRET, ""),
                        true,
                        "route53 accessKeyIDSecretRef requires a key field to be specified",
                        false),
                Arguments.of(
                        "E5 a reference without a name",
                        solver(null, "", new SecretKeySelector("", "id"), SECRET, ""),
                        true,
                        "route53 accessKeyIDSecretRef requires a name field to be specified",
                        false),
                Arguments.of(
                        "E5 (T25) an empty reference is one",
                        solver(null, "", new SecretKeySelector("", ""), SECRET, ""),
                        true,
                        "route53 accessKeyIDSecretRef requires a key field to be specified",
                        false),
                Arguments.of(
                        "E6 (R19) a name that leaves the namespace",
                        solver(null, "", new SecretKeySelector("../../kube-system/secrets/aws", "id"), SECRET, ""),
                        true,
                        "error getting route53 secret access key id: secret"
                                + " \"${NAMESPACE}/../../kube-system/secrets/aws\" not found",
                        true),
                Arguments.of(
                        "E8 (R19) a name that leaves the namespace",
                        solver(account("../../x/serviceaccounts/y"), "", null, null, IdentityRig.ROLE),
                        true,
                        "error getting service account token: failed to request token for"
                                + " ${NAMESPACE}/../../x/serviceaccounts/y:"
                                + " serviceaccounts \"../../x/serviceaccounts/y\" not found",
                        true),
                Arguments.of(
                        "E6 no Secret for the id",
                        solver(null, "", other, SECRET, ""),
                        true,
                        "error getting route53 secret access key id: secret \"${NAMESPACE}/other\" not found",
                        true),
                Arguments.of(
                        "E6 no Secret for the secret",
                        solver(null, "", ID, new SecretKeySelector("other", "secret"), ""),
                        true,
                        "error getting route53 secret access key: secret \"${NAMESPACE}/other\" not found",
                        true),
                Arguments.of(
                        "E7 (T26) no such key for the id",
                        solver(null, "", new SecretKeySelector("aws", "nope"), SECRET, ""),
                        true,
                        "error getting route53 secret access key id: no data found in Secret \"aws\" at Key \"nope\"",
                        true),
                Arguments.of(
                        "E7 no such key for the secret",
                        solver(null, "", ID, new SecretKeySelector("aws", "nope"), ""),
                        true,
                        "error getting route53 secret access key: key 'nope' not found in secret \"${NAMESPACE}/aws\"",
                        true),
                Arguments.of(
                        "E8 a ServiceAccount without a name comes before the missing role",
                        solver(account(""), "", null, null, ""),
                        true,
                        "service account name is required for Kubernetes auth",
                        false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void settingsThatGiveNoCredentialsAreRefusedBeforeAwsIsAsked(
            String name, Route53Solver solver, boolean ambient, String text, boolean mayHeal) {
        secret(namespace, simulator.accessKey().id(), simulator.accessKey().secret());
        assertThat(identities.resolve(solver, issuer(ambient)))
                .as(name)
                .isEqualTo(new Resolution.Refused(text.replace("${NAMESPACE}", namespace.name()), mayHeal));
        assertThat(simulator.calls()).isEmpty();
    }

    @Test
    void t1AmbientCredentialsServeWhoMayUseThem() {
        granted(identities.resolve(solver(null, "", null, null, ""), issuer(true)))
                .route53()
                .listHostedZonesByName();
        assertThat(simulator.calls()).singleElement().satisfies(call -> {
            assertThat(call.accessKeyId()).isEqualTo(simulator.accessKey().id());
            assertThat(call.region()).isEqualTo("us-east-1");
        });
    }

    @Test
    void withoutAnyAmbientCredentialsTheTextSaysWhereTheyWereLookedFor() {
        var none = identities(own, Map.of());
        assertThat(refused(none.resolve(solver(null, "", null, null, ""), issuer(true))))
                .isEqualTo(new Resolution.Refused(
                        E + "the controller's own credentials: none is configured: no environment keys, web identity"
                                + " token, shared files or container endpoint, and AWS_EC2_METADATA_DISABLED rules the"
                                + " instance metadata out",
                        true));
        none.close();
    }

    @Test
    void t29KeysWithoutAnyRegionAreRefusedAndNobodyIsAskedForOne() throws IOException {
        secret(namespace, simulator.accessKey().id(), simulator.accessKey().secret());
        try (var metadata = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var nowhere = made(
                        own,
                        Map.of(
                                "AWS_EC2_METADATA_SERVICE_ENDPOINT",
                                "http://127.0.0.1:" + metadata.getLocalPort(),
                                "AWS_ENDPOINT_URL",
                                simulator.stsEndpoint().toString()))) {
            assertThat(nowhere.resolve(solver(null, "", ID, SECRET, IdentityRig.ROLE), issuer(false)))
                    .isEqualTo(new Resolution.Refused(
                            E + "Missing Region: set dns01.route53.region in the issuer's solver, or AWS_REGION or"
                                    + " AWS_DEFAULT_REGION for the controller",
                            false));
            metadata.setSoTimeout(1);
            assertThatThrownBy(metadata::accept).isInstanceOf(SocketTimeoutException.class);
        }
        assertThat(simulator.calls()).isEmpty();
    }

    @Test
    void t7KeysOfTheIssuersNamespaceSignForTheSolversRegionThoughThePodHasAnother() {
        secret(namespace, simulator.accessKey().id(), simulator.accessKey().secret());
        var solver = new Route53Solver(null, "", ID, SECRET, "", "", "eu-central-1", Map.of());
        var session = granted(identities.resolve(solver, issuer(false)));
        session.route53().listHostedZonesByName();
        assertThat(simulator.calls()).singleElement().satisfies(call -> {
            assertThat(call.accessKeyId()).isEqualTo(simulator.accessKey().id());
            assertThat(call.region()).isEqualTo("eu-central-1");
        });
        assertThat(session.description().regionFrom()).isEqualTo("dns01.route53.region");
        assertThat(session.description().toString())
                .doesNotContain(
                        simulator.accessKey().id(), simulator.accessKey().secret());
    }

    @Test
    void t9AClusterIssuersSecretIsOfTheClusterResourceNamespace() {
        secret(elsewhere, simulator.accessKey().id(), simulator.accessKey().secret());
        var scope = new IssuerScope("ClusterIssuer", elsewhere.name(), true);
        granted(identities.resolve(solver(null, "", ID, SECRET, ""), scope))
                .route53()
                .listHostedZonesByName();
        assertThat(simulator.calls()).hasSize(1);
    }

    @Test
    void t8ASecretOfAnotherNamespaceIsNeverRead() {
        secret(elsewhere, simulator.accessKey().id(), simulator.accessKey().secret());
        assertThat(refused(identities.resolve(solver(null, "", ID, SECRET, ""), issuer(true)))
                        .message())
                .isEqualTo("error getting route53 secret access key id: secret \"" + namespace.name()
                        + "/aws\" not found");
    }

    @Test
    void t27BlanksAndLineEndsAroundTheKeysDoNotCount() {
        secret(
                namespace,
                simulator.accessKey().id() + "\n",
                " " + simulator.accessKey().secret() + "\n");
        assertThat(granted(identities.resolve(solver(null, "", ID, SECRET, ""), issuer(false)))
                        .route53()
                        .listHostedZonesByName()
                        .hostedZones())
                .isEmpty();
    }

    @Test
    void r57AnEntryThatIsEmptyIsNoKeyAndNotAMissingOne() {
        var solver = solver(null, "", ID, SECRET, "");
        secret(namespace, "", simulator.accessKey().secret());
        assertThat(refused(identities.resolve(solver, issuer(true))).message())
                .isEqualTo(E + "only one of access and secret key was provided");
        secret(namespace, "", " \n");
        assertThat(refused(identities.resolve(solver, issuer(false))).message())
                .isEqualTo(E + "empty credentials; perhaps you meant to enable ambient credentials?");
    }

    @Test
    void t28ARotatedSecretCountsAtTheNextCallAndAnEqualOneSharesTheClient() {
        var user = simulator.addUser("rotating", IamPolicy.documented());
        secret(namespace, user.id(), user.secret());
        var solver = solver(null, "", ID, SECRET, "");
        var first = granted(identities.resolve(solver, issuer(false)));
        assertThat(granted(identities.resolve(solver, issuer(false))).route53()).isSameAs(first.route53());
        var rotated = simulator.addKey(simulator.userArn("rotating"));
        simulator.removeKey(user);
        secret(namespace, rotated.id(), rotated.secret());
        var second = granted(identities.resolve(solver, issuer(false)));
        assertThat(second.identity()).isNotEqualTo(first.identity());
        assertThat(second.route53().listHostedZonesByName().hostedZones()).isEmpty();
    }

    @Test
    void tenantsWithEqualKeysDoNotShareAnIdentity() {
        secret(namespace, simulator.accessKey().id(), simulator.accessKey().secret());
        secret(elsewhere, simulator.accessKey().id(), simulator.accessKey().secret());
        var solver = solver(null, "", ID, SECRET, "");
        assertThat(granted(identities.resolve(solver, issuer(false))).identity())
                .isNotEqualTo(granted(identities.resolve(solver, new IssuerScope("Issuer", elsewhere.name(), false)))
                        .identity())
                .doesNotContain(simulator.accessKey().secret());
    }

    @Test
    void tenantsWithKeysAndOneRoleNeverShareASession() {
        simulator.addRole(new Role(
                "arn:aws:iam::123456789012:role/dns",
                IamPolicy.documented(),
                List.of(new Role.Trust.Principal(simulator.userArn("acme53")))));
        secret(namespace, simulator.accessKey().id(), simulator.accessKey().secret());
        secret(elsewhere, simulator.accessKey().id(), simulator.accessKey().secret());
        var solver = solver(null, "", ID, SECRET, "arn:aws:iam::123456789012:role/dns");
        var ours = granted(identities.resolve(solver, issuer(false)));
        var theirs = granted(identities.resolve(solver, new IssuerScope("Issuer", elsewhere.name(), false)));
        assertThat(theirs.identity()).isNotEqualTo(ours.identity());
        assertThat(theirs.route53()).isNotSameAs(ours.route53());
        assertThat(simulator.count(Operation.ASSUME_ROLE)).isEqualTo(2);
    }

    @Test
    void t11ARoleOnKeysIsAssumedOnceUnderThePeersSessionName() {
        simulator.addRole(new Role(
                "arn:aws:iam::123456789012:role/dns",
                IamPolicy.documented(),
                List.of(new Role.Trust.Principal(simulator.userArn("base")))));
        var base = simulator.addUser("base", IamPolicy.everything());
        secret(namespace, base.id(), base.secret());
        var solver = solver(null, "", ID, SECRET, "arn:aws:iam::123456789012:role/dns");
        for (int i = 0; i < 3; i++) {
            granted(identities.resolve(solver, issuer(false))).route53().listHostedZonesByName();
        }
        assertThat(simulator.count(Operation.ASSUME_ROLE)).isEqualTo(1);
        assertThat(simulator.calls().getFirst().parameters())
                .containsEntry("RoleSessionName", "cert-manager")
                .doesNotContainKey("DurationSeconds");
        assertThat(simulator.calls().getLast().principal())
                .isEqualTo("arn:aws:sts::123456789012:assumed-role/dns/cert-manager");
    }

    @Test
    void e10ARoleThatMayNotBeAssumedIsToldInStssWords() {
        var solver = solver(null, "", null, null, "arn:aws:iam::123456789012:role/none");
        var first = refused(identities.resolve(solver, issuer(true)));
        assertThat(first.message())
                .startsWith("error instantiating route53 challenge solver: unable to assume role: ")
                .contains("AccessDenied");
        assertThat(refused(identities.resolve(solver, issuer(true)))).isEqualTo(first);
    }

    @Test
    void e9WithoutARegionTheTextNamesFieldAndVariables() {
        var nowhere = made(own, Map.of());
        assertThat(refused(nowhere.resolve(solver(null, "", null, null, ""), issuer(true)))
                        .message())
                .contains("Missing Region", "dns01.route53.region", "AWS_REGION", "AWS_DEFAULT_REGION");
        nowhere.close();
    }

    @Test
    void aSecretThatMayNotBeReadIsToldInTheApiServersWords() {
        secret(namespace, simulator.accessKey().id(), simulator.accessKey().secret());
        try (var stranger = KubernetesApi.client(api.as("somebody"));
                var theirs = identities(stranger, simulator.accessKey())) {
            var first = refused(theirs.resolve(solver(null, "", ID, SECRET, ""), issuer(false)));
            assertThat(first.message())
                    .startsWith("error getting route53 secret access key id: ")
                    .contains("cannot get resource \"secrets\"");
            assertThat(first.mayHeal()).isTrue();
            assertThat(theirs.resolve(solver(null, "", ID, SECRET, ""), issuer(false)))
                    .isEqualTo(first);
        }
    }
}
