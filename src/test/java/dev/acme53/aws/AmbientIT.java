package dev.acme53.aws;

import static dev.acme53.aws.IdentityRig.EMPTY;
import static dev.acme53.aws.IdentityRig.ROLE;
import static dev.acme53.aws.IdentityRig.clusterIssuer;
import static dev.acme53.aws.IdentityRig.granted;
import static dev.acme53.aws.IdentityRig.refused;
import static dev.acme53.aws.IdentityRig.solver;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.acme53.sim.BesideServer;
import dev.acme53.sim.Call;
import dev.acme53.sim.Fault;
import dev.acme53.sim.IamPolicy;
import dev.acme53.sim.InstanceMetadataServer;
import dev.acme53.sim.OidcProvider;
import dev.acme53.sim.Operation;
import dev.acme53.sim.PodIdentityAgent;
import dev.acme53.sim.Role;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.route53.model.Route53Exception;

/// The controller's own credentials, each source on a server that answers as AWS's does.
class AmbientIT {
    private static final String ISSUER = "https://oidc.eks.eu-west-1.amazonaws.com/id/ABC";
    private static final String SUBJECT = "system:serviceaccount:cert-manager:acme53";
    private static final String POD_ROLE = "arn:aws:iam::123456789012:role/pod";
    private static final Map<String, String> REGION = Map.of("AWS_REGION", "us-west-2");

    private final IdentityRig rig = new IdentityRig();
    private final PodIdentityAgent agent =
            new PodIdentityAgent(() -> "pod-token", () -> rig.simulator().startSession(POD_ROLE, "eks-pod"));
    private final InstanceMetadataServer instance =
            new InstanceMetadataServer("pod", () -> rig.simulator().startSession(POD_ROLE, "i-0123456789abcdef0"));

    @TempDir
    Path folder;

    @BeforeEach
    void roles() {
        rig.role(POD_ROLE, new Role.Trust.WebIdentity(ISSUER, Set.of(SUBJECT), Set.of("sts.amazonaws.com")));
        rig.simulator().addProvider(new OidcProvider(ISSUER, Set.of("sts.amazonaws.com"), Map.of()));
    }

    @AfterEach
    void stop() throws Exception {
        agent.close();
        instance.close();
        rig.close();
    }

    private static String jwt(String subject, String audience) {
        return IdentityRig.jwt(ISSUER, subject, audience);
    }

    private Map<String, String> irsa() {
        return irsa(folder.resolve("token"));
    }

    private Map<String, String> irsa(Path token) {
        return with(REGION, Map.of("AWS_ROLE_ARN", POD_ROLE, "AWS_WEB_IDENTITY_TOKEN_FILE", token.toString()));
    }

    private Map<String, String> pod(String tokenFileText) throws IOException {
        Files.writeString(folder.resolve("pod-token"), tokenFileText);
        return Map.of(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI", agent.credentialsUri().toString(),
                "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
                        folder.resolve("pod-token").toString());
    }

    private Map<String, String> node() {
        return Map.of("AWS_EC2_METADATA_SERVICE_ENDPOINT", instance.endpoint().toString());
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
        var all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }

    private Call lastCall() {
        return rig.simulator().calls().getLast();
    }

    private static void list(AwsSession session) {
        session.route53().listHostedZonesByName();
    }

    @Test
    void t1EnvironmentKeysSignForTheRegionOfTheEnvironment() {
        var session = granted(rig.identities(rig.keys(REGION)).resolve(EMPTY, clusterIssuer()));
        list(session);
        assertThat(rig.simulator().calls()).singleElement().satisfies(call -> {
            assertThat(call.accessKeyId()).isEqualTo(rig.simulator().accessKey().id());
            assertThat(call.region()).isEqualTo("us-west-2");
        });
        assertThat(session.description().source()).contains("environment variables");
        assertThat(session.description().regionFrom()).isEqualTo("AWS_REGION");
        assertThat(session.description().account()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"T2 an Issuer,''", "T14 an Issuer with a role," + ROLE})
    void t2WhoMayNotUseThemIsRefusedBeforeAnybodyIsAsked(String name, String role) throws IOException {
        var identities = rig.identities(with(pod("pod-token"), with(node(), REGION)));
        assertThat(refused(identities.resolve(solver(role), new IssuerScope("Issuer", "team", false))))
                .as(name)
                .isEqualTo("error instantiating route53 challenge solver: unable to construct route53 provider: empty"
                        + " credentials; perhaps you meant to enable ambient credentials?");
        nobodyWasAsked();
    }

