package dev.acme53.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Route53Exception;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.ExpiredTokenException;
import software.amazon.awssdk.services.sts.model.InvalidIdentityTokenException;
import software.amazon.awssdk.services.sts.model.StsException;

/// AWS's own SDK against the simulator's STS, and its sessions against the simulator's Route 53.
class StsEndpointIT {
    private static final String ROLE = "arn:aws:iam::210987654321:role/dns";
    private static final String ISSUER = "https://oidc.example.test/id/1";
    private static final String SUBJECT = "system:serviceaccount:team:issuer";

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-24T00:00:00Z"));
    private final Simulator simulator =
            Simulator.start(SimulatorSettings.defaults().clock(clock));
    private final StsClient keys = sts(credentials(simulator.accessKey()));
    private final StsClient anonymous = sts(AnonymousCredentialsProvider.create());
    private final KeyPair signer = keyPair();

    @BeforeEach
    void zoneInTheOtherAccount() {
        simulator.createZone(NewZone.named("example.com").inAccount("210987654321"));
        simulator.addProvider(new OidcProvider(ISSUER, Set.of("sts.amazonaws.com"), Map.of("k1", signer.getPublic())));
    }

    @AfterEach
    void stop() {
        keys.close();
        anonymous.close();
        simulator.close();
    }

    @Test
    void aRoleOfAnotherAccountNeedsItsTrustAndTheCallersPolicy() {
        simulator.addRole(role(new Role.Trust.Principal("arn:aws:iam::123456789012:root")));
        assertThat(refused(this::assumeRole))
                .isEqualTo("AccessDenied: User: arn:aws:iam::123456789012:user/acme53 is not authorized to perform: "
                        + "sts:AssumeRole on resource: " + ROLE);
        simulator.setPolicy(simulator.userArn("acme53"), IamPolicy.nothing().allowing("sts:AssumeRole", ROLE));
        var session = assumeRole();
        assertThat(session.expiration()).isEqualTo(clock.instant().plus(Duration.ofHours(1)));
        assertThat(zonesSeen(session)).isEqualTo(1);
        var call = simulator.calls().getLast();
        assertThat(call.principal()).isEqualTo("arn:aws:sts::210987654321:assumed-role/dns/cert-manager");
        assertThat(call.accessKeyId()).isEqualTo(session.accessKeyId());
    }

    @Test
    void aRoleThatDoesNotTrustTheCallerIsRefused() {
        simulator.addRole(role(new Role.Trust.Principal("arn:aws:iam::123456789012:user/somebody")));
        simulator.setPolicy(simulator.userArn("acme53"), IamPolicy.everything());
        assertThat(refused(this::assumeRole)).startsWith("AccessDenied: ");
    }

    @Test
    void aSessionMayTakeAnotherRole() {
        var first = "arn:aws:iam::123456789012:role/first";
        simulator.addRole(new Role(
                first,
                IamPolicy.nothing().allowing("sts:AssumeRole", ROLE),
                List.of(new Role.Trust.Principal(simulator.userArn("acme53")))));
        simulator.addRole(role(new Role.Trust.Principal(first)));
        var session =
                keys.assumeRole(r -> r.roleArn(first).roleSessionName("one")).credentials();
        try (var chained = sts(credentials(session))) {
            var second = chained.assumeRole(r -> r.roleArn(ROLE).roleSessionName("cert-manager"));
            assertThat(zonesSeen(second.credentials())).isEqualTo(1);
            assertThatThrownBy(() -> chained.assumeRole(
                            r -> r.roleArn(ROLE).roleSessionName("two").durationSeconds(7_200)))
                    .hasMessageContaining("role chaining");
        }
    }

    @Test
    void aSessionExpires() {
        simulator.addRole(trustingTokens());
        var session = assumeRoleWithWebIdentity(token("sts.amazonaws.com", SUBJECT, 600));
        clock.advance(Duration.ofMinutes(59));
        assertThat(zonesSeen(session)).isEqualTo(1);
        clock.advance(Duration.ofMinutes(1));
        assertThat(catchThrowableOfType(Route53Exception.class, () -> zonesSeen(session))
                        .awsErrorDetails()
                        .errorCode())
                .isEqualTo("ExpiredToken");
        var other = assumeRoleWithWebIdentity(token("sts.amazonaws.com", SUBJECT, 7_200));
        simulator.expireSessions();
        assertThatThrownBy(() -> zonesSeen(other)).hasMessageContaining("expired");
    }

    @Test
    void aWebIdentityIsTakenWithoutASignature() {
        simulator.addRole(trustingTokens());
        var session = assumeRoleWithWebIdentity(token("sts.amazonaws.com", SUBJECT, 600));
        assertThat(zonesSeen(session)).isEqualTo(1);
        var call = simulator.calls().getFirst();
        assertThat(call.operation()).isEqualTo(Operation.ASSUME_ROLE_WITH_WEB_IDENTITY);
        assertThat(call.accessKeyId()).isEmpty();
        assertThat(call.parameters())
                .containsEntry("RoleSessionName", "cert-manager")
                .doesNotContainKey("DurationSeconds");
    }

