package dev.acme53.it.crd;

import static dev.acme53.it.crd.RuleCase.accepts;
import static dev.acme53.it.crd.RuleCase.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acme53.servers.TestServers;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules I01 to I17 of Issuer and ClusterIssuer, each on an object that it accepts and one that it refuses.
class IssuerRulesIT {
    private static final String VALID = """
            apiVersion: cert-manager.io/v1
            metadata: {name: le}
            spec: {acme: {server: 'https://acme.test/directory', privateKeySecretRef: {name: le-account}}}
            """;
    private static final String SOLVERS = "spec.acme.solvers[]";
    private static final String DNS01 = SOLVERS + ".dns01";
    private static final String NAMESERVERS = DNS01 + ".nameservers[]";
    private static final String ROUTE53 = DNS01 + ".route53";
    private static final String ID_REF = ROUTE53 + ".accessKeyIDSecretRef";
    private static final String HTTP01 = SOLVERS + ".http01";
    private static final String EAB = "spec.acme.externalAccountBinding.keySecretRef";

    private static KubernetesClient client;
    private static Api issuers;
    private static Api clusterIssuers;

    @BeforeAll
    static void open() {
        client = TestServers.kubernetes().client();
        issuers = new Api(client, "/apis/cert-manager.io/v1/namespaces/default/issuers");
        clusterIssuers = new Api(client, "/apis/cert-manager.io/v1/clusterissuers");
    }

    @AfterAll
    static void close() {
        client.close();
    }

