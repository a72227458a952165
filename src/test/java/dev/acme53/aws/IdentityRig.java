package dev.acme53.aws;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.acme53.api.KubernetesAuth;
import dev.acme53.api.Route53Auth;
import dev.acme53.api.Route53Solver;
import dev.acme53.api.SecretKeySelector;
import dev.acme53.api.ServiceAccountRef;
import dev.acme53.sim.IamPolicy;
import dev.acme53.sim.ManualClock;
import dev.acme53.sim.Role;
import dev.acme53.sim.SessionKey;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/// The simulator, a clock that both sides share, and identities that ask the simulator.
final class IdentityRig implements AutoCloseable {
    private static final String ROOM = "dev.acme53";
    static final String ROLE = "arn:aws:iam::123456789012:role/dns";
    static final Route53Solver EMPTY = solver("");

    private final ManualClock clock = new ManualClock(Instant.now());
    private final Simulator simulator;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    IdentityRig() {
        this(false);
    }

    private IdentityRig(boolean realTime) {
        var settings = SimulatorSettings.defaults();
        simulator = Simulator.start(realTime ? settings : settings.clock(clock));
        logger(ROOM).setLevel(Level.TRACE);
        log.start();
        logger(Logger.ROOT_LOGGER_NAME).addAppender(log);
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

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    Simulator simulator() {
        return simulator;
    }

    void advance(Duration by) {
        clock.advance(by);
    }

    /// Identities that must not ask Kubernetes.
    Watched identities(Map<String, String> environment) {
        var nobody = nobody();
        open.add(nobody);
        return identities(nobody, environment);
    }

    /// Of a cluster that is not there.
    static KubernetesClient nobody() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withMasterUrl("http://127.0.0.1:9")
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    Watched identities(KubernetesClient client, Map<String, String> environment) {
        var all = new HashMap<>(Map.of(
                "AWS_ENDPOINT_URL_ROUTE_53", simulator.route53Endpoint().toString(),
                "AWS_ENDPOINT_URL_STS", simulator.stsEndpoint().toString()));
        all.putAll(environment);
        var made = new SolverIdentities(
                client, all, "acme53/test", UrlConnectionHttpClient.create(), clock, RandomGenerator.getDefault());
        open.add(made);
        return new Watched(made, said);
    }

    /// Identities whose answers are searched for secrets in the end.
    record Watched(SolverIdentities inner, List<String> said) implements AwsIdentities {
        @Override
        public Resolution resolve(Route53Solver solver, IssuerScope scope) {
            var resolution = inner.resolve(solver, scope);
            said.add(resolution.toString());
            if (resolution instanceof Resolution.Granted(AwsSession session)) {
                said.add(session.description().toString());
            }
            return resolution;
        }

        CallerIdentity callerIdentity(AwsSession session) {
            var identity = inner.callerIdentity(session);
            said.add(identity.toString());
            return identity;
        }
    }

    /// `AWS_ACCESS_KEY_ID` and the other of the simulator's user, with `more`.
    Map<String, String> keys(Map<String, String> more) {
        var environment = new HashMap<>(Map.of(
                "AWS_ACCESS_KEY_ID", simulator.accessKey().id(),
                "AWS_SECRET_ACCESS_KEY", simulator.accessKey().secret()));
        environment.putAll(more);
        return environment;
    }

    /// The same for a session.
    static Map<String, String> sessionKeys(SessionKey session) {
        return Map.of(
                "AWS_ACCESS_KEY_ID", session.key().id(),
                "AWS_SECRET_ACCESS_KEY", session.key().secret(),
                "AWS_SESSION_TOKEN", session.token());
    }

    /// Everything secret that the simulator knows of: keys, sessions, and the tokens that were shown to STS.
    String[] secrets() {
        var all = new ArrayList<>(List.of(simulator.accessKey().secret()));
        simulator.sessions().forEach(session -> {
            all.add(session.key().secret());
            all.add(session.token());
        });
        simulator.calls().stream()
                .flatMap(call -> Stream.ofNullable(call.parameters().get("WebIdentityToken")))
                .forEach(all::add);
        return all.toArray(String[]::new);
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
        return logged(Level.INFO);
    }

    /// What it has logged at DEBUG and above.
    List<String> debugged() {
        return logged(Level.DEBUG);
    }

    private List<String> logged(Level least) {
        return log.list.stream()
                .filter(e -> e.getLoggerName().startsWith(ROOM) && e.getLevel().isGreaterOrEqual(least))
                .map(e -> e.getFormattedMessage() + " " + e.getKeyValuePairs())
                .toList();
    }

    @Override
    public void close() throws Exception {
        logger(Logger.ROOT_LOGGER_NAME).detachAppender(log);
        logger(ROOM).setLevel(null);
        var secrets = secrets();
        assertThat(log.list)
                .extracting(event -> event.getFormattedMessage()
                        + event.getKeyValuePairs()
                        + ThrowableProxyUtil.asString(event.getThrowableProxy()))
                .allSatisfy(line -> assertThat(line).doesNotContain(secrets).doesNotContain("eyJ"));
        assertThat(said)
                .allSatisfy(text -> assertThat(text).doesNotContain(secrets).doesNotContain("eyJ"));
        for (var each : open) {
            each.close();
        }
        simulator.close();
    }
}
