package dev.acme53.aws;

import static dev.acme53.aws.IdentityRig.ROLE;
import static dev.acme53.aws.IdentityRig.granted;
import static dev.acme53.aws.IdentityRig.refused;
import static dev.acme53.aws.IdentityRig.withAccount;
import static dev.acme53.aws.IdentityRig.withKeys;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Route53Solver;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.TestNamespace;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.Call;
import dev.acme53.sim.IamPolicy;
import dev.acme53.sim.Operation;
import dev.acme53.sim.Role;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tokens of a real API server, under the rights the documentation gives, exchanged at an STS that checks their
/// signature, subject and audience.
class ServiceAccountIT {
    private static final String CONTROLLER = "system:serviceaccount:cert-manager:cert-manager";
    private final KubernetesApi api = TestServers.kubernetes();
    private final IdentityRig rig = IdentityRig.inRealTime();
    private final TokenRequests asked = new TokenRequests();
    private KubernetesClient admin;
    private KubernetesClient client;
    private TestNamespace namespace;
    private TestNamespace elsewhere;
    private IdentityRig.Watched identities;

    @BeforeEach
    void start() {
        admin = api.client();
        namespace = api.freshNamespace();
        elsewhere = api.freshNamespace();
        client = asked.client(api.as(CONTROLLER));
        identities = rig.identities(client, Map.of("AWS_REGION", "eu-central-1", "AWS_EC2_METADATA_DISABLED", "true"));
        rig.simulator().addProvider(ClusterTokens.provider(admin, "sts.amazonaws.com", "x"));
        trust(namespace, "sa1");
        allow(namespace, "sa1");
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
        client.close();
        namespace.close();
        elsewhere.close();
        admin.close();
    }

    private void trust(TestNamespace where, String... accounts) {
        var subjects = new ArrayList<String>();
        for (var account : accounts) {
            subjects.add("system:serviceaccount:" + where.name() + ":" + account);
        }
        rig.role(
                ROLE,
                new Role.Trust.WebIdentity(
                        ClusterTokens.provider(admin).issuer(),
                        Set.copyOf(subjects),
                        Set.of("sts.amazonaws.com", "x")));
    }