    private void nobodyWasAsked() {
        assertThat(rig.simulator().calls()).isEmpty();
        assertThat(agent.requests()).isEmpty();
        assertThat(instance.requests()).isEmpty();
    }

    @ParameterizedTest(name = "region {0}")
    @CsvSource({
        "''",
        "eu-west-1.attacker.example",
        "'eu west'",
        "EU-WEST-1",
        "'eu-west-1/../x'",
        "'eu-west-1@x'",
        "'eu-west-1\u0000'",
        "ü-west-1",
        "not-a-region",
        "eu-west1",
        "s3",
    })
    void t29T38WithoutAGoodRegionNobodyIsAsked(String region) throws IOException {
        var identities = rig.identities(with(pod("pod-token"), node()));
        var first = refused(identities.resolve(solver("", region), clusterIssuer()));
        assertThat(first)
                .isEqualTo("error instantiating route53 challenge solver: unable to construct route53 provider: "
                        + (region.isBlank()
                                ? "Missing Region: set dns01.route53.region in the issuer's solver, or AWS_REGION or"
                                        + " AWS_DEFAULT_REGION for the controller"
                                : "the region is not the name of one: dns01.route53.region must name a region of AWS, such"
                                        + " as eu-west-1, in lower-case letters, digits and hyphens"));
        assertThat(refused(identities.resolve(solver("", region), clusterIssuer())))
                .isEqualTo(first);
        nobodyWasAsked();
        assertThat(rig.logged())
                .filteredOn(line -> line.contains("region not found"))
                .hasSize(region.isBlank() ? 1 : 0);
    }

    @Test
    void r31TheIgnoredRegionIsLoggedOncePerCase() {
        var identities = rig.identities(rig.keys(REGION));
        for (int i = 0; i < 3; i++) {
            assertThat(granted(identities.resolve(solver("", "eu-west-1"), clusterIssuer()))
                            .description()
                            .region())
                    .isEqualTo("us-west-2");
        }
        assertThat(rig.logged()).singleElement().asString().contains("ignored", "eu-west-1");
    }

    @Test
    void t12ARoleIsTakenWithTheEnvironmentsKeys() {
        rig.simulator()
                .setPolicy(
                        rig.simulator().userArn("acme53"),
                        IamPolicy.documented().allowing("sts:AssumeRole", "*"));
        rig.role(ROLE, new Role.Trust.Principal("arn:aws:iam::123456789012:root"));
        var session = granted(rig.identities(rig.keys(REGION)).resolve(solver(ROLE), clusterIssuer()));
        list(session);
        assertThat(rig.simulator().calls()).hasSize(2).first().satisfies(call -> {
            assertThat(call.operation()).isEqualTo(Operation.ASSUME_ROLE);
            assertThat(call.accessKeyId()).isEqualTo(rig.simulator().accessKey().id());
            assertThat(call.parameters())
                    .containsOnlyKeys("Action", "Version", "RoleArn", "RoleSessionName")
                    .containsEntry("RoleSessionName", "cert-manager");
        });
        assertThat(session.description().roles()).containsExactly(ROLE);
        assertThat(session.description().account()).contains("123456789012");
    }

