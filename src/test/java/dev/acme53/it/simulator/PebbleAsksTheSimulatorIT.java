package dev.acme53.it.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.servers.AcmeCa;
import dev.acme53.servers.PebbleSettings;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.RecordChange;
import dev.acme53.sim.RecordSet;
import dev.acme53.sim.Simulator;
import dev.acme53.sim.SimulatorSettings;
import dev.acme53.sim.Zone;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Dns01Challenge;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

/// A strict CA finds in the simulator's DNS what was written into its zones, and only once it is INSYNC.
class PebbleAsksTheSimulatorIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Simulator simulator = Simulator.start(SimulatorSettings.defaults());
    private final AcmeCa pebble = TestServers.newAcmeCa(PebbleSettings.resolvingAt(simulator.dnsAddress()));
    private final Zone zone = simulator.createZone("example.com");
    private final Zone delegated = simulator.createZone("delegated.test");
    private Login login;

    @BeforeEach
    void register() throws Exception {
        var keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(256);
        var session = new Session(pebble.directory(), trusting(pebble.tlsRoot()));
        login = new AccountBuilder()
                .agreeToTermsOfService()
                .useKeyPair(keys.generateKeyPair())
                .createLogin(session);
    }

    @AfterEach
    void stop() {
        pebble.close();
        simulator.close();
    }

    @Test
    void apexWildcardAndDelegatedNamesAreProven() throws Exception {
        simulator.addRecord(zone, "_acme-challenge.www.example.com", "CNAME", "www.delegated.test.");
        var order = login.newOrder()
                .domains("example.com", "*.example.com", "www.example.com")
                .create();
        for (var authorization : order.getAuthorizations()) {
            var name = authorization.getIdentifier().getDomain();
            write(
                    name.equals("www.example.com") ? delegated : zone,
                    name.equals("www.example.com") ? "www.delegated.test" : "_acme-challenge." + name,
                    challenge(authorization));
        }
        for (var authorization : order.getAuthorizations()) {
            var challenge = challenge(authorization);
            challenge.trigger();
            assertThat(challenge.waitForCompletion(PATIENCE))
                    .as(authorization.getIdentifier().getDomain() + " " + challenge.getError())
                    .isEqualTo(Status.VALID);
        }
        assertThat(order.waitUntilReady(PATIENCE)).isEqualTo(Status.READY);
    }

    @Test
    void aRecordThatIsStillPendingProvesNothing() throws Exception {
        simulator.settings().insyncAfter(Duration.ofHours(1));
        var order = login.newOrder().domain("example.com").create();
        var challenge = challenge(order.getAuthorizations().getFirst());
        write(zone, "_acme-challenge.example.com", challenge);
        challenge.trigger();
        assertThat(challenge.waitForCompletion(PATIENCE)).isEqualTo(Status.INVALID);
        assertThat(challenge.getError().flatMap(Problem::getDetail).orElseThrow())
                .contains("_acme-challenge.example.com");
    }

    private void write(Zone where, String name, Dns01Challenge challenge) {
        simulator.submit(
                where, new RecordChange(RecordChange.Action.UPSERT, RecordSet.challenge(name, challenge.getDigest())));
    }

    private static Dns01Challenge challenge(Authorization authorization) {
        return authorization.findChallenge(Dns01Challenge.class).orElseThrow();
    }

    private static GenericAcmeProvider trusting(String pem) throws Exception {
        var roots = KeyStore.getInstance(KeyStore.getDefaultType());
        roots.load(null);
        roots.setCertificateEntry(
                "root",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        var tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return new GenericAcmeProvider() {
            @Override
            public HttpClient createHttpClient(NetworkSettings settings) {
                return HttpClient.newBuilder().sslContext(tls).build();
            }
        };
    }
}
