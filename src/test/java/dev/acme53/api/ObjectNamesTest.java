package dev.acme53.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The vectors of behaviour.md §0.5, and the rule of §1.5 for requests.
class ObjectNamesTest {
    @Test
    void anOrderIsNamedByItsRequestAndTheHashOfItsSpec() {
        var spec = spec(OrderSpec.class, """
                issuerRef: {name: le, kind: ClusterIssuer, group: cert-manager.io}
                commonName: example.com
                dnsNames: [example.com, "*.example.com"]
                request: bm90IGhhc2hlZA==
                """);
        assertThat(ObjectNames.order("example-com-1", spec)).isEqualTo("example-com-1-694339985");
    }

    @Test
    void aDurationIsHashedInItsCanonicalForm() {
        var spec = spec(OrderSpec.class, """
                issuerRef: {name: le}
                dnsNames: [a.example.com]
                duration: 2160h
                profile: shortlived
                """);
        assertThat(ObjectNames.order("example-com-1", spec)).isEqualTo("example-com-1-104708514");
    }

    @Test
    void aLongRequestNameIsCutAndHashedItself() {
        var spec = spec(OrderSpec.class, """
                issuerRef: {name: le}
                dnsNames: [a.example.com]
                """);
        assertThat(ObjectNames.order("a".repeat(58) + "b.example.io-3", spec)).isEqualTo("a".repeat(52) + "-410966490");
    }

    @Test
    void aChallengeIsNamedByItsOrderAndTheHashOfItsSpecWithoutTheKey() {
        var spec = spec(ChallengeSpec.class, """
                url: https://acme.test/chall/1
                authorizationURL: https://acme.test/authz/1
                dnsName: example.com
                wildcard: true
                type: DNS-01
                token: tok_EN-1
                key: not-hashed
                solver:
                  selector: {dnsZones: [example.com]}
                  dns01: {route53: {hostedZoneID: Z1, region: eu-west-1}}
                issuerRef: {name: le, kind: ClusterIssuer, group: cert-manager.io}
                """);
        assertThat(HashedSpecs.challenge(spec))
                .isEqualTo("{\"url\":\"https://acme.test/chall/1\",\"authorizationURL\":\"https://acme.test/authz/1\","
                        + "\"dnsName\":\"example.com\",\"wildcard\":true,\"type\":\"DNS-01\",\"token\":\"tok_EN-1\","
                        + "\"key\":\"\",\"solver\":{\"selector\":{\"dnsZones\":[\"example.com\"]},\"dns01\":{\"route53\":"
                        + "{\"secretAccessKeySecretRef\":{\"name\":\"\"},\"hostedZoneID\":\"Z1\",\"region\":\"eu-west-1\"}}},"
                        + "\"issuerRef\":{\"name\":\"le\",\"kind\":\"ClusterIssuer\",\"group\":\"cert-manager.io\"}}");
        assertThat(ObjectNames.challenge("example-com-1-3104426127", spec))
                .isEqualTo("example-com-1-3104426127-1882917036");
    }

    @Test
    void theSolverIsWrittenInTheOrderOfThePeersStructs() {
        var spec = spec(ChallengeSpec.class, """
                url: https://acme.test/c?a=1&b=<2>
                authorizationURL: https://acme.test/a
                dnsName: example.com
                type: DNS-01
                token: t
                key: k
                solver:
                  waitInsteadOfSelfCheck: 90s
                  selector: {dnsNames: [b], matchLabels: {z: "1", a: "2"}}
                  dns01:
                    webhook: {groupName: g}
                    cloudflare: {email: e}
                    nameservers: ["1.1.1.1:53"]
                    cnameStrategy: Follow
                    route53:
                      region: r
                      role: arn
                      secretAccessKeySecretRef: {key: k, name: n}
                      accessKeyIDSecretRef: {key: k2, name: n2}
                      accessKeyID: AKIA
                      auth: {kubernetes: {serviceAccountRef: {audiences: [x], name: sa}}}
                issuerRef: {name: le}
                """);
        assertThat(HashedSpecs.challenge(spec))
                .isEqualTo("{\"url\":\"https://acme.test/c?a=1\\u0026b=\\u003c2\\u003e\",\"authorizationURL\":"
                        + "\"https://acme.test/a\",\"dnsName\":\"example.com\",\"wildcard\":false,\"type\":\"DNS-01\","
                        + "\"token\":\"t\",\"key\":\"\",\"solver\":{\"selector\":{\"matchLabels\":{\"a\":\"2\",\"z\":\"1\"},"
                        + "\"dnsNames\":[\"b\"]},\"dns01\":{\"cnameStrategy\":\"Follow\",\"nameservers\":[\"1.1.1.1:53\"],"
                        + "\"cloudflare\":{\"email\":\"e\"},\"route53\":{\"auth\":{\"kubernetes\":{\"serviceAccountRef\":"
                        + "{\"name\":\"sa\",\"audiences\":[\"x\"]}}},\"accessKeyID\":\"AKIA\",\"accessKeyIDSecretRef\":"
                        + "{\"name\":\"n2\",\"key\":\"k2\"},\"secretAccessKeySecretRef\":{\"name\":\"n\",\"key\":\"k\"},"
                        + "\"role\":\"arn\",\"region\":\"r\"},\"webhook\":{\"groupName\":\"g\"}},"
                        + "\"waitInsteadOfSelfCheck\":\"1m30s\"},\"issuerRef\":{\"name\":\"le\"}}");
    }

    @ParameterizedTest
    @CsvSource({
        "51, 0, 51",
        "52, 0, 52",
        "53, 0, 52",
        // the 52nd character is a hyphen or dot: cut back to the last letter or digit
        "60, 52, 51",
        "60, 51, 50",
    })
    void aPrefixOf52CharactersOrMoreIsCutBackToALetterOrDigit(int length, int hyphenFrom, int expected) {
        var name = new StringBuilder("a".repeat(length));
        if (hyphenFrom > 0) {
            for (var i = hyphenFrom; i <= 52; i++) {
                name.setCharAt(i - 1, i % 2 == 0 ? '-' : '.');
            }
        }
        assertThat(ObjectNames.shortened(name.toString())).isEqualTo("a".repeat(expected));
    }

    @Test
    void aRequestIsNamedByItsCertificateAndRevision() {
        assertThat(ObjectNames.certificateRequest("web", 3)).isEqualTo("web-3");
        assertThat(ObjectNames.certificateRequest("a".repeat(233), 1)).isEqualTo("a".repeat(233) + "-1");
        assertThat(ObjectNames.certificateRequest("a".repeat(234), 1))
                .startsWith("a".repeat(168) + "-")
                .endsWith("-1")
                .hasSize(168 + 1 + 64 + 2);
        assertThat(ObjectNames.certificateRequest("a".repeat(167) + "." + "a".repeat(70), 1))
                .startsWith("a".repeat(167) + "-");
    }

    @Test
    void twoLongCertificateNamesWithTheSameBeginningGetDifferentRequests() {
        assertThat(List.of("a".repeat(240), "a".repeat(241)).stream().map(n -> ObjectNames.certificateRequest(n, 1)))
                .doesNotHaveDuplicates();
    }

    private static <T> T spec(Class<T> kind, String yaml) {
        return Serialization.unmarshal(yaml, kind);
    }
}
