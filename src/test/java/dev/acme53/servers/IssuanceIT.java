package dev.acme53.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.sim.Simulator;
import dev.acme53.sim.SimulatorSettings;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Dns01Challenge;
import org.shredzone.acme4j.connector.Connection;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.provider.GenericAcmeProvider;
import org.shredzone.acme4j.util.CSRBuilder;

/// The CA and the simulator's DNS find each other, with no controller between them.
class IssuanceIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void aNameProvenInDnsGetsAChainUnderAnIssuanceRoot() throws Exception {
        try (var simulator = Simulator.start(SimulatorSettings.defaults());
                var ca = TestServers.newAcmeCa(PebbleSettings.resolvingAt(simulator.dnsAddress()))) {
            var zone = simulator.createZone("example.com");
            var account = new AccountBuilder()
                    .agreeToTermsOfService()
                    .useKeyPair(PrivateCa.rsa())
                    .create(session(ca));
            var order = account.newOrder().domain("www.example.com").create();
            for (var authorization : order.getAuthorizations()) {
                var challenge =
                        authorization.findChallenge(Dns01Challenge.class).orElseThrow();
                simulator.addRecord(zone, "_acme-challenge.www.example.com", "TXT", '"' + challenge.getDigest() + '"');
                challenge.trigger();
                var status = challenge.waitForCompletion(LIMIT);
                assertThat(status).as("%s", challenge.getError()).isEqualTo(Status.VALID);
            }
            var request = new CSRBuilder();
            request.addDomain("www.example.com");
            request.sign(PrivateCa.rsa());
            order.execute(request.getCSR());
            assertThat(order.waitForCompletion(LIMIT)).isEqualTo(Status.VALID);

            var chain = order.getCertificate().getCertificateChain();

            chain.get(0).verify(chain.get(1).getPublicKey());
            chain.getLast().verify(ca.issuanceRoots().getFirst().getPublicKey());
        }
    }

    @Test
    void aNameWhoseTextRecordIsAnotherIsRefused() throws Exception {
        try (var simulator = Simulator.start(SimulatorSettings.defaults());
                var ca = TestServers.newAcmeCa(PebbleSettings.resolvingAt(simulator.dnsAddress()))) {
            simulator.addRecord(
                    simulator.createZone("example.com"),
                    "_acme-challenge.www.example.com",
                    "TXT",
                    "\"not the digest\"");
            var account = new AccountBuilder()
                    .agreeToTermsOfService()
                    .useKeyPair(PrivateCa.rsa())
                    .create(session(ca));
            var order = account.newOrder().domain("www.example.com").create();
            var challenge = order.getAuthorizations()
                    .getFirst()
                    .findChallenge(Dns01Challenge.class)
                    .orElseThrow();
            challenge.trigger();
            assertThat(challenge.waitForCompletion(LIMIT)).isEqualTo(Status.INVALID);
            assertThat(challenge.getError())
                    .hasValueSatisfying(problem -> assertThat(problem.getType())
                            .isEqualTo(URI.create("urn:ietf:params:acme:error:unauthorized")));
        }
    }

    private static Session session(AcmeCa ca) throws Exception {
        var root = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(ca.tlsRoot().getBytes(StandardCharsets.US_ASCII)));
        return new Session(ca.directory(), new GenericAcmeProvider() {
            @Override
            public Connection connect(URI server, NetworkSettings settings, HttpClient ignored) {
                return super.connect(server, settings, Answers.trusting(root));
            }
        });
    }
}