    static List<RuleCase> cases() {
        return List.of(
                accepts("I01", "spec", "{acme: null, selfSigned: {}}"),
                accepts("I01", "spec", "{acme: null, ca: {secretName: ca}}"),
                accepts("I01", "spec", "{acme: null, vault: {path: pki, server: x, auth: {}}}"),
                accepts("I01", "spec", "{acme: null, venafi: {zone: z}}"),
                refuses("I01", "spec", "{acme: null}", "one issuer type must be configured"),
                accepts("I02", "spec", "{}"),
                refuses("I02", "spec", "{selfSigned: {}}", "may not specify more than one issuer type"),
                accepts("I03", "spec.acme", "{acme: {caBundle: " + PEM + ", skipTLSVerify: false}}"),
                accepts("I03", "spec.acme", "{acme: {skipTLSVerify: true}}"),
                refuses(
                        "I03",
                        "spec.acme",
                        "{acme: {caBundle: " + PEM + ", skipTLSVerify: true}}",
                        "caBundle and skipTLSVerify are mutually exclusive"),
                accepts("I04", "spec.acme.caBundle", "{acme: {caBundle: " + PEM + "}}"),
                refuses(
                        "I04",
                        "spec.acme.caBundle",
                        "{acme: {caBundle: bm8gUEVN}}",
                        "caBundle contains no PEM certificate"),
                accepts("I07", EAB, eab("name: eab, key: mac")),
                refuses("I07", EAB, eab("name: '', key: mac"), NAME_AND_KEY),
                refuses("I07", EAB, eab("name: eab"), NAME_AND_KEY),
                refuses("I07", EAB, eab("name: eab, key: ''"), NAME_AND_KEY),
                accepts("I08", SOLVERS, solver("dns01: {route53: {}}")),
                refuses("I08", SOLVERS, solver("selector: {}"), "no solver type configured"),
                accepts("I09", SOLVERS, solver("http01: {ingress: {class: nginx}}")),
                refuses(
                        "I09",
                        SOLVERS,
                        solver("dns01: {route53: {}}, http01: {ingress: {}}"),
                        "may not specify more than one solver type in a single solver"),
                accepts("I10", SOLVERS, solver("dns01: {route53: {}}, waitInsteadOfSelfCheck: 0s")),
                refuses(
                        "I10",
                        SOLVERS,
                        solver("dns01: {route53: {}}, waitInsteadOfSelfCheck: -1s"),
                        "waitInsteadOfSelfCheck must not be negative"),
                accepts("I11", DNS01, solver("dns01: {webhook: {groupName: g, solverName: s, config: {x: [1]}}}")),
                accepts("I11", DNS01, solver("dns01: {akamai: {}}")),
                accepts("I11", DNS01, solver("dns01: {cloudDNS: {}}")),
                accepts("I11", DNS01, solver("dns01: {cloudflare: {}}")),
                accepts("I11", DNS01, solver("dns01: {azureDNS: {}}")),
                accepts("I11", DNS01, solver("dns01: {digitalocean: {}}")),
                accepts("I11", DNS01, solver("dns01: {acmeDNS: {}}")),
                accepts("I11", DNS01, solver("dns01: {rfc2136: {}}")),
                refuses("I11", DNS01, solver("dns01: {cnameStrategy: Follow}"), "no DNS01 provider configured"),
                accepts("I12", DNS01, solver("dns01: {route53: {}}")),
                refuses(
                        "I12",
                        DNS01,
                        solver("dns01: {route53: {}, acmeDNS: {}}"),
                        "may not specify more than one provider type"),
                accepts("I13", NAMESERVERS, nameserver("1.1.1.1:53")),
                accepts("I13", NAMESERVERS, nameserver("[2001:db8::1]:53")),
                accepts("I13", NAMESERVERS, nameserver("https://dns.example/dns-query")),
                refuses("I13", NAMESERVERS, nameserver("1.1.1.1"), NAMESERVER),
                refuses("I13", NAMESERVERS, nameserver("2001:db8::1"), NAMESERVER),
                refuses("I13", NAMESERVERS, nameserver("https://"), NAMESERVER),
                accepts("I14", ROUTE53, route53("accessKeyID: '', accessKeyIDSecretRef: {name: s, key: k}")),
                accepts("I14", ROUTE53, route53("accessKeyID: AKIA, secretAccessKeySecretRef: {name: ''}")),
                refuses(
                        "I14",
                        ROUTE53,
                        route53("accessKeyID: AKIA, accessKeyIDSecretRef: {name: s, key: k}"),
                        "accessKeyID and accessKeyIDSecretRef cannot both be specified"),
                accepts("I15", ID_REF, route53("accessKeyIDSecretRef: {name: s, key: k}")),
                refuses("I15", ID_REF, route53("accessKeyIDSecretRef: {name: '', key: k}"), "secret name is required"),
                refuses("I15", ID_REF, route53("accessKeyIDSecretRef: {name: s}"), "secret key is required"),
                refuses("I15", ID_REF, route53("accessKeyIDSecretRef: {name: s, key: ''}"), "secret key is required"),
                accepts("I16", HTTP01, solver("http01: {gatewayHTTPRoute: {parentRefs: [{name: g}]}}")),
                refuses("I16", HTTP01, solver("http01: {}"), HTTP01_TYPE),
                refuses("I16", HTTP01, solver("http01: {ingress: {}, gatewayHTTPRoute: {}}"), HTTP01_TYPE));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aRuleRefusesWhatItIsForAndNothingElse(RuleCase rule) {
        var issuer = issuers.refusalToCreate(rule.applied(valid("Issuer")));
        var clusterIssuer = clusterIssuers.refusalToCreate(rule.applied(valid("ClusterIssuer")));
        if (rule.message() == null) {
            assertThat(issuer).isEmpty();
            assertThat(clusterIssuer).isEmpty();
        } else {
            assertThat(issuer.orElseThrow()).contains(rule.message()).contains(rule.field());
            assertThat(clusterIssuer.orElseThrow()).contains(rule.message()).contains(rule.field());
        }
    }

    @Test
    void everyRuleOfTheFilesHasAnAcceptedAndARefusedCase() {
        assertThat(RuleCase.refusedIn(cases()))
                .isEqualTo(RuleCase.inFile("cert-manager.io_issuers.yaml"))
                .isEqualTo(RuleCase.inFile("cert-manager.io_clusterissuers.yaml"));
        assertThat(RuleCase.oneSided(cases())).isEmpty();
    }

    /// What the schema says without CEL: I05, I06, I07, I17 and what is required.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            I05 | {acme: {privateKeySecretRef: null}}             | spec.acme.privateKeySecretRef: Required value
            I05 | {acme: {privateKeySecretRef: {name: ''}}}       | spec.acme.privateKeySecretRef.name: Invalid value
            I06 | {acme: {server: null}}                          | spec.acme.server: Required value
            I06 | {acme: {server: ''}}                            | spec.acme.server: Invalid value
            I07 | {acme: {externalAccountBinding: {keyID: '', keySecretRef: {name: s, key: k}}}} | keyID: Invalid value
            I07 | {acme: {externalAccountBinding: {keyID: x}}}    | keySecretRef: Required value
            I17 | {acme: {solvers: [{dns01: {cnameStrategy: follow, route53: {}}}]}} | cnameStrategy: Unsupported value
                | {acme: {solvers: [{dns01: {route53: {auth: {}}}}]}} | auth.kubernetes: Required value
                | {acme: {preferredChain: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA}} | Too long
            """)
    void theSchemaRefusesValuesThatAreNone(String rule, String change, String message) {
        var object = RuleCase.accepts(rule, "", change).applied(valid("Issuer"));
        assertThat(issuers.refusalToCreate(object).orElseThrow()).contains(message);
    }

    /// The texts of route53.md §2.7 on admission, with their fields.
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            T24 | accessKeyID: A, accessKeyIDSecretRef: {name: s, key: k} | : Required value: accessKeyID and accessKeyIDSecretRef cannot both be specified
            T25 | accessKeyIDSecretRef: {name: '', key: k} | .accessKeyIDSecretRef.name: Required value: secret name is required
            T25 | accessKeyIDSecretRef: {name: s}          | .accessKeyIDSecretRef.key: Required value: secret key is required
            T25 | accessKeyIDSecretRef: {name: s, key: ''} | .accessKeyIDSecretRef.key: Required value: secret key is required
            """)
    void t24t25KeysThatCannotBeAreRefusedByTheirFields(String vector, String members, String message) {
        var object = RuleCase.accepts("I15", "", route53(members)).applied(valid("Issuer"));
        assertThat(issuers.refusalToCreate(object).orElseThrow())
                .as(vector)
                .containsPattern("spec\\.acme\\.solvers\\[0\\]\\.dns01\\.route53" + Pattern.quote(message));
    }

