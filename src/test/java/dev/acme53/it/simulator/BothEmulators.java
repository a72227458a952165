package dev.acme53.it.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.servers.Aws;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.IamPolicy;
import dev.acme53.sim.Role;
import dev.acme53.sim.Simulator;
import dev.acme53.sim.SimulatorSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.sts.StsClient;

/// Our simulator and LocalStack side by side.
final class BothEmulators implements AutoCloseable {
    private static final String LOCAL_STACK_ACCOUNT = "000000000000";

    private final Simulator simulator = Simulator.start(SimulatorSettings.defaults());
    private final Aws aws = TestServers.aws();
    private final Emulator ours = new Emulator(Route53Client.builder()
            .endpointOverride(simulator.route53Endpoint())
            .region(Region.US_EAST_1)
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(administrator())
            .build());
    private final Emulator localStack = new Emulator(aws.route53());

    private BothEmulators() {}

    static BothEmulators start() {
        return new BothEmulators();
    }

    /// A name that nobody else has in LocalStack, which is shared.
    static String freshName() {
        return "z" + UUID.randomUUID().toString().substring(0, 8) + ".test";
    }

    /// Both come to the outcome that AWS is known for.
    void agree(String expected, Emulator.Step step) {
        assertThat(ours.outcome(step)).as("the simulator").isEqualTo(expected);
        assertThat(localStack.outcome(step)).as("LocalStack").isEqualTo(expected);
    }

    /// The simulator comes to the outcome that AWS is known for, LocalStack to another.
    ///
    /// @param reason how we know
    void differ(String reason, Emulator.Step step, String simulated, String localStacks) {
        assertThat(ours.outcome(step)).as(reason).isEqualTo(simulated);
        assertThat(localStack.outcome(step))
                .as("LocalStack has learnt it: " + reason)
                .isEqualTo(localStacks);
    }

    /// Both give a session of the role, for the lifetime.
    ///
    /// @param role with `%s` for the account, as in `session`
    void agreeOnSts(String role, String session, String lifetime) {
        simulator.addRole(new Role(
                role.formatted("123456789012"),
                IamPolicy.documented(),
                List.of(new Role.Trust.Principal(simulator.userArn("administrator")))));
        try (var sts = StsClient.builder()
                        .endpointOverride(simulator.stsEndpoint())
                        .region(Region.US_EAST_1)
                        .httpClient(UrlConnectionHttpClient.create())
                        .credentialsProvider(administrator())
                        .build();
                var others = aws.sts()) {
            assertThat(session(sts, role.formatted("123456789012")))
                    .isEqualTo(session.formatted("123456789012") + " " + lifetime);
            assertThat(session(others, role.formatted(LOCAL_STACK_ACCOUNT)))
                    .isEqualTo(session.formatted(LOCAL_STACK_ACCOUNT) + " " + lifetime);
        }
    }

    private static String session(StsClient sts, String role) {
        var asked = Instant.now();
        var answer = sts.assumeRole(r -> r.roleArn(role).roleSessionName("cert-manager"));
        var lifetime = Duration.between(asked, answer.credentials().expiration());
        return answer.assumedRoleUser().arn() + " " + Duration.ofMinutes(Math.round(lifetime.toSeconds() / 60.0));
    }

    private StaticCredentialsProvider administrator() {
        var key = simulator.administratorKey();
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret()));
    }

    @Override
    public void close() {
        ours.client().close();
        localStack.client().close();
        simulator.close();
    }
}
