package dev.acme53.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Objects to Java and back, with a plain ObjectMapper and with the client's.
class JsonFormTest {
    static Stream<ObjectMapper> mappers() {
        var ofClient = new ObjectMapper();
        var _ = new KubernetesSerialization(ofClient, true);
        return Stream.of(new JsonMapper(), ofClient);
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void otherIssuerTypesSolversAndProvidersSurviveAsTheyAre(ObjectMapper mapper) {
        var issuer = """
                apiVersion: cert-manager.io/v1
                kind: Issuer
                metadata: {name: other}
                spec:
                  selfSigned: {}
                  vault: {path: pki, auth: {tokenSecretRef: {name: t, key: k}}, deep: [1, 2.5, null, true, {a: []}]}
                  acme:
                    server: https://acme.test/directory
                    privateKeySecretRef: {name: ""}
                    solvers:
                      - http01: {ingress: {}}
                      - dns01: {cloudflare: {email: a@example.com, empty: {}, none: ""}, webhook: {config: [[]]}}
                      - dns01: {newProvider: {x: 1}, route53: {newSetting: 1}}
                        newSolver: {}
                      - dns01: {route53: {}}
                        selector: {}
                status: {}
                """;
        assertThat(written(mapper, issuer, Issuer.class)).isEqualTo(tree(issuer));
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void whatGoWritesEvenWhenEmptyIsReadAsUnsetAndWrittenBack(ObjectMapper mapper) {
        var challenge = """
                apiVersion: acme.cert-manager.io/v1
                kind: Challenge
                metadata: {name: c}
                spec:
                  url: u
                  authorizationURL: a
                  dnsName: d
                  wildcard: false
                  type: DNS-01
                  token: t
                  key: k
                  solver: {dns01: {route53: {secretAccessKeySecretRef: {name: ""}}}}
                  issuerRef: {name: le}
                status: {processing: false, presented: false}
                """;
        assertThat(written(mapper, challenge, Challenge.class)).isEqualTo(tree(challenge));
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void aFullCertificateKeepsEveryField(ObjectMapper mapper) {
        var certificate = """
                apiVersion: cert-manager.io/v1
                kind: Certificate
                metadata: {name: full, generation: 3}
                spec:
                  subject: {organizations: [o], countries: [c], organizationalUnits: [u], localities: [l], provinces: [p],
                    streetAddresses: [s], postalCodes: [pc], serialNumber: n}
                  literalSubject: CN=x
                  commonName: x
                  duration: 2160h
                  renewBefore: 1.5h
                  renewBeforePercentage: 25
                  renewal: {policy: RenewBefore, windows: [{timezone: Europe/Berlin, windowDuration: 2h, cron: 0 2 * * *}]}
                  dnsNames: [example.com, "*.example.com"]
                  ipAddresses: [192.0.2.1]
                  uris: [spiffe://x]
                  otherNames: [{oid: 1.2.3, utf8Value: v}]
                  emailAddresses: [a@example.com]
                  secretName: full-tls
                  secretTemplate: {annotations: {a: b}, labels: {c: d}}
                  keystores:
                    jks: {create: true, alias: "", passwordSecretRef: {name: p, key: k}}
                    pkcs12: {create: false, profile: Modern2023, passwordSecretRef: {name: ""}, password: ""}
                  issuerRef: {name: le, kind: ClusterIssuer, group: cert-manager.io}
                  isCA: true
                  usages: [digital signature, s/mime, netscape sgc]
                  privateKey: {rotationPolicy: Never, encoding: PKCS8, algorithm: Ed25519, size: 9007199254740991}
                  signatureAlgorithm: PureEd25519
                  encodeUsagesInRequest: false
                  revisionHistoryLimit: 2
                  additionalOutputFormats: [{type: DER}, {type: CombinedPEM}]
                  nameConstraints: {critical: true, permitted: {dnsDomains: [a], ipRanges: [192.0.2.0/24],
                    emailAddresses: [b], uriDomains: [c]}, excluded: {}}
                status:
                  conditions:
                    - {type: Ready, status: "True", lastTransitionTime: "2026-01-02T03:04:05Z", reason: Ready, message: m,
                       observedGeneration: 3}
                  lastFailureTime: "2026-01-02T03:04:05Z"
                  notBefore: "2026-01-02T03:04:00Z"
                  notAfter: "2026-04-02T00:00:00Z"
                  renewalTime: "2026-03-02T03:04:05Z"
                  revision: 0
                  nextPrivateKeySecretName: ""
                  failedIssuanceAttempts: 4
                  acme: {ari: {suggestedWindow: {start: "2026-01-02T03:04:05Z", end: "2026-01-03T03:04:05Z"},
                    explanationURL: https://x, lastError: e, lastChecked: "2026-01-02T03:04:05Z",
                    nextCheck: "2026-01-02T09:04:05Z"}}
                """;
        assertThat(written(mapper, certificate, Certificate.class)).isEqualTo(tree(certificate));
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void anObjectWithoutStatusOrSpecHasEmptyOnes(ObjectMapper mapper) {
        var certificate = read(
                mapper, "{apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: x}}", Certificate.class);
        assertThat(certificate.statusOrEmpty()).isEqualTo(CertificateStatus.empty());
        assertThat(certificate.getStatus()).isEqualTo(CertificateStatus.empty());
        assertThat(certificate.getSpec().secretName()).isEmpty();
        assertThat(certificate.getSpec().issuerRef().kindOrDefault()).isEqualTo("Issuer");
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void aFieldOrValueThatWeDoNotKnowDoesNotHideTheObject(ObjectMapper mapper) {
        var order = read(mapper, """
                apiVersion: acme.cert-manager.io/v1
                kind: Order
                metadata: {name: o}
                future: 1
                spec: {request: "%%%", issuerRef: {name: le, future: 1}, future: {}}
                status: {state: deactivated, failureTime: yesterday, future: 1, authorizations: [{url: u, future: 1}]}
                """, Order.class);
        assertThat(order.getStatus().state()).isNull();
        assertThat(order.getStatus().failureTime()).isNull();
        assertThat(order.getSpec().request().text()).isEqualTo("%%%");
        assertThat(order.getStatus().authorizations()).hasSize(1);
    }

    @Test
    void aTimeWithAnOffsetAndFractionsIsTheSameSecond() {
        var order = read(
                new JsonMapper(),
                "{apiVersion: acme.cert-manager.io/v1, kind: Order, status: {failureTime: '2026-01-02T05:04:05.999+02:00'}}",
                Order.class);
        assertThat(order.getStatus().failureTime()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(order.getStatus().withFailureTime(Instant.parse("2026-01-02T03:04:05.5Z")))
                .isEqualTo(order.getStatus());
    }

    @Test
    void base64IsReadWithLineEndsAsGoReadsIt() {
        assertThat(Bytes.fromBase64("SGVs\r\nbG8=\n").text()).isEqualTo("Hello");
        assertThat(Bytes.ofText("Hello").base64()).isEqualTo("SGVsbG8=");
        assertThat(Bytes.ofText("Hello")).hasToString("5 bytes");
    }

    @Test
    void aKeystorePasswordIsInNoText() {
        var certificate = read(new JsonMapper(), """
                apiVersion: cert-manager.io/v1
                kind: Certificate
                spec:
                  keystores: {jks: {create: true, password: hush}, pkcs12: {create: true, password: hush}}
                """, Certificate.class);
        assertThat(certificate.getSpec().keystores().jks().password()).isEqualTo("hush");
        assertThat(certificate.toString()).contains("JksKeystore").doesNotContain("hush");
    }

    private static <T> T read(ObjectMapper mapper, String yaml, Class<T> kind) {
        try {
            return mapper.treeToValue(tree(yaml), kind);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T extends CustomResource<?, ?>> JsonNode written(ObjectMapper mapper, String yaml, Class<T> kind) {
        try {
            var object = read(mapper, yaml, kind);
            assertThat((Object) object).isInstanceOf(kind);
            return mapper.readTree(mapper.writeValueAsString(object));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode tree(String yaml) {
        try {
            return new JsonMapper().readTree(new JsonMapper().writeValueAsString(new YAMLMapper().readTree(yaml)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