    @Test
    void aTokenMustBeTheProvidersAndForTheRole() {
        simulator.addRole(trustingTokens());
        assertThat(refused(() -> assumeRoleWithWebIdentity(token("sts.amazonaws.com", SUBJECT + "x", 600))))
                .isEqualTo("AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity");
        assertThat(refused(() -> assumeRoleWithWebIdentity(token("other", SUBJECT, 600))))
                .isEqualTo("InvalidIdentityToken: Incorrect token audience");
        assertThatThrownBy(() -> assumeRoleWithWebIdentity(token("sts.amazonaws.com", SUBJECT, 0)))
                .isInstanceOf(ExpiredTokenException.class);
        assertThatThrownBy(() -> assumeRoleWithWebIdentity("nonsense"))
                .isInstanceOf(InvalidIdentityTokenException.class);
        var genuine = token("sts.amazonaws.com", SUBJECT, 600);
        var forged = genuine.substring(0, genuine.lastIndexOf('.') + 1)
                + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]);
        assertThatThrownBy(() -> assumeRoleWithWebIdentity(forged)).hasMessageContaining("verification key");
        simulator.addProvider(new OidcProvider(ISSUER, Set.of("other"), Map.of()));
        assertThat(refused(() -> assumeRoleWithWebIdentity(token("sts.amazonaws.com", SUBJECT, 600))))
                .isEqualTo("InvalidIdentityToken: Incorrect token audience");
    }

    @Test
    void aTrustPolicyMayNameAudiences() {
        simulator.addRole(role(new Role.Trust.WebIdentity(ISSUER, Set.of(), Set.of("special"))));
        simulator.addProvider(new OidcProvider(ISSUER, Set.of("special", "sts.amazonaws.com"), Map.of()));
        assertThat(refused(() -> assumeRoleWithWebIdentity(token("sts.amazonaws.com", SUBJECT, 600))))
                .startsWith("AccessDenied");
        assertThat(zonesSeen(assumeRoleWithWebIdentity(token("special", SUBJECT, 600))))
                .isEqualTo(1);
    }

    @Test
    void whoTheCallerIsIsNobodysBusinessUnlessAllowed() {
        assertThat(refused(keys::getCallerIdentity)).startsWith("AccessDenied: ");
        simulator.setPolicy(simulator.userArn("acme53"), IamPolicy.nothing().allowing("sts:GetCallerIdentity", "*"));
        assertThat(keys.getCallerIdentity().arn()).isEqualTo(simulator.userArn("acme53"));
    }

    @Test
    void keysAreVerifiedAndFaultsStrikeHereToo() {
        try (var wrong = sts(credentials(new AccessKey(simulator.accessKey().id(), "wrong")))) {
            assertThat(refused(() -> wrong.assumeRole(r -> r.roleArn(ROLE).roleSessionName("x1"))))
                    .startsWith("SignatureDoesNotMatch: ");
        }
        simulator.failNext(Operation.ASSUME_ROLE, Fault.internalFailure(), 1);
        assertThat(refused(this::assumeRole)).startsWith("InternalFailure: ");
        assertThat(refused(() -> keys.getSessionToken())).startsWith("InvalidAction: ");
    }

    private Credentials assumeRole() {
        return keys.assumeRole(r -> r.roleArn(ROLE).roleSessionName("cert-manager"))
                .credentials();
    }

    private Credentials assumeRoleWithWebIdentity(String token) {
        return anonymous
                .assumeRoleWithWebIdentity(
                        r -> r.roleArn(ROLE).roleSessionName("cert-manager").webIdentityToken(token))
                .credentials();
    }

    private static String refused(Runnable call) {
        var thrown = catchThrowableOfType(StsException.class, call::run);
        return thrown.awsErrorDetails().errorCode() + ": "
                + thrown.awsErrorDetails().errorMessage();
    }

    private int zonesSeen(Credentials session) {
        try (var client = Route53Client.builder()
                .endpointOverride(simulator.route53Endpoint())
                .region(Region.EU_CENTRAL_1)
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
                .credentialsProvider(credentials(session))
                .build()) {
            return client.listHostedZonesByName().hostedZones().size();
        }
    }

    private static Role role(Role.Trust trust) {
        return new Role(ROLE, IamPolicy.documented(), List.of(trust));
    }

    private static Role trustingTokens() {
        return role(new Role.Trust.WebIdentity(ISSUER, Set.of(SUBJECT), Set.of()));
    }

    private String token(String audience, String subject, int seconds) {
        var head = base64("{\"alg\":\"ES256\",\"kid\":\"k1\"}".getBytes(StandardCharsets.UTF_8));
        var claims = "{\"iss\":\"%s\",\"sub\":\"%s\",\"aud\":[\"%s\"],\"exp\":%d}"
                .formatted(ISSUER, subject, audience, clock.instant().getEpochSecond() + seconds);
        var signed = head + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
        try {
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(signer.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    private static KeyPair keyPair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private StsClient sts(AwsCredentialsProvider provider) {
        return StsClient.builder()
                .endpointOverride(simulator.stsEndpoint())
                .region(Region.EU_CENTRAL_1)
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
                .credentialsProvider(provider)
                .build();
    }

    private static AwsCredentialsProvider credentials(AccessKey key) {
        return provider(AwsBasicCredentials.create(key.id(), key.secret()));
    }

    private static AwsCredentialsProvider credentials(Credentials session) {
        return provider(
                AwsSessionCredentials.create(session.accessKeyId(), session.secretAccessKey(), session.sessionToken()));
    }

    private static AwsCredentialsProvider provider(AwsCredentials credentials) {
        return StaticCredentialsProvider.create(credentials);
    }
}
