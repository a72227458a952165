package dev.acme53.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.AnyIssuer;
import dev.acme53.api.Certificate;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.Issuer;
import dev.acme53.names.DnsName;
import dev.acme53.sim.IamPolicy;
import dev.acme53.tools.ClusterPolicies.Result;
import dev.acme53.tools.ClusterPolicies.Surroundings;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Issuers and Certificates of a cluster, without the cluster.
class ClusterPoliciesTest {
    private static final String KEYS = "accessKeyID: AKIAEXAMPLE, secretAccessKeySecretRef: {name: keys, key: secret}";
    private static final String TEAM = "role: 'arn:aws:iam::111122223333:role/team', hostedZoneID: Z0SHARED,"
            + " auth: {kubernetes: {serviceAccountRef: {name: dns}}}";

    private static Surroundings around(boolean issuersAreAmbient, boolean clusterIssuersAreAmbient) {
        return new Surroundings(
                "kube-system",
                new ServiceAccount("cert-manager", "cert-manager"),
                Optional.empty(),
                Optional.of("oidc.example/id/X"),
                Optional.empty(),
                "aws",
                region -> region.replaceFirst("^(cn|us-gov|eusc)-.*", "aws-$1").replaceFirst("^eu-.*", "aws"),
                issuersAreAmbient,
                clusterIssuersAreAmbient);
    }

    private static AnyIssuer issuer(String namespace, String name, String dns01) {
        var kind = namespace.isEmpty() ? ClusterIssuer.class : Issuer.class;
        return Serialization.unmarshal(
                """
                apiVersion: cert-manager.io/v1
                kind: %s
                metadata: {name: %s, namespace: %s}
                spec:
                  acme:
                    server: https://ca.test/dir
                    privateKeySecretRef: {name: account}
                    solvers: [{%s}]
                """.formatted(kind.getSimpleName(), name, namespace.isEmpty() ? "null" : namespace, dns01), kind);
    }

    private static Certificate certificate(String namespace, String issuer, List<String> names) {
        return Serialization.unmarshal("""
                apiVersion: cert-manager.io/v1
                kind: Certificate
                metadata: {name: c, namespace: %s}
                spec:
                  secretName: c
                  dnsNames: %s
                  issuerRef: {name: %s}
                """.formatted(namespace, names, issuer), Certificate.class);
    }

    private static Result result(
            Surroundings around, List<Certificate> certificates, UnaryOperator<DnsName> follow, AnyIssuer... issuers) {
        var policies = new ClusterPolicies(around);
        var names = new AskedNames(certificates, List.of(), follow);
        Stream.of(issuers).forEach(issuer -> policies.add(issuer, names));
        return policies.result();
    }