    /// The ServiceAccount, and for the controller nothing but `create` on its token (docs/route53.md).
    private void allow(TestNamespace where, String account) {
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(where.name())
                        .withName(account)
                        .endMetadata()
                        .build())
                .create();
        var manifest = documented()
                .replace("namespace: team-a", "namespace: " + where)
                .replace("[acme-dns]", "[" + account + "]");
        admin.load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(item -> admin.resource(item).serverSideApply());
    }

    /// The Role and RoleBinding that users are told to apply: those of the block that grants the token.
    private static String documented() {
        try {
            var page =
                    Files.readString(Path.of(System.getProperty("basedir", "")).resolve("docs/route53.md"));
            var block = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                    .matcher(page)
                    .results()
                    .map(found -> found.group(1))
                    .filter(text -> text.contains("resources: [serviceaccounts/token]"))
                    .findFirst()
                    .orElseThrow();
            return Stream.of(block.split("---\n"))
                    .filter(document -> document.startsWith("apiVersion: rbac.authorization.k8s.io/v1\n"))
                    .collect(Collectors.joining("---\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void secret(TestNamespace where) {
        admin.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(where.name())
                        .withName("aws")
                        .endMetadata()
                        .addToStringData("id", rig.simulator().accessKey().id())
                        .addToStringData("secret", rig.simulator().accessKey().secret())
                        .build())
                .create();
    }

    private IssuerScope issuer() {
        return new IssuerScope("Issuer", namespace.name(), false);
    }

    private AwsSession session(Route53Solver solver, IssuerScope scope) {
        var session = granted(identities.resolve(solver, scope));
        session.route53().listHostedZonesByName();
        return session;
    }

    private List<Call> exchanges() {
        return rig.simulator().calls().stream()
                .filter(c -> c.operation() == Operation.ASSUME_ROLE_WITH_WEB_IDENTITY)
                .toList();
    }

    private List<String> tokens() {
        return asked.all().stream().filter(r -> r.contains("/token ")).toList();
    }

    @Test
    void t15ATokenForTenMinutesAndTheDefaultAudienceIsExchangedUnsigned() {
        var session = session(withAccount("sa1", ROLE), issuer());
        assertThat(asked.all())
                .singleElement()
                .satisfies(request -> assertThat(request)
                        .startsWith("POST /api/v1/namespaces/" + namespace + "/serviceaccounts/sa1/token ")
                        .contains("\"audiences\":[\"sts.amazonaws.com\"]", "\"expirationSeconds\":600")
                        .doesNotContain("boundObjectRef"));
        assertThat(exchanges()).singleElement().satisfies(call -> {
            assertThat(call.accessKeyId()).isEmpty();
            assertThat(call.parameters())
                    .containsOnlyKeys("Action", "Version", "RoleArn", "RoleSessionName", "WebIdentityToken")
                    .containsEntry("RoleSessionName", "cert-manager");
            var claims = ClusterTokens.claims(call.parameters().get("WebIdentityToken"));
            assertThat(claims.get("sub")).isEqualTo("system:serviceaccount:" + namespace + ":sa1");
            assertThat(claims.get("aud")).isEqualTo(List.of("sts.amazonaws.com"));
            assertThat(((Number) claims.get("exp")).longValue() - ((Number) claims.get("iat")).longValue())
                    .isEqualTo(600);
        });
        assertThat(rig.simulator().calls().getLast().principal()).endsWith("assumed-role/dns/cert-manager");
        assertThat(session.description().source()).isEqualTo("ServiceAccount " + namespace + "/sa1");
        assertThat(session.description().ambient()).isFalse();
    }

    @Test
    void t16NamedAudiencesReplaceTheDefault() {
        session(withAccount("sa1", ROLE, "x", "y"), issuer());
        assertThat(asked.all()).singleElement().asString().contains("\"audiences\":[\"x\",\"y\"]");
    }

    @Test
    void t17AClusterIssuersTokenIsOfTheClusterResourceNamespace() {
        session(withAccount("sa1", ROLE), new IssuerScope("ClusterIssuer", namespace.name(), true));
        assertThat(asked.all()).singleElement().asString().contains("/namespaces/" + namespace + "/");
    }

    @Test
    void t18WithoutARoleNothingIsAsked() {
        assertThat(refused(identities.resolve(withAccount("sa1", ""), issuer())))
                .contains("role must be set when web identity token is set");
        assertThat(asked.all()).isEmpty();
        assertThat(rig.simulator().calls()).isEmpty();
    }

    @Test
    void t19ATokenThatTheApiServerRefusesIsToldWithNamespaceAndNameAndStsIsNotAsked() {
        allow(elsewhere, "sa2");
        var solver = withAccount("sa2", ROLE);
        var first = refused(identities.resolve(solver, issuer()));
        assertThat(first)
                .startsWith("error getting service account token: failed to request token for " + namespace + "/sa2: ")
                .contains("cannot create resource \"serviceaccounts/token\"");
        rig.advance(Duration.ofMinutes(1));
        assertThat(refused(identities.resolve(solver, issuer()))).isEqualTo(first);
        assertThat(rig.simulator().calls()).isEmpty();
    }

    @Test
    void e8AServiceAccountThatDoesNotExistIsToldSo() {
        admin.serviceAccounts().inNamespace(namespace.name()).withName("sa1").delete();
        assertThat(refused(identities.resolve(withAccount("sa1", ROLE), issuer())))
                .isEqualTo("error getting service account token: failed to request token for " + namespace
                        + "/sa1: serviceaccounts \"sa1\" not found");
    }

    @Test
    void t20T21NeitherThePodsKeysNorTheSolversSignTheExchange() {
        secret(namespace);
        admin.rbac()
                .roles()
                .inNamespace(namespace.name())
                .withName("acme-dns-token")
                .edit(role -> {
                    role.getRules()
                            .add(new PolicyRuleBuilder()
                                    .withApiGroups("")
                                    .withResources("secrets")
                                    .withVerbs("get")
                                    .build());
                    return role;
                });
        var pod = rig.identities(client, rig.keys(Map.of("AWS_REGION", "eu-central-1")));
        var keys = withKeys("aws", ROLE);
        var both = new Route53Solver(
                withAccount("sa1", ROLE).auth(),
                "",
                keys.accessKeyIDSecretRef(),
                keys.secretAccessKeySecretRef(),
                ROLE,
                "",
                "",
                Map.of());
        granted(pod.resolve(both, issuer())).route53().listHostedZonesByName();
        assertThat(exchanges())
                .singleElement()
                .satisfies(c -> assertThat(c.accessKeyId()).isEmpty());
        assertThat(rig.simulator().calls())
                .noneMatch(
                        c -> c.accessKeyId().equals(rig.simulator().accessKey().id()));
    }

    @Test
    void t82ThreeHundredChallengesInAnHourTakeTwoTokensAndTwoSessions() throws Exception {
        for (int round = 0; round < 6; round++) {
            var answers = new ArrayList<Future<String>>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 50; i++) {
                    answers.add(threads.submit(() -> granted(identities.resolve(withAccount("sa1", ROLE), issuer()))
                            .identity()));
                }
                for (var answer : answers) {
                    assertThat(answer.get()).isEqualTo(answers.getFirst().get());
                }
            }
            rig.advance(Duration.ofMinutes(11).plusSeconds(30));
            rig.sessionsLive(Duration.ofHours(2));
        }
        assertThat(exchanges()).hasSize(2);
        assertThat(tokens()).hasSize(2);
    }

    @Test
    void e10AnAudienceThatTheProviderDoesNotListIsToldWithWhatToChange() {
        var first = refused(identities.resolve(withAccount("sa1", ROLE, "vault"), issuer()));
        assertThat(first)
                .startsWith("error instantiating route53 challenge solver: unable to assume role with web identity: ")
                .contains("InvalidIdentityToken", "audience")
                .doesNotContain("eyJ");
        rig.advance(Duration.ofMinutes(1));
        assertThat(refused(identities.resolve(withAccount("sa1", ROLE, "vault"), issuer())))
                .isEqualTo(first);
    }

    @Test
    void e10ARoleThatTrustsAnotherSubjectNamesTheOneThatAsked() {
        trust(namespace, "other");
        assertThat(refused(identities.resolve(withAccount("sa1", ROLE), issuer())))
                .contains("AccessDenied", "trust policy", "system:serviceaccount:" + namespace + ":sa1");
    }

    @Test
    void t82AFailureIsAskedForOnceForAllWhoShareIt() {
        trust(namespace, "other");
        for (int i = 0; i < 300; i++) {
            refused(identities.resolve(withAccount("sa1", ROLE), issuer()));
        }
        assertThat(exchanges()).hasSize(1);
        assertThat(tokens()).hasSize(1);
    }

    @Test
    void tenantsWithOneRoleNeverShareASession() {
        allow(elsewhere, "sa1");
        rig.role(ROLE, new Role.Trust.WebIdentity(ClusterTokens.provider(admin).issuer(), Set.of(), Set.of()));
        var ours = session(withAccount("sa1", ROLE), issuer());
        var theirs = session(withAccount("sa1", ROLE), new IssuerScope("Issuer", elsewhere.name(), false));
        var cluster = session(withAccount("sa1", ROLE), new IssuerScope("ClusterIssuer", namespace.name(), false));
        assertThat(Set.of(ours.identity(), theirs.identity(), cluster.identity()))
                .hasSize(3);
        assertThat(ours.route53()).isNotSameAs(theirs.route53());
        assertThat(exchanges()).hasSize(3);
    }

    @Test
    void aServiceAccountMadeAnewUnderItsNameIsAnotherIdentityFromTheNextExchangeOn() {
        var before = session(withAccount("sa1", ROLE), issuer());
        var accounts = admin.serviceAccounts().inNamespace(namespace.name()).withName("sa1");
        accounts.delete();
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace.name())
                        .withName("sa1")
                        .endMetadata()
                        .build())
                .create();
        rig.advance(Duration.ofMinutes(56));
        rig.sessionsLive(Duration.ofHours(2));
        var after = session(withAccount("sa1", ROLE), issuer());
        assertThat(after.identity()).isNotEqualTo(before.identity());
        assertThat(after.identity()).endsWith(accounts.get().getMetadata().getUid());
    }

    @Test
    void everyCallIsAmongTheDocumentedOnes() {
        session(withAccount("sa1", ROLE), issuer());
        rig.simulator().setPolicy(ROLE, IamPolicy.documented());
        session(withAccount("sa1", ROLE), issuer());
        assertThat(rig.simulator().calls())
                .extracting(Call::operation)
                .containsOnly(Operation.ASSUME_ROLE_WITH_WEB_IDENTITY, Operation.LIST_HOSTED_ZONES_BY_NAME);
    }
}
