package dev.acme53.aws;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.acme53.api.KubernetesAuth;
import dev.acme53.api.Route53Auth;
import dev.acme53.api.Route53Solver;
import dev.acme53.api.SecretKeySelector;
import dev.acme53.api.ServiceAccountRef;
import dev.acme53.sim.IamPolicy;
import dev.acme53.sim.ManualClock;
import dev.acme53.sim.Role;
import dev.acme53.sim.Simulator;
import dev.acme53.sim.SimulatorSettings;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/// The simulator, a clock that both sides share, and identities that ask the simulator.
final class IdentityRig implements AutoCloseable {
    static final String ROLE = "arn:aws:iam::123456789012:role/dns";
    static final Route53Solver EMPTY = solver("");

    private final ManualClock clock = new ManualClock(Instant.now());
    private final Simulator simulator;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    IdentityRig() {
        this(false);
    }

    private IdentityRig(boolean realTime) {
        var settings = SimulatorSettings.defaults();
        simulator = Simulator.start(realTime ? settings : settings.clock(clock));
        logger().setLevel(Level.TRACE);
        log.start();
        logger().addAppender(log);
    }

    /// For tokens of a real API server, which do not wait for a clock that is moved: the simulator's sessions end by
    /// the real clock, and whoever moves the other says how long they are to live from then on.
    static IdentityRig inRealTime() {
        return new IdentityRig(true);
    }

    /// The lifetime of sessions from now on.
    void sessionsLive(Duration lifetime) {
        simulator.settings().sessionLifetime(lifetime);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("dev.acme53");
    }

    Simulator simulator() {
        return simulator;
    }

    void advance(Duration by) {
        clock.advance(by);
    }

    /// Identities that must not ask Kubernetes.
    SolverIdentities identities(Map<String, String> environment) {
        var nobody = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withMasterUrl("http://127.0.0.1:9")
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
        open.add(nobody);
        return identities(nobody, environment);
    }

    SolverIdentities identities(KubernetesClient client, Map<String, String> environment) {
        var all = new HashMap<>(Map.of(
                "AWS_ENDPOINT_URL_ROUTE_53", simulator.route53Endpoint().toString(),
                "AWS_ENDPOINT_URL_STS", simulator.stsEndpoint().toString()));
        all.putAll(environment);
        var made = new SolverIdentities(
                client, all, "acme53/test", UrlConnectionHttpClient.create(), clock, RandomGenerator.getDefault());
        open.add(made);
        return made;
    }

    /// `AWS_ACCESS_KEY_ID` and the other of the simulator's user, with `more`.
    Map<String, String> keys(Map<String, String> more) {
        var environment = new HashMap<>(Map.of(
                "AWS_ACCESS_KEY_ID", simulator.accessKey().id(),
                "AWS_SECRET_ACCESS_KEY", simulator.accessKey().secret()));
        environment.putAll(more);
        return environment;
    }

    /// A role with the documented policy, and `sts:AssumeRole` for what comes after it.
    void role(String arn, Role.Trust... trusts) {
        simulator.addRole(new Role(arn, IamPolicy.documented().allowing("sts:AssumeRole", "*"), List.of(trusts)));
    }

    /// A token that a provider without keys takes: nobody looks at its signature.
    static String jwt(String issuer, String subject, String audience) {
        var claims = "{\"iss\":\"%s\",\"sub\":\"%s\",\"aud\":[\"%s\"],\"exp\":4102444800}"
                .formatted(issuer, subject, audience);
        return base64("{\"alg\":\"RS256\"}") + "." + base64(claims) + ".c2ln";
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static Route53Solver solver(String role) {
        return solver(role, "");
    }

    static Route53Solver solver(String role, String region) {
        return new Route53Solver(null, "", null, null, role, "", region, Map.of());
    }

    static Route53Solver withKeys(String secret, String role) {
        return new Route53Solver(
                null,
                "",
                new SecretKeySelector(secret, "id"),
                new SecretKeySelector(secret, "secret"),
                role,
                "",
                "",
                Map.of());
    }

    static Route53Solver withAccount(String name, String role, String... audiences) {
        return new Route53Solver(
                new Route53Auth(new KubernetesAuth(new ServiceAccountRef(name, List.of(audiences)))),
                "",
                null,
                null,
                role,
                "",
                "",
                Map.of());
    }

    static IssuerScope clusterIssuer() {
        return new IssuerScope("ClusterIssuer", "cm", true);
    }

    static AwsSession granted(Resolution resolution) {
        assertThat(resolution).isInstanceOf(Resolution.Granted.class);
        return ((Resolution.Granted) resolution).session();
    }

    static String refused(Resolution resolution) {
        assertThat(resolution).isInstanceOf(Resolution.Refused.class);
        return ((Resolution.Refused) resolution).message();
    }

    /// What the room has logged at INFO and above.
    List<String> logged() {
        return log.list.stream()
                .filter(e -> e.getLevel().isGreaterOrEqual(Level.INFO))
                .map(e -> e.getFormattedMessage() + " " + e.getKeyValuePairs())
                .toList();
    }

    @Override
    public void close() throws Exception {
        logger().detachAppender(log);
        logger().setLevel(null);
        assertThat(log.list)
                .extracting(event -> event.getFormattedMessage() + event.getKeyValuePairs())
                .noneMatch(line -> line.contains(simulator.accessKey().secret()) || line.contains("eyJ"));
        for (var each : open) {
            each.close();
        }
        simulator.close();
    }
}