    @Test
    void t13AWebIdentityIsExchangedUnsignedAndThenTakesTheRole() throws IOException {
        Files.writeString(folder.resolve("token"), jwt(SUBJECT, "sts.amazonaws.com") + "\n");
        rig.role(ROLE, new Role.Trust.Principal(POD_ROLE));
        list(granted(rig.identities(irsa()).resolve(solver(ROLE), clusterIssuer())));
        var calls = rig.simulator().calls();
        assertThat(calls)
                .extracting(Call::operation)
                .containsExactly(
                        Operation.ASSUME_ROLE_WITH_WEB_IDENTITY,
                        Operation.ASSUME_ROLE,
                        Operation.LIST_HOSTED_ZONES_BY_NAME);
        assertThat(calls.getFirst().accessKeyId()).isEmpty();
        assertThat(calls.getFirst().parameters())
                .containsOnlyKeys("Action", "Version", "RoleArn", "RoleSessionName", "WebIdentityToken")
                .containsEntry("RoleArn", POD_ROLE);
        assertThat(calls.get(1).principal()).contains("assumed-role/pod/");
        assertThat(calls.get(1).parameters()).containsEntry("RoleSessionName", "cert-manager");
        assertThat(calls.getLast().principal()).contains("assumed-role/dns/cert-manager");
    }

    @Test
    void theRoleThatTheWebIdentityHoldsAlreadyIsNotTakenAgain() throws IOException {
        Files.writeString(folder.resolve("token"), jwt(SUBJECT, "sts.amazonaws.com"));
        var identities = rig.identities(irsa());
        for (int i = 0; i < 3; i++) {
            list(granted(identities.resolve(solver(POD_ROLE), clusterIssuer())));
        }
        assertThat(rig.simulator().count(Operation.ASSUME_ROLE)).isZero();
        assertThat(rig.simulator().count(Operation.ASSUME_ROLE_WITH_WEB_IDENTITY))
                .isEqualTo(1);
        assertThat(rig.logged()).singleElement().asString().contains("held already", POD_ROLE);
    }

    @ParameterizedTest
    @CsvSource({"Pod Identity", "instance", "session keys"})
    void aRoleThatOnlyAwsKnowsToBeHeldIsAskedForOnceAndNotTaken(String source) throws IOException {
        var key = rig.simulator().startSession(POD_ROLE, "keys");
        var identities = rig.identities(
                switch (source) {
                    case "Pod Identity" -> with(pod("pod-token"), REGION);
                    case "instance" -> with(node(), REGION);
                    default -> with(REGION, IdentityRig.sessionKeys(key));
                });
        for (int i = 0; i < 3; i++) {
            list(granted(identities.resolve(solver(POD_ROLE), clusterIssuer())));
        }
        assertThat(lastCall().principal()).contains("assumed-role/pod/").doesNotContain("cert-manager");
        assertThat(rig.simulator().count(Operation.ASSUME_ROLE)).isEqualTo(1);
        assertThat(rig.logged()).singleElement().asString().contains("held already", POD_ROLE);
    }

    @Test
    void aRefusalThatNamesAnotherCallerIsTold() {
        var identities = rig.identities(with(node(), REGION));
        assertThat(refused(identities.resolve(solver(ROLE), clusterIssuer())))
                .contains("unable to assume role: ", "AccessDenied", "assumed-role/pod/", "must name the caller");
        assertThat(rig.simulator().count(Operation.LIST_HOSTED_ZONES_BY_NAME)).isZero();
    }

    @Test
    void theSessionOfAWebIdentityIsNamedAsAskedAndItsFileReadForEachExchange() throws IOException {
        Files.writeString(folder.resolve("token"), jwt(SUBJECT, "sts.amazonaws.com"));
        var identities = rig.identities(with(irsa(), Map.of("AWS_ROLE_SESSION_NAME", "team-dns")));
        list(granted(identities.resolve(EMPTY, clusterIssuer())));
        assertThat(lastCall().principal()).endsWith("assumed-role/pod/team-dns");
        var renewed = jwt(SUBJECT, "sts.amazonaws.com") + "bmV3";
        Files.writeString(folder.resolve("token"), renewed);
        rig.advance(Duration.ofMinutes(56));
        list(granted(identities.resolve(EMPTY, clusterIssuer())));
        assertThat(rig.simulator().calls())
                .filteredOn(c -> c.operation() == Operation.ASSUME_ROLE_WITH_WEB_IDENTITY)
                .hasSize(2)
                .last()
                .satisfies(c -> assertThat(c.parameters()).containsEntry("WebIdentityToken", renewed));
    }

