package dev.acme53.it.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acme53.api.Certificate;
import dev.acme53.api.Challenge;
import dev.acme53.api.Issuer;
import dev.acme53.servers.TestNamespace;
import dev.acme53.servers.TestServers;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The six CustomResourceDefinitions as a whole: applied, listed by `kubectl get`, read and written by our types.
class CrdsIT {
    private static final String CORE = "/apis/cert-manager.io/v1";
    private static final String ACME = "/apis/acme.cert-manager.io/v1";
    private static KubernetesClient client;
    private static TestNamespace namespace;

    @BeforeAll
    static void open() {
        client = TestServers.kubernetes().client();
        namespace = TestServers.kubernetes().freshNamespace();
    }

    @AfterAll
    static void close() {
        namespace.close();
        client.close();
    }

    static Stream<Path> files() throws Exception {
        try (var files = Files.list(Path.of("crds"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileIsAppliedServerSideAsItIsAndNothingOfItIsLost(Path file) throws Exception {
        var text = Files.readString(file);
        var wanted = Api.yaml(text);
        var path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/"
                + wanted.at("/metadata/name").asText();
        var answer = send(request(path + "?fieldManager=files&force=true&fieldValidation=Strict")
                .method("PATCH", "application/apply-patch+yaml", text)
                .build());
        assertThat(missing("", wanted, answer)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /apis/cert-manager.io/v1      | certificates        | Name Ready Secret Age | Issuer Status
            /apis/cert-manager.io/v1      | certificaterequests | Name Approved Denied Ready Issuer Requester Age | Status
            /apis/cert-manager.io/v1      | issuers             | Name Ready Age | Status
            /apis/cert-manager.io/v1      | clusterissuers      | Name Ready Age | Status
            /apis/acme.cert-manager.io/v1 | orders              | Name State Age | Issuer Reason
            /apis/acme.cert-manager.io/v1 | challenges          | Name State Domain Age | Reason
            """)
    void kubectlGetShowsThePeersColumnsInItsOrder(String group, String plural, String narrow, String wide)
            throws Exception {
        var table = table(group + "/" + plural);
        var columns = table.get("columnDefinitions");
        assertThat(named(columns, 0)).isEqualTo(narrow);
        assertThat(named(columns, 1)).isEqualTo(wide);
    }

    @Test
    void theColumnsOfACertificateShowItsConditions() throws Exception {
        var certificates = new Api(client, CORE + "/namespaces/" + namespace.name() + "/certificates");
        var stored = certificates.create(Api.yaml("""
                apiVersion: cert-manager.io/v1
                kind: Certificate
                metadata: {name: shown}
                spec: {secretName: shown-tls, issuerRef: {name: le}, dnsNames: [example.com]}
                """));
        certificates.replaceStatus(Api.merged(stored, Api.yaml("""
                status:
                  conditions:
                    - {type: Issuing, status: "True", message: issuing}
                    - {type: Ready, status: "False", message: not yet}
                """)));
        var row = table(CORE + "/namespaces/" + namespace.name() + "/certificates?fieldSelector=metadata.name=shown")
                .at("/rows/0/cells");
        var cells = new ArrayList<String>();
        row.forEach(c -> cells.add(c.asText()));
        assertThat(cells.subList(0, 5)).containsExactly("shown", "False", "shown-tls", "le", "not yet");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            /apis/cert-manager.io/v1      | certificates        | cert certs | cert-manager
            /apis/cert-manager.io/v1      | certificaterequests | cr crs     | cert-manager
            /apis/cert-manager.io/v1      | issuers             | iss        | cert-manager
            /apis/cert-manager.io/v1      | clusterissuers      | ciss       | cert-manager
            /apis/acme.cert-manager.io/v1 | orders              | -          | cert-manager cert-manager-acme
            /apis/acme.cert-manager.io/v1 | challenges          | -          | cert-manager cert-manager-acme
            """)
    void theShortNamesAndCategoriesAreThePeers(String group, String plural, String shortNames, String categories) {
        var resources = Api.yaml(client.raw(group)).get("resources");
        for (var resource : resources) {
            if (resource.get("name").asText().equals(plural)) {
                assertThat(joined(resource.path("shortNames"))).isEqualTo(shortNames == null ? "" : shortNames);
                assertThat(joined(resource.path("categories"))).isEqualTo(categories);
                return;
            }
        }
        throw new AssertionError(plural + " is not served");
    }

    @ParameterizedTest
    @CsvSource({
        CORE + ", certificates",
        CORE + ", certificaterequests",
        ACME + ", orders",
        ACME + ", challenges",
    })
    void objectsCanBeSelectedByTheirIssuer(String group, String plural) {
        var list = client.raw(group + "/" + plural
                + "?fieldSelector=spec.issuerRef.name=nobody,spec.issuerRef.kind=Issuer,spec.issuerRef.group=");
        assertThat(Api.yaml(list).get("items")).isEmpty();
    }

    /// A value that the API server stores and our types cannot read would hide every object of the kind.
    @Test
    void whatTheApiServerStoresOurTypesCanRead() {
        var certificates = new Api(client, CORE + "/namespaces/" + namespace.name() + "/certificates");
        certificates.create(Api.yaml("""
                apiVersion: cert-manager.io/v1
                kind: Certificate
                metadata: {name: extreme}
                spec:
                  secretName: x
                  issuerRef: {name: le, kind: Other, group: example.com}
                  commonName: x
                  dnsNames: ["", "."]
                  uris: null
                  subject: {}
                  renewBeforePercentage: -2147483648
                  revisionHistoryLimit: 2147483647
                  privateKey: {algorithm: Ed25519, size: 9223372036854775807}
                  secretTemplate: {labels: {}, annotations: null}
                  keystores: {}
                  usages: []
                """));
        var stored = certificates.get("extreme");
        certificates.replaceStatus(Api.merged(stored, Api.yaml("""
                status:
                  revision: -9223372036854775808
                  failedIssuanceAttempts: 9223372036854775807
                  notAfter: "9999-12-31T23:59:59Z"
                  notBefore: "0000-01-01T00:00:00Z"
                  renewalTime: "2026-01-02t03:04:05z"
                  lastFailureTime: "2026-01-02T03:04:05.123456789+14:00"
                  conditions: [{type: Ready, status: "True", observedGeneration: 9223372036854775807}]
                """)));
        var read = client.resources(Certificate.class)
                .inNamespace(namespace.name())
                .withName("extreme")
                .get();
        assertThat(read.getSpec().privateKey().size()).isEqualTo(Long.MAX_VALUE);
        assertThat(read.getStatus().revision()).isEqualTo(Long.MIN_VALUE);
        assertThat(read.getStatus().notBefore()).isNotNull();
    }

    @Test
    void anIssuerOfAnotherTypeIsReadAndWrittenWithoutLoss() {
        var issuers = new Api(client, CORE + "/namespaces/" + namespace.name() + "/issuers");
        var stored = issuers.create(Api.yaml("""
                apiVersion: cert-manager.io/v1
                kind: Issuer
                metadata: {name: others}
                spec:
                  acme:
                    server: https://acme.test/directory
                    privateKeySecretRef: {name: a}
                    solvers:
                      - http01: {ingress: {podTemplate: {spec: {nodeSelector: {a: b}}}}}
                      - dns01: {webhook: {groupName: g, solverName: s, config: {list: [1, {a: null}], text: ""}}}
                """));
        var mine = client.resources(Issuer.class)
                .inNamespace(namespace.name())
                .withName("others")
                .get();
        client.resource(mine).update();
        assertThat(issuers.get("others").get("spec")).isEqualTo(stored.get("spec"));
        assertThat(issuers.get("others").at("/metadata/generation").asInt()).isEqualTo(1);
    }

    @Test
    void aChallengeThatWeWriteIsStoredAsWeMeantIt() {
        var challenge = client.getKubernetesSerialization().unmarshal("""
                        apiVersion: acme.cert-manager.io/v1
                        kind: Challenge
                        metadata: {name: ours}
                        spec: {url: u, authorizationURL: a, dnsName: d, type: DNS-01, token: t, key: k,
                          solver: {dns01: {route53: {hostedZoneID: Z1}}}, issuerRef: {name: le}}
                        """, Challenge.class);
        challenge.getMetadata().setNamespace(namespace.name());
        var stored = client.resource(challenge).create();
        assertThat(stored.getSpec()).isEqualTo(challenge.getSpec());
        assertThat(stored.statusOrEmpty()).isEqualTo(challenge.statusOrEmpty());
    }

    private static JsonNode table(String path) throws Exception {
        return send(request(path)
                .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                .build());
    }

    private static HttpRequest.Builder request(String path) {
        var server = client.getConfiguration().getMasterUrl().replaceAll("/$", "");
        return client.getHttpClient().newHttpRequestBuilder().uri(server + path);
    }

    private static JsonNode send(HttpRequest request) throws Exception {
        var answer = client.getHttpClient().sendAsync(request, String.class).get();
        assertThat(answer.code()).as(answer.bodyString()).isEqualTo(200);
        return Api.yaml(answer.bodyString());
    }

    private static String named(JsonNode columns, int priority) {
        var names = new ArrayList<String>();
        for (var column : columns) {
            if (column.get("priority").asInt() == priority) {
                names.add(column.get("name").asText());
            }
        }
        return String.join(" ", names);
    }

    private static String joined(JsonNode list) {
        var all = new ArrayList<String>();
        list.forEach(e -> all.add(e.asText()));
        return String.join(" ", all);
    }

    /// What of `wanted` is not in `stored`; what the API server adds does not count.
    private static List<String> missing(String path, JsonNode wanted, JsonNode stored) {
        var found = new ArrayList<String>();
        if (wanted.isObject()) {
            wanted.properties()
                    .forEach(
                            m -> found.addAll(missing(path + "/" + m.getKey(), m.getValue(), stored.path(m.getKey()))));
        } else if (wanted.isArray() && wanted.size() == stored.size()) {
            for (var i = 0; i < wanted.size(); i++) {
                found.addAll(missing(path + "/" + i, wanted.get(i), stored.get(i)));
            }
        } else if (!wanted.equals(stored)) {
            found.add(path + ": " + wanted + " is stored as " + stored);
        }
        return found;
    }
}