    @Test
    void twoProvidersAreForbidden() {
        var object = RuleCase.accepts("I12", "", solver("dns01: {route53: {}, acmeDNS: {}}"))
                .applied(valid("Issuer"));
        assertThat(issuers.refusalToCreate(object).orElseThrow())
                .contains("spec.acme.solvers[0].dns01: Forbidden: may not specify more than one provider type");
    }

    private static ObjectNode valid(String kind) {
        return Api.yaml(VALID).put("kind", kind);
    }

    private static final String PEM = Base64.getEncoder()
            .encodeToString("-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n"
                    .getBytes(StandardCharsets.US_ASCII));
    private static final String NAME_AND_KEY = "secret name and key are required";
    private static final String NAMESERVER = "must be <host>:<port> or https://<DoH server>";
    private static final String HTTP01_TYPE = "exactly one HTTP01 solver type must be configured";

    private static String eab(String selector) {
        return "{acme: {externalAccountBinding: {keyID: kid, keySecretRef: {" + selector + "}}}}";
    }

    private static String solver(String members) {
        return "{acme: {solvers: [{" + members + "}]}}";
    }

    private static String route53(String members) {
        return solver("dns01: {route53: {" + members + "}}");
    }

    private static String nameserver(String server) {
        return solver("dns01: {route53: {}, nameservers: ['" + server + "']}");
    }
}