    @Test
    void t84ABrokenWebIdentityNeverBecomesTheNodesRole() throws IOException {
        var missing = folder.resolve("none/token");
        for (var broken : new Path[] {missing, folder}) {
            var identities = rig.identities(with(irsa(broken), with(pod("pod-token"), node())));
            var first = refused(identities.resolve(EMPTY, clusterIssuer()));
            assertThat(first)
                    .startsWith(
                            "error instantiating route53 challenge solver: unable to assume role with web identity: ")
                    .contains(broken + " (AWS_WEB_IDENTITY_TOKEN_FILE)")
                    .contains(broken.equals(missing) ? "is missing" : "is not readable");
            rig.advance(Duration.ofMinutes(1));
            assertThat(refused(identities.resolve(EMPTY, clusterIssuer()))).isEqualTo(first);
        }
        nobodyWasAsked();
    }

    @Test
    void aWebIdentityWithTheWrongAudienceOrSubjectIsToldWhatToChange() throws IOException {
        Files.writeString(folder.resolve("token"), jwt(SUBJECT, "kubernetes.default.svc"));
        var identities = rig.identities(with(irsa(), node()));
        assertThat(refused(identities.resolve(EMPTY, clusterIssuer())))
                .contains(
                        "unable to assume role with web identity: ",
                        "InvalidIdentityToken",
                        "lists the token's audience");
        Files.writeString(folder.resolve("token"), jwt("system:serviceaccount:x:y", "sts.amazonaws.com"));
        rig.advance(Duration.ofMinutes(1));
        var denied = refused(identities.resolve(EMPTY, clusterIssuer()));
        assertThat(denied).contains("AccessDenied", "trust policy").doesNotContain("eyJ");
        rig.advance(Duration.ofMinutes(1));
        assertThat(refused(identities.resolve(EMPTY, clusterIssuer()))).isEqualTo(denied);
        assertThat(instance.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"''", "'\n'"})
    void t85PodIdentitySendsItsTokenAndTheSessionSigns(String end) throws IOException {
        var identities = rig.identities(with(with(pod("pod-token" + end), node()), REGION));
        for (int i = 0; i < 3; i++) {
            list(granted(identities.resolve(EMPTY, clusterIssuer())));
        }
        assertThat(agent.requests()).singleElement().satisfies(request -> {
            assertThat(request.header("authorization")).isEqualTo("pod-token");
            assertThat(request.header("user-agent")).isEqualTo("acme53/test");
        });
        // the simulator takes a session's key only with its token
        assertThat(lastCall().principal()).endsWith("assumed-role/pod/eks-pod");
        assertThat(instance.requests()).isEmpty();
    }

