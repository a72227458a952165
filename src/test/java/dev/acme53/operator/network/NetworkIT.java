package dev.acme53.operator.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acme53.acme.AcmeAccounts;
import dev.acme53.acme.AcmeFailure;
import dev.acme53.acme.AcmeResult;
import dev.acme53.acme.AcmeServer;
import dev.acme53.acme.HttpSettings;
import dev.acme53.acme.Registration;
import dev.acme53.servers.AcmeCa;
import dev.acme53.servers.InspectingProxy;
import dev.acme53.servers.PebbleSettings;
import dev.acme53.servers.PrivateCa;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.Simulator;
import dev.acme53.sim.SimulatorSettings;
import dev.acme53.x509.KeySpec;
import dev.acme53.x509.PrivateKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.Route53ClientBuilder;

/// Each client by itself, behind a proxy that looks into TLS.
class NetworkIT {
    private static final PrivateCa COMPANY = new PrivateCa("Company");
    private static final URI CA = URI.create("https://acme.company.test/dir");

    private static Simulator simulator;
    private static AcmeCa pebble;
    private static InspectingProxy proxy;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(SimulatorSettings.defaults());
        pebble = TestServers.newAcmeCa(PebbleSettings.resolvingAt(simulator.dnsAddress()));
        proxy = InspectingProxy.open()
                .inspecting("acme.company.test:443", pebble.directory(), COMPANY)
                .inspecting("route53.amazonaws.com:443", simulator.route53Endpoint(), COMPANY);
    }

    @AfterAll
    static void stop() {
        proxy.close();
        pebble.close();
        simulator.close();
    }

    private Network network(String... trusting) throws IOException {
        var environment = new HashMap<>(Map.of("HTTPS_PROXY", "http://" + proxy.address()));
        var file = Files.writeString(folder.resolve("company.pem"), COMPANY.rootPem());
        for (var variable : trusting) {
            environment.put(variable, file.toString());
        }
        return Network.of(environment);
    }

    private static AcmeResult<?> register(Network network, Optional<String> bundle, boolean anyone) {
        return AcmeAccounts.over(
                        HttpSettings.of(
                                network.proxySelector(), network::proxyAuthorization, network.tls(), "acme53-test"),
                        _ -> {},
                        InstantSource.system())
                .register(
                        new AcmeServer(CA, bundle, anyone),
                        PrivateKeys.generate(KeySpec.DEFAULT),
                        new Registration(Optional.empty(), Optional.empty()));
    }

    @Test
    void aCaIsReachedThroughTheProxyBySslCertFile() throws IOException {
        assertThat(register(network("SSL_CERT_FILE"), Optional.empty(), false)).isInstanceOf(AcmeResult.Answer.class);
        assertThat(proxy.requests()).contains("CONNECT acme.company.test:443");
    }

    @Test
    void anIssuersBundleAndItsSkippedCheckGoOnToCountBehindAProxy() throws IOException {
        assertThat(register(network(), Optional.of(COMPANY.rootPem()), false)).isInstanceOf(AcmeResult.Answer.class);
        assertThat(register(network(), Optional.empty(), true)).isInstanceOf(AcmeResult.Answer.class);
    }

    @Test
    void aRootForAwsIsNoneForACa() throws IOException {
        var refused = switch (register(network("AWS_CA_BUNDLE"), Optional.empty(), false)) {
            case AcmeResult.Answer<?> _ -> "registered";
            case AcmeResult.Refused<?>(AcmeFailure failure) -> failure.message();
        };
        assertThat(refused).containsIgnoringCase("certificate");
    }

    @Test
    void anIssuersBundleStandsInsteadOfAllOtherRoots() throws IOException {
        var other = new PrivateCa("Other").rootPem();
        assertThat(register(network("SSL_CERT_FILE"), Optional.of(other), false))
                .isInstanceOf(AcmeResult.Refused.class);
    }

    private static Route53ClientBuilder route53(Network network) {
        var key = simulator.accessKey();
        return Route53Client.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())))
                .httpClient(network.aws());
    }

    @Test
    void awsIsReachedThroughTheProxyByEitherVariable() throws IOException {
        for (var variable : new String[] {"AWS_CA_BUNDLE", "SSL_CERT_FILE"}) {
            try (var client = route53(network(variable)).build()) {
                assertThat(client.listHostedZonesByName().hasHostedZones()).isTrue();
            }
        }
        assertThat(proxy.requests()).contains("CONNECT route53.amazonaws.com:443");
    }

    @Test
    void withoutThemAwsIsNotTrusted() throws IOException {
        try (var client = route53(network()).build()) {
            assertThatThrownBy(client::listHostedZonesByName)
                    .isInstanceOf(SdkClientException.class)
                    .hasRootCauseMessage("unable to find valid certification path to requested target");
        }
    }

    @Test
    void withoutTlsTheLoginGoesWithEachRequest() {
        try (var asking = InspectingProxy.askingFor("jane", "s3cret")
                        .passing("route53.company.test:80", simulator.route53Endpoint());
                var client = route53(Network.of(Map.of("http_proxy", "http://jane:s3cret@" + asking.address())))
                        .endpointOverride(URI.create("http://route53.company.test"))
                        .build()) {
            assertThat(client.listHostedZonesByName().hasHostedZones()).isTrue();
            assertThat(asking.requests())
                    .containsExactly("GET http://route53.company.test/2013-04-01/hostedzonesbyname");
        }
    }
}
