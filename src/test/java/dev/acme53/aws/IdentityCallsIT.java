package dev.acme53.aws;

import static dev.acme53.aws.IdentityRig.ROLE;
import static dev.acme53.aws.IdentityRig.clusterIssuer;
import static dev.acme53.aws.IdentityRig.granted;
import static dev.acme53.aws.IdentityRig.solver;
import static dev.acme53.aws.IdentityRig.withAccount;
import static dev.acme53.aws.IdentityRig.withKeys;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Route53Solver;
import dev.acme53.servers.ControllerAccount;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.AccessKey;
import dev.acme53.sim.BesideServer;
import dev.acme53.sim.Call;
import dev.acme53.sim.InstanceMetadataServer;
import dev.acme53.sim.OidcProvider;
import dev.acme53.sim.PodIdentityAgent;
import dev.acme53.sim.Role;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// For each way to credentials: the calls that are made until Route 53 answers, by whom they are signed and for which
/// region; and at which of AWS's hosts. Writes them to `target/identity-calls.md`, and holds them against what is
/// expected, which is reviewed by people.
class IdentityCallsIT {
    private static final Path PAGE = Path.of(System.getProperty("basedir", "")).resolve("target/identity-calls.md");
    private static final String POD_ROLE = "arn:aws:iam::123456789012:role/pod";
    private static final String PROFILE_ROLE = "arn:aws:iam::123456789012:role/profile";
    private static final List<String> SOURCES = List.of(
            "environment keys",
            "environment keys of a session",
            "IRSA",
            "EKS Pod Identity",
            "instance metadata",
            "profile, keys",
            "profile, role_arn and source_profile",
            "profile, role_arn and credential_source",
            "profile, role_arn and web_identity_token_file",
            "profile, credential_process");

    @TempDir
    Path folder;

    private final KubernetesApi api = TestServers.kubernetes();