    @Test
    void aTokenThatTheAgentRefusesIsToldInItsWordsAndOneOfTwoLinesIsNotSent() throws IOException {
        var environment = with(with(pod("other-token"), node()), REGION);
        assertThat(refused(rig.identities(environment).resolve(EMPTY, clusterIssuer())))
                .contains("gave no credentials: HTTP status 400, InvalidTokenException: Token could not be verified")
                .doesNotContain("other-token");
        pod("two\nlines");
        assertThat(refused(rig.identities(environment).resolve(EMPTY, clusterIssuer())))
                .contains("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "more than one line");
        Files.delete(folder.resolve("pod-token"));
        assertThat(refused(rig.identities(environment).resolve(EMPTY, clusterIssuer())))
                .contains("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "is missing");
        assertThat(agent.requests()).hasSize(1);
        assertThat(instance.requests()).isEmpty();
    }

    @Test
    void aTokenThatIsRepeatedInARefusalIsNotShown() throws IOException {
        var token = jwt(SUBJECT, "sts.amazonaws.com") + "x".repeat(700);
        Files.writeString(folder.resolve("token"), token);
        rig.simulator()
                .failNext(
                        Operation.ASSUME_ROLE_WITH_WEB_IDENTITY,
                        new Fault.Refused(
                                400, "ValidationError", "Value '" + token + "' at 'webIdentityToken' is wrong"),
                        1);
        assertThat(refused(rig.identities(irsa()).resolve(EMPTY, clusterIssuer())))
                .endsWith("ValidationError: Value '…' at 'webIdentityToken' is wrong");
        agent.becomeTalkative();
        assertThat(refused(rig.identities(with(pod("other-token"), REGION)).resolve(EMPTY, clusterIssuer())))
                .endsWith("InvalidTokenException: Token … could not be verified");
    }

    @Test
    void anAgentThatIsNotThereIsNotReplacedByTheInstance() throws IOException {
        var environment = with(with(pod("pod-token"), node()), REGION);
        agent.close();
        assertThat(refused(rig.identities(environment).resolve(EMPTY, clusterIssuer())))
                .contains("did not answer (connection refused)", "EKS Pod Identity Agent");
        assertThat(instance.requests()).isEmpty();
    }

    @Test
    void whatIsBesideTheProgramIsNeverReachedThroughAProxy() throws IOException {
        var usual = ProxySelector.getDefault();
        try (var proxy = new InstanceMetadataServer("", () -> rig.simulator().startSession(POD_ROLE, "proxy"))) {
            ProxySelector.setDefault(ProxySelector.of(new InetSocketAddress(
                    proxy.endpoint().getHost(), proxy.endpoint().getPort())));
            granted(rig.identities(with(node(), REGION)).resolve(EMPTY, clusterIssuer()));
            granted(rig.identities(with(pod("pod-token"), REGION)).resolve(EMPTY, clusterIssuer()));
            assertThat(proxy.requests()).isEmpty();
        } finally {
            ProxySelector.setDefault(usual);
        }
    }

    @Test
    void r63TheRequestIdsThatNoTextHoldsAreInTheLog() {
        var identities = rig.identities(rig.keys(REGION));
        list(granted(identities.resolve(EMPTY, clusterIssuer())));
        var text = refused(identities.resolve(solver(ROLE), clusterIssuer()));
        assertThat(rig.simulator().calls()).hasSize(2).allSatisfy(call -> {
            assertThat(text).doesNotContain(call.requestId());
            assertThat(rig.debugged())
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("AWS call ")
                            .contains(call.action(), call.requestId(), call.errorCode(), "" + call.status()));
        });
    }

    @Test
    void e10AnStsThatIsNotThereIsToldInTheSameWordsEachTime() {
        var environment = rig.keys(with(REGION, Map.of("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:9")));
        var identities = rig.identities(environment);
        var first = refused(identities.resolve(solver(ROLE), clusterIssuer()));
        assertThat(first)
                .isEqualTo("error instantiating route53 challenge solver: unable to assume role: operation error STS:"
                        + " AssumeRole, connection refused");
        rig.advance(Duration.ofMinutes(1));
        assertThat(refused(identities.resolve(solver(ROLE), clusterIssuer()))).isEqualTo(first);
    }

    @Test
    void aRolesSessionServesUntilItsEndThoughItsBaseIsGone() {
        rig.role(ROLE, new Role.Trust.Principal(POD_ROLE));
        var identities = rig.identities(with(node(), REGION));
        rig.simulator().settings().sessionLifetime(Duration.ofMinutes(30));
        list(granted(identities.resolve(solver(ROLE), clusterIssuer())));
        instance.refuse(500);
        rig.advance(Duration.ofMinutes(24));
        list(granted(identities.resolve(solver(ROLE), clusterIssuer())));
        rig.advance(Duration.ofMinutes(7));
        assertThat(refused(identities.resolve(solver(ROLE), clusterIssuer()))).contains("HTTP status 500");
    }

    @Test
    void t86EnvironmentKeysWinOverPodIdentity() throws IOException {
        list(granted(rig.identities(rig.keys(with(pod("pod-token"), REGION))).resolve(EMPTY, clusterIssuer())));
        assertThat(lastCall().accessKeyId())
                .isEqualTo(rig.simulator().accessKey().id());
        assertThat(agent.requests()).isEmpty();
    }

    @Test
    void theInstanceIsAskedByVersionTwoOnlyAndOnceForManySolvers() {
        var identities = rig.identities(with(node(), REGION));
        for (int i = 0; i < 5; i++) {
            list(granted(identities.resolve(EMPTY, clusterIssuer())));
        }
        assertThat(lastCall().principal()).contains("assumed-role/pod/i-0123456789abcdef0");
        assertThat(instance.requests())
                .extracting(BesideServer.Seen::method, BesideServer.Seen::path)
                .containsExactly(
                        tuple("PUT", "/latest/api/token"),
                        tuple("GET", "/latest/meta-data/iam/security-credentials/"),
                        tuple("GET", "/latest/meta-data/iam/security-credentials/pod"));
        rig.advance(Duration.ofMinutes(56));
        list(granted(identities.resolve(EMPTY, clusterIssuer())));
        assertThat(instance.requests()).hasSize(6);
    }

    @Test
    void anInstanceThatIsSilentOrSaysNoIsToldWithWhatToChange() {
        instance.refuse(403);
        assertThat(refused(rig.identities(with(node(), REGION)).resolve(EMPTY, clusterIssuer())))
                .contains("refused a session token", "http-endpoint");
        assertThat(instance.requests()).hasSize(1);
        instance.close();
        assertThat(refused(rig.identities(with(node(), REGION)).resolve(EMPTY, clusterIssuer())))
                .contains("did not answer", "hop limit is 2 or more", "http-put-response-hop-limit", "Pod Identity");
    }

    @Test
    void anInstanceWithoutARoleIsToldSo() {
        try (var bare = new InstanceMetadataServer("", () -> {
            throw new AssertionError("no role, no credentials");
        })) {
            assertThat(refused(rig.identities(with(
                                    Map.of(
                                            "AWS_EC2_METADATA_SERVICE_ENDPOINT",
                                            bare.endpoint().toString()),
                                    REGION))
                            .resolve(EMPTY, clusterIssuer())))
                    .contains("says that the instance has no role");
        }
    }

    @Test
    void aRevokedSessionIsReplacedOnceAtItsNextUse() throws IOException {
        Files.writeString(folder.resolve("token"), jwt(SUBJECT, "sts.amazonaws.com"));
        rig.role(ROLE, new Role.Trust.Principal(POD_ROLE));
        var identities = rig.identities(irsa());
        var before = granted(identities.resolve(solver(ROLE), clusterIssuer()));
        list(before);
        rig.simulator().expireSessions();
        assertThatThrownBy(() -> list(before))
                .isInstanceOf(Route53Exception.class)
                .hasMessageContaining("expired");
        // the refusal has dropped the role's session; the base's is found stale when the role is taken again
        list(granted(identities.resolve(solver(ROLE), clusterIssuer())));
        assertThat(rig.simulator().count(Operation.ASSUME_ROLE_WITH_WEB_IDENTITY))
                .isEqualTo(2);
        assertThat(rig.simulator().count(Operation.ASSUME_ROLE)).isEqualTo(3);
    }

    @Test
    void aProfilesKeysRoleAndProgramServe() throws IOException {
        rig.role(ROLE, new Role.Trust.Principal(rig.simulator().userArn("acme53")));
        var key = rig.simulator().accessKey();
        Files.writeString(folder.resolve("credentials"), """
                [base]
                aws_access_key_id = %s
                aws_secret_access_key = %s
                """.formatted(key.id(), key.secret()));
        Files.writeString(folder.resolve("config"), """
                [profile team]
                role_arn = %s
                source_profile = base
                region = eu-north-1
                [profile program]
                credential_process = echo '{"Version":1,"AccessKeyId":"%s","SecretAccessKey":"%s"}'
                [profile broken]
                credential_process = echo oh no; exit 3
                """.formatted(ROLE, key.id(), key.secret()));
        var files = Map.of(
                "AWS_SHARED_CREDENTIALS_FILE", folder.resolve("credentials").toString(),
                "AWS_CONFIG_FILE", folder.resolve("config").toString());
        var team = granted(
                rig.identities(with(files, Map.of("AWS_PROFILE", "team"))).resolve(solver(ROLE), clusterIssuer()));
        list(team);
        assertThat(rig.simulator().count(Operation.ASSUME_ROLE)).isEqualTo(1);
        assertThat(lastCall().principal()).endsWith("assumed-role/dns/acme53");
        assertThat(lastCall().region()).isEqualTo("eu-north-1");
        assertThat(team.description().regionFrom()).contains("profile");
        var program = with(files, with(REGION, Map.of("AWS_DEFAULT_PROFILE", "program")));
        list(granted(rig.identities(program).resolve(EMPTY, clusterIssuer())));
        assertThat(lastCall().accessKeyId()).isEqualTo(key.id());
        var broken = with(files, with(REGION, Map.of("AWS_PROFILE", "broken")));
        assertThat(refused(rig.identities(broken).resolve(EMPTY, clusterIssuer())))
                .contains("the program of shared files, profile broken (credential_process) ended with status 3");
    }

    @Test
    void aSharedFileThatIsMendedCountsWithoutARestart() throws IOException {
        var config = folder.resolve("config");
        var identities = rig.identities(rig.keys(with(REGION, Map.of("AWS_CONFIG_FILE", config.toString()))));
        assertThat(refused(identities.resolve(EMPTY, clusterIssuer())))
                .isEqualTo("error instantiating route53 challenge solver: unable to construct route53 provider:"
                        + " the shared file " + config + " (AWS_CONFIG_FILE) is missing");
        nobodyWasAsked();
        Files.writeString(config, "[default]\nuse_fips_endpoint = false\n");
        list(granted(identities.resolve(EMPTY, clusterIssuer())));
    }

    @Test
    void aNamespaceWithEverNewRolesCostsNobodyElseASession() {
        rig.role(ROLE, new Role.Trust.Principal(rig.simulator().userArn("acme53")));
        var identities = rig.identities(rig.keys(REGION));
        var noisy = new IssuerScope("Issuer", "noisy", true);
        var quiet = new IssuerScope("Issuer", "quiet", true);
        var before = granted(identities.resolve(solver(ROLE), quiet)).identity();
        var own = granted(identities.resolve(solver(ROLE), noisy)).identity();
        for (int i = 0; i < 100; i++) {
            refused(identities.resolve(solver(ROLE + i), noisy));
        }
        assertThat(granted(identities.resolve(solver(ROLE), noisy)).identity()).isNotEqualTo(own);
        assertThat(granted(identities.resolve(solver(ROLE), quiet)).identity()).isEqualTo(before);
    }

    @Test
    void whoamiLearnsAccountAndArnFromAwsWhichTheControllerNeverAsks() {
        rig.simulator().setPolicy(rig.simulator().userArn("acme53"), IamPolicy.everything());
        var identities = rig.identities(rig.keys(REGION));
        var session = granted(identities.resolve(EMPTY, clusterIssuer()));
        assertThat(identities.callerIdentity(session))
                .isEqualTo(
                        new CallerIdentity.Known("123456789012", rig.simulator().userArn("acme53")));
        rig.simulator().removeKey(rig.simulator().accessKey());
        assertThat(identities.callerIdentity(session))
                .isInstanceOfSatisfying(
                        CallerIdentity.Unknown.class,
                        unknown -> assertThat(unknown.message()).contains("InvalidClientTokenId"));
    }
}