    private static String text(Result result) {
        return Stream.concat(
                        result.documents().stream().map(d -> "# " + d.purpose() + "\n" + d.json()),
                        result.notes().stream().map(note -> "# note: " + note))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static void isGolden(String name, Result result) throws Exception {
        var file = Path.of("src/test/resources/iam-policy").resolve(name + ".txt");
        if (Boolean.getBoolean("acme53.golden.write")) {
            Files.writeString(file, text(result));
        }
        assertThat(text(result)).isEqualTo(Files.readString(file));
    }

    @Test
    void keysOfARegionInChinaGetAPolicyOfItsPartition() throws Exception {
        isGolden(
                "china-by-region",
                result(
                        around(false, true),
                        List.of(certificate("shop", "keys", List.of("www.shop.test"))),
                        UnaryOperator.identity(),
                        issuer(
                                "shop",
                                "keys",
                                "dns01: {route53: {region: cn-north-1, hostedZoneID: Z1, " + KEYS + "}}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "region: us-gov-west-1, " + KEYS + " | aws-us-gov",
                "region: eusc-de-east-1, " + KEYS + " | aws-eusc",
                "region: ' cn-north-1 ', " + KEYS + " | aws-cn",
                "region: 'cn-north-1/x', " + KEYS + " | aws",
                "region: cn-north-1 | aws",
                "region: cn-north-1, role: 'arn:aws-us-gov:iam::111122223333:role/r', " + KEYS + " | aws-us-gov",
                KEYS + " | aws",
            })
    void theRoleTellsThePartitionElseTheRegionOfKeys(String route53, String partition) {
        var result = result(
                around(true, true),
                List.of(),
                UnaryOperator.identity(),
                issuer("shop", "keys", "dns01: {route53: {" + route53 + "}}"));
        assertThat(text(result)).contains("\"arn:" + partition + ":route53:::change/*\"");
    }

    @Test
    void issuersOfTwoPartitionsGetArnsOfTheirOwn() throws Exception {
        isGolden(
                "two-partitions",
                result(
                        around(false, true),
                        List.of(
                                certificate("west", "keys", List.of("www.west.test")),
                                certificate("east", "team", List.of("www.shop.cn"))),
                        UnaryOperator.identity(),
                        issuer("", "world", "dns01: {route53: {}}"),
                        issuer(
                                "",
                                "china",
                                "dns01: {route53: {hostedZoneID: Z0CN, role: 'arn:aws-cn:iam::444455556666:role/dns'}}"),
                        issuer(
                                "west",
                                "keys",
                                "dns01: {route53: {region: eu-west-1, hostedZoneID: Z0W, " + KEYS + "}}"),
                        issuer(
                                "west",
                                "both",
                                "dns01: {route53: {region: cn-north-1, hostedZoneID: Z0C, " + KEYS + "}}"),
                        issuer(
                                "east",
                                "team",
                                "dns01: {route53: {region: cn-north-1, hostedZoneID: Z0E, auth: {kubernetes:"
                                        + " {serviceAccountRef: {name: dns}}},"
                                        + " role: 'arn:aws-cn:iam::111122223333:role/team'}}")));
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void noPolicyMixesPartitionsWhateverComesFirst(boolean first) {
        var own = issuer("", first ? "a" : "z", "dns01: {route53: {}}");
        var china = issuer(
                "", "m", "dns01: {route53: {hostedZoneID: Z0CN, role: 'arn:aws-cn:iam::444455556666:role/dns'}}");
        var result = result(
                around(false, true),
                List.of(),
                UnaryOperator.identity(),
                first ? new AnyIssuer[] {own, china} : new AnyIssuer[] {china, own});
        assertThat(result.documents())
                .extracting(Document::json)
                .noneMatch(json -> json.contains("arn:aws:") && json.contains("arn:aws-cn:"));
        assertThat(result.notes())
                .anyMatch(note ->
                        note.startsWith("the controller's own identity: asked for in partitions aws, aws-cn, but"
                                + " credentials are of one"));
    }

    private static Surroundings with(Optional<RoleArn> controllerRole) {
        var around = around(false, true);
        return new Surroundings(
                around.clusterResourceNamespace(),
                around.controller(),
                controllerRole,
                around.provider(),
                around.principal(),
                around.partition(),
                around.partitions(),
                around.issuersAreAmbient(),
                around.clusterIssuersAreAmbient());
    }

    @Test
    void aRoleOfAnotherPartitionIsNotTaken() {
        var result = result(
                with(RoleArn.parse("arn:aws:iam::111122223333:role/acme53")),
                List.of(),
                UnaryOperator.identity(),
                issuer("", "m", "dns01: {route53: {role: 'arn:aws-cn:iam::444455556666:role/dns'}}"));
        assertThat(result.notes())
                .anyMatch(note -> note.startsWith("role arn:aws-cn:iam::444455556666:role/dns: its trust policy for")
                        && note.endsWith("is of another partition, from which no role can be taken"));
        assertThat(result.documents()).extracting(Document::json).noneMatch(json -> json.contains("PrincipalArn"));
    }

    @Test
    void theControllersRoleTellsItsPartition() {
        assertThat(text(result(
                        with(RoleArn.parse("arn:aws-cn:iam::111122223333:role/acme53")),
                        List.of(),
                        UnaryOperator.identity(),
                        issuer("", "own", "dns01: {route53: {hostedZoneID: Z1}}"))))
                .contains("\"arn:aws-cn:route53:::hostedzone/Z1\"")
                .doesNotContain("arn:aws:");
    }

    @Test
    void whoAsksIsInEachPurposeAndASharedRoleIsNoted() throws Exception {
        isGolden(
                "shared-role",
                result(
                        around(false, true),
                        List.of(
                                certificate("a", "team", List.of("a.shop.test")),
                                certificate("b", "team", List.of("b.shop.test"))),
                        UnaryOperator.identity(),
                        issuer("", "all", "dns01: {route53: {hostedZoneID: Z0OWN}}"),
                        issuer("a", "team", "dns01: {route53: {" + TEAM + "}}"),
                        issuer("b", "team", "dns01: {route53: {" + TEAM + "}}")));
    }

    @Test
    void aRoleOfOneNamespaceIsNotNoted() {
        var team = issuer("a", "team", "dns01: {route53: {" + TEAM + "}}");
        var other = issuer("a", "other", "dns01: {route53: {" + TEAM + "}}");
        var result = result(around(false, true), List.of(), UnaryOperator.identity(), team, other);
        assertThat(result.notes()).isEmpty();
        assertThat(result.documents().getFirst().purpose()).endsWith(", asked by Issuer a/other, Issuer a/team");
    }

    @ParameterizedTest
    @CsvSource({"60, false", "150, true"})
    void manyNamesThatCnamesLeadElsewhereAreWidenedWithoutThePrefix(int count, boolean beside) {
        var names = IntStream.range(0, count)
                .mapToObj(i -> "a-rather-long-host-name-" + i + ".shop.test")
                .toList();
        var own = IntStream.range(0, 300)
                .mapToObj(i -> "not-led-anywhere-" + i + ".own.test")
                .toList();
        var result = result(
                around(false, true),
                List.of(certificate(
                        "a",
                        "follow",
                        Stream.concat(names.stream(), own.stream()).toList())),
                record -> record.text().endsWith(".shop.test")
                        ? new DnsName(record.labels().get(1) + ".acme.proofs.test")
                        : record,
                issuer("a", "follow", "dns01: {cnameStrategy: Follow, route53: {" + TEAM + "}}"));
        var printed = result.documents().getFirst().json();
        assertThat(printed.replaceAll("\\s", "")).hasSizeLessThanOrEqualTo(PermissionPolicy.LONGEST);
        assertThat(IamPolicy.parse(printed).statements()).hasSize(3);
        assertThat(printed)
                .contains("\"_acme-challenge.*.own.test\"")
                .contains(beside ? "\"*.acme.proofs.test\"" : "\"a-rather-long-host-name-7.acme.proofs.test\"")
                .doesNotContain("shop.test", "_acme-challenge.*.proofs.test", "_acme-challenge.*.acme.proofs.test");
        assertThat(result.notes())
                .singleElement()
                .asString()
                .contains("do not fit into one policy of 6144 characters, so all below their domains are allowed")
                .satisfies(note -> assertThat(note.endsWith(", and all beside the names that CNAMEs lead to"))
                        .isEqualTo(beside));
    }

    @Test
    void aTopLevelDomainIsNeverOpened() {
        var texts = RecordNames.widening(List.of(new DnsName("proofs.test")), List.of())
                .limit(4)
                .flatMap(names -> names.texts().stream())
                .distinct();
        assertThat(texts).containsExactly("proofs.test");
    }

    @Test
    void namesOfASelectorAreFollowedBeforeAnythingAsksForThem() {
        var result = result(
                around(false, true),
                List.of(),
                _ -> new DnsName("www.proofs.test"),
                issuer(
                        "a",
                        "follow",
                        "selector: {dnsNames: [www.shop.test]}, dns01: {cnameStrategy: Follow, route53: {" + TEAM
                                + "}}"));
        assertThat(result.documents().getFirst().json())
                .contains("\"www.proofs.test\"")
                .doesNotContain("_acme-challenge");
        assertThat(result.notes()).isEmpty();
    }

    @Test
    void whereCnamesLeadIsNotKnownOfAZoneThatNobodyAsksFor() {
        var result = result(
                around(false, true),
                List.of(),
                UnaryOperator.identity(),
                issuer(
                        "a",
                        "follow",
                        "selector: {dnsZones: [shop.test]}, dns01: {cnameStrategy: Follow, route53: {" + TEAM + "}}"));
        assertThat(result.notes())
                .containsExactly(
                        "Issuer a/follow: a solver follows CNAMEs and no Certificate asks for a name yet, so where they"
                                + " lead is not known: only records that are not led elsewhere are allowed; ask again when"
                                + " there are Certificates");
    }

    @ParameterizedTest
    @CsvSource({"'', false, true, false", "'', true, false, true", "a, true, false, false", "a, false, true, true"})
    void withoutARightToTheControllersCredentialsASolverIsLeftOut(
            String namespace, boolean issuers, boolean clusterIssuers, boolean out) {
        var result = result(
                around(issuers, clusterIssuers),
                List.of(),
                UnaryOperator.identity(),
                issuer(namespace, "ambient", "dns01: {route53: {}}"));
        assertThat(result.documents().isEmpty()).isEqualTo(out);
        assertThat(result.notes()).hasSize(out ? 1 : 0);
    }
}