    @Test
    void eachMethodMakesTheCallsOfItsRow() throws Exception {
        var rows = new ArrayList<Row>();
        try (var namespace = api.freshNamespace();
                var admin = api.client()) {
            ControllerAccount.grantToken(admin, namespace.name(), "dns");
            for (var source : SOURCES) {
                rows.add(ambient(source, ""));
                rows.add(ambient(source, ROLE));
            }
            for (var source : List.of("IRSA", "EKS Pod Identity")) {
                rows.add(ambient(source, POD_ROLE));
            }
            rows.addAll(ofTheIssuer(namespace.name()));
        }
        var page = page(rows);
        Files.createDirectories(PAGE.getParent());
        Files.writeString(PAGE, page);
        try (var expected = Objects.requireNonNull(IdentityCallsIT.class.getResourceAsStream("identity-calls.md"))) {
            assertThat(page).isEqualTo(new String(expected.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private record Row(String method, List<String> calls) {}

    /// The same calls at AWS's own hosts.
    private static String hosts() {
        var lines = new StringBuilder("""

                The calls above went to servers that stand in for AWS by `AWS_ENDPOINT_URL_…`; such calls are signed for the client's
                region. The calls of environment keys and a role at AWS's own hosts:

                | region | with | STS AssumeRole at | signed for | Route 53 at | signed for |
                | --- | --- | --- | --- | --- | --- |
                """);
        for (var region : List.of(
                "eu-west-1",
                "us-east-1",
                "cn-north-1",
                "cn-northwest-1",
                "us-gov-east-1",
                "us-iso-east-1",
                "us-isob-east-1",
                "eusc-de-east-1")) {
            for (var setting : List.of("", "AWS_USE_FIPS_ENDPOINT=true", "AWS_USE_DUALSTACK_ENDPOINT=true")) {
                lines.append(host(region, setting));
            }
        }
        lines.append(host("eu-west-1", "AWS_STS_REGIONAL_ENDPOINTS=legacy"));
        return lines.toString();
    }

    private static String host(String region, String setting) {
        return "| %s | %s | %s |\n"
                .formatted(region, setting.isEmpty() ? "–" : "`" + setting + "`", AwsBorder.crossed(region, setting));
    }

    private static String page(List<Row> rows) {
        var page = new StringBuilder("""
                # Who calls what

                Measured by a test: the calls until Route 53 answers the first time, for a solver with and without a `role`. Afterwards the
                session is used until five minutes before it ends.

                | credentials | call | signed by | for region |
                | --- | --- | --- | --- |
                """);
        for (var row : rows) {
            for (var call : row.calls) {
                page.append("| ").append(row.method).append(" | ").append(call).append(" |\n");
            }
        }
        return page + hosts();
    }

    private Row ambient(String source, String role) throws Exception {
        try (var rig = new IdentityRig();
                var agent = new PodIdentityAgent(
                        () -> "pod-token", () -> rig.simulator().startSession(POD_ROLE, "eks"));
                var instance =
                        new InstanceMetadataServer("pod", () -> rig.simulator().startSession(POD_ROLE, "i-1"))) {
            roles(rig, "https://oidc.example");
            var environment = new HashMap<>(environment(rig, source, agent, instance));
            environment.put("AWS_REGION", "eu-west-1");
            var session = granted(rig.identities(environment).resolve(solver(role), clusterIssuer()));
            session.route53().listHostedZonesByName();
            var beside = Stream.concat(agent.requests().stream(), instance.requests().stream())
                    .toList();
            assertThat(beside).as("T87").allSatisfy(r -> isOurs(rig, r.header("user-agent")));
            var calls = new ArrayList<String>();
            agent.requests().forEach(r -> calls.add(beside("agent", r)));
            instance.requests().forEach(r -> calls.add(beside("instance", r)));
            calls.addAll(aws(rig));
            return new Row(
                    source + (role.isEmpty() ? "" : role.equals(POD_ROLE) ? " + the role it has" : " + role"), calls);
        }
    }

    /// The product's token, and nothing secret (route53.md R59).
    private static void isOurs(IdentityRig rig, String userAgent) {
        assertThat(userAgent).contains("acme53/test").doesNotContain(rig.secrets());
    }

    private static String beside(String who, BesideServer.Seen request) {
        return who + " " + request.method() + " " + request.path() + " | – | –";
    }

    private static List<String> aws(IdentityRig rig) {
        var calls = rig.simulator().calls();
        assertThat(calls).as("T87").allSatisfy(call -> isOurs(rig, call.userAgent()));
        return calls.stream().map(call -> shown(rig, call)).toList();
    }

    private static String shown(IdentityRig rig, Call call) {
        var service = call.action().startsWith("Assume") ? "STS " : "Route 53 ";
        var role = call.parameters().getOrDefault("RoleArn", "");
        return service + call.action() + (role.isEmpty() ? "" : " of " + role.substring(role.indexOf("role/")))
                + (call.errorCode().isEmpty() ? "" : ": " + call.errorCode()) + " | "
                + (call.accessKeyId().isEmpty() ? "nobody | –" : signer(rig, call) + " | " + call.region());
    }

    private static String signer(IdentityRig rig, Call call) {
        return call.accessKeyId().equals(rig.simulator().accessKey().id())
                ? "the access key"
                : "session of " + call.principal().replaceAll(".*assumed-role/([^/]+)/.*", "role/$1");
    }

    private static void roles(IdentityRig rig, String issuer) {
        rig.role(POD_ROLE, new Role.Trust.WebIdentity(issuer, Set.of(), Set.of()));
        var user = new Role.Trust.Principal(rig.simulator().userArn("acme53"));
        rig.role(PROFILE_ROLE, user, new Role.Trust.Principal(POD_ROLE));
        rig.role(
                ROLE,
                new Role.Trust.Principal(POD_ROLE),
                new Role.Trust.Principal(PROFILE_ROLE),
                user,
                new Role.Trust.WebIdentity(issuer, Set.of(), Set.of()));
        rig.simulator().addProvider(new OidcProvider(issuer, Set.of("sts.amazonaws.com"), Map.of()));
    }

    private Map<String, String> environment(
            IdentityRig rig, String source, PodIdentityAgent agent, InstanceMetadataServer instance)
            throws IOException {
        var key = rig.simulator().accessKey();
        var token = file("token", IdentityRig.jwt("https://oidc.example", "pod", "sts.amazonaws.com"));
        var container = Map.of(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                agent.credentialsUri().toString(),
                "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
                file("pod-token", "pod-token\n"));
        return switch (source) {
            case "environment keys" -> rig.keys(Map.of());
            case "environment keys of a session" ->
                IdentityRig.sessionKeys(rig.simulator().startSession(POD_ROLE, "by-hand"));
            case "IRSA" -> Map.of("AWS_ROLE_ARN", POD_ROLE, "AWS_WEB_IDENTITY_TOKEN_FILE", token);
            case "EKS Pod Identity" -> container;
            case "instance metadata" ->
                Map.of("AWS_EC2_METADATA_SERVICE_ENDPOINT", instance.endpoint().toString());
            case "profile, keys" -> profile("", key);
            case "profile, role_arn and source_profile" ->
                profile("role_arn = " + PROFILE_ROLE + "\nsource_profile = keys", key);
            case "profile, role_arn and credential_source" -> {
                // the container endpoint alone would come after the profile
                var both = new HashMap<>(
                        profile("role_arn = " + PROFILE_ROLE + "\ncredential_source = EcsContainer", key));
                both.putAll(container);
                yield both;
            }
            case "profile, role_arn and web_identity_token_file" ->
                profile("role_arn = " + POD_ROLE + "\nweb_identity_token_file = " + token, key);
            default ->
                profile(
                        "credential_process = echo '{\"Version\":1,\"AccessKeyId\":\"%s\",\"SecretAccessKey\":\"%s\"}'"
                                .formatted(key.id(), key.secret()),
                        key);
        };
    }

    /// A profile of these lines; without any, one with keys.
    private Map<String, String> profile(String lines, AccessKey key) throws IOException {
        return Map.of(
                "AWS_PROFILE",
                lines.isEmpty() ? "keys" : "team",
                "AWS_CONFIG_FILE",
                file("config", "[profile team]\n" + lines + "\n"),
                "AWS_SHARED_CREDENTIALS_FILE",
                file(
                        "credentials",
                        "[keys]\naws_access_key_id = %s\naws_secret_access_key = %s\n"
                                .formatted(key.id(), key.secret())));
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static Route53Solver both() {
        var keys = withKeys("aws", ROLE);
        return new Route53Solver(
                withAccount("dns", ROLE).auth(),
                "",
                keys.accessKeyIDSecretRef(),
                keys.secretAccessKeySecretRef(),
                ROLE,
                "",
                "",
                Map.of());
    }

    private List<Row> ofTheIssuer(String namespace) throws Exception {
        var rows = new ArrayList<Row>();
        var solvers = new LinkedHashMap<String, Route53Solver>();
        solvers.put("keys of a Secret", withKeys("aws", ""));
        solvers.put("keys of a Secret + role", withKeys("aws", ROLE));
        solvers.put("ServiceAccount + role", withAccount("dns", ROLE));
        solvers.put("ServiceAccount + keys of a Secret + role", both());
        for (var each : solvers.entrySet()) {
            var asked = new TokenRequests();
            try (var rig = new IdentityRig();
                    var admin = api.client();
                    var client = asked.client(ControllerAccount.in(api))) {
                roles(rig, ClusterTokens.provider(admin).issuer());
                var key = rig.simulator().accessKey();
                admin.resource(new SecretBuilder()
                                .withNewMetadata()
                                .withNamespace(namespace)
                                .withName("aws")
                                .endMetadata()
                                .addToStringData("id", key.id())
                                .addToStringData("secret", key.secret())
                                .build())
                        .serverSideApply();
                var identities = rig.identities(client, Map.of("AWS_REGION", "eu-west-1"));
                granted(identities.resolve(each.getValue(), new IssuerScope("Issuer", namespace, false)))
                        .route53()
                        .listHostedZonesByName();
                var calls = new ArrayList<String>();
                asked.all()
                        .forEach(r -> calls.add("API server "
                                + r.substring(0, r.indexOf(' ', 6)).replace(namespace, "NAMESPACE")
                                + " | the controller | –"));
                calls.addAll(aws(rig));
                rows.add(new Row(each.getKey(), calls));
            }
        }
        return rows;
    }
}
