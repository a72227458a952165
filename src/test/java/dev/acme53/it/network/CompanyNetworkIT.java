package dev.acme53.it.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.rig.Rig;
import dev.acme53.rig.Tenant;
import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.InspectingProxy;
import dev.acme53.servers.PrivateCa;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.AccessKey;
import dev.acme53.sim.SimulatorSettings;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.SimpleResolver;

/// A cluster whose only way out is a proxy that asks for a login and looks into all TLS. No host of this test resolves
/// for the controller, so what works went through the proxy.
class CompanyNetworkIT {
    private static final String ISSUER = """
            apiVersion: cert-manager.io/v1
            kind: ClusterIssuer
            metadata:
              name: company
            spec:
              acme:
                server: https://acme.company.test/dir
                privateKeySecretRef:
                  name: company-account
                solvers:
                  - dns01:
                      route53: {}
            """;

    private final PrivateCa inFile = new PrivateCa("In SSL_CERT_FILE");
    private final PrivateCa inFolder = new PrivateCa("In SSL_CERT_DIR");
    private final PrivateCa inBundle = new PrivateCa("In AWS_CA_BUNDLE");

    @TempDir
    Path folder;

    @Test
    void everyClientGoesThroughTheProxyTrustsTheCompanysRootsAndKeepsTheMetadataToItself() throws Exception {
        var kubernetes = TestServers.kubernetes();
        try (var rig = Rig.start(kubernetes, SimulatorSettings.defaults(), pebble -> pebble);
                var platform = Tenant.of(rig);
                var doh = new DohServer(rig.route53().dnsAddress());
                var metadata = new MetadataServer(rig.route53().accessKey());
                var proxy = InspectingProxy.askingFor("jane", "se cr@t")) {
            rig.route53().createZone("shop.test");
            var namespace = platform.namespace().name();
            var identity = kubernetes.serviceAccount(namespace, "controller");
            var binding = new ClusterRoleBindingBuilder()
                    .withNewMetadata()
                    .withName("company-" + namespace)
                    .endMetadata()
                    .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                    .addNewSubject("", "ServiceAccount", "controller", namespace)
                    .build();
            platform.client().resource(binding).create();
            proxy.inspecting("kubernetes.company.test:443", URI.create(identity.getMasterUrl()), inFile)
                    .inspecting("acme.company.test:443", rig.ca().directory(), inFile)
                    .inspecting("doh.company.test:443", doh.url(), inFolder)
                    .inspecting("route53.amazonaws.com:443", rig.route53().route53Endpoint(), inBundle);
            identity.setMasterUrl("https://kubernetes.company.test/");
            var noProfiles = Files.createFile(folder.resolve("no-profiles")).toString();
            try (var controller = ControllerProcess.as(identity)
                    .flags(
                            "--leader-elect=false",
                            "--cluster-resource-namespace=" + namespace,
                            "--dns01-recursive-nameservers=https://doh.company.test/dns-query",
                            "--dns01-recursive-nameservers-only",
                            "--v=4")
                    .environment("HTTPS_PROXY", "http://jane:se%20cr%40t@" + proxy.address())
                    .environment("http_proxy", "http://jane:se%20cr%40t@" + proxy.address())
                    .environment("SSL_CERT_FILE", written("file.pem", inFile))
                    .environment("SSL_CERT_DIR", folder(inFolder))
                    .environment("AWS_CA_BUNDLE", written("aws.pem", inBundle))
                    .environment("AWS_REGION", "us-east-1")
                    .environment("AWS_CONFIG_FILE", noProfiles)
                    .environment("AWS_SHARED_CREDENTIALS_FILE", noProfiles)
                    .environment(
                            "AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.url().toString())
                    .ready()) {
                platform.apply(ISSUER);
                platform.certificate("www", "ClusterIssuer", "company", "www.shop.test");
                platform.awaitIssued("www");
                assertThat(proxy.requests())
                        .contains(
                                "CONNECT kubernetes.company.test:443",
                                "CONNECT acme.company.test:443",
                                "CONNECT doh.company.test:443",
                                "CONNECT route53.amazonaws.com:443")
                        .allMatch(request -> request.matches("(407 )?CONNECT [a-z0-9.]+:443"));
                assertThat(metadata.requests()).contains("PUT /latest/api/token");
                assertThat(controller.log())
                        .contains("https_proxy=\"" + proxy.address() + "\"")
                        .doesNotContain("se cr@t", "se%20cr%40t", basic());
                controller.stop();
            } finally {
                platform.client()
                        .resources(ClusterIssuer.class)
                        .withName("company")
                        .delete();
                platform.client().resource(binding).delete();
            }
        }
    }

    static List<List<String>> refusals() {
        return List.of(
                List.of(
                        "SSL_CERT_FILE",
                        "/nowhere/ca.pem",
                        "/nowhere/ca.pem cannot be read: no such file or directory"),
                List.of("SSL_CERT_DIR", "/nowhere", "/nowhere cannot be read: no such file or directory"),
                List.of("AWS_CA_BUNDLE", "/dev/null", "/dev/null holds no certificate (PEM)"),
                List.of(
                        "https_proxy",
                        "socks5://jane:s3cret@127.0.0.1:1",
                        "only proxies with an http:// URL are served"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aVariableThatCannotBeUsedEndsItWithOneLine(List<String> row) {
        try (var controller = ControllerProcess.with(TestServers.kubernetes())
                .environment(row.getFirst(), row.get(1))
                .now()) {
            assertThat(controller.awaitEnd()).isEqualTo(1);
            assertThat(controller.log()).isEqualTo("acme53: " + row.getFirst() + ": " + row.getLast() + "\n");
        }
    }

    private static String basic() {
        return Base64.getEncoder().encodeToString("jane:se cr@t".getBytes(StandardCharsets.UTF_8));
    }

    private String written(String name, PrivateCa ca) throws IOException {
        return Files.writeString(folder.resolve(name), ca.rootPem()).toString();
    }

    private String folder(PrivateCa ca) throws IOException {
        var more = Files.createDirectories(folder.resolve("more"));
        Files.writeString(more.resolve("company.crt"), ca.rootPem());
        return more.toString();
    }

    /// DNS over HTTPS, less the TLS, in front of a name server.
    private record DohServer(HttpServer server) implements AutoCloseable {
        DohServer(InetSocketAddress dns) throws IOException {
            this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            server.createContext("/dns-query", exchange -> {
                var query = new Message(exchange.getRequestBody().readAllBytes());
                var answer = new SimpleResolver(dns).send(query).toWire();
                exchange.getResponseHeaders().set("Content-Type", "application/dns-message");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            server.start();
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    /// Instance metadata, version 2, of an instance whose role has `key`.
    private static final class MetadataServer implements AutoCloseable {
        private final HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        private final List<String> requests = new CopyOnWriteArrayList<>();

        MetadataServer(AccessKey key) throws IOException {
            server.createContext("/", exchange -> {
                var path = exchange.getRequestURI().getPath();
                requests.add(exchange.getRequestMethod() + " " + path);
                var body = switch (path) {
                    case "/latest/api/token" -> "token";
                    case "/latest/meta-data/iam/security-credentials/" -> "node";
                    case "/latest/meta-data/iam/security-credentials/node" -> """
                            {"Code": "Success", "Type": "AWS-HMAC", "AccessKeyId": "%s", "SecretAccessKey": "%s",
                             "LastUpdated": "2020-01-01T00:00:00Z", "Expiration": "2099-01-01T00:00:00Z"}
                            """.formatted(key.id(), key.secret());
                    default -> "";
                };
                var octets = body.getBytes(StandardCharsets.US_ASCII);
                exchange.getResponseHeaders().set("X-aws-ec2-metadata-token-ttl-seconds", "21600");
                exchange.sendResponseHeaders(body.isEmpty() ? 404 : 200, body.isEmpty() ? -1 : octets.length);
                exchange.getResponseBody().write(octets);
                exchange.close();
            });
            server.start();
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        List<String> requests() {
            return requests;
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
