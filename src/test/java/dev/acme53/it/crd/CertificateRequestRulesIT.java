package dev.acme53.it.crd;

import static dev.acme53.it.crd.ChangeCase.accepts;
import static dev.acme53.it.crd.ChangeCase.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.servers.TestNamespace;
import dev.acme53.servers.TestServers;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules C03 and R03 to R07 of a CertificateRequest, each on what it accepts and what it refuses.
class CertificateRequestRulesIT {
    private static final String VALID = """
            apiVersion: cert-manager.io/v1
            kind: CertificateRequest
            metadata: {name: %s}
            spec: {request: Q1NS, issuerRef: {name: le}}
            """;
    private static final String APPROVED = "{status: {conditions: [{type: Approved, status: 'True', message: by us}]}}";
    private static final String DENIED = "{status: {conditions: [{type: Denied, status: 'True', message: by us}]}}";
    private static final String READY = "{status: {conditions: [{type: Ready, status: 'False', reason: Pending}]}}";
    private static final String ONLY_TRUE = "Approved and Denied conditions may only be set to True";
    private static final String NOT_BOTH = "Approved and Denied conditions cannot coexist";
    private static final String NOT_CHANGED = "Approved and Denied conditions may not be modified once set";
    private static final String KIND =
            "kind must be one of Issuer or ClusterIssuer (did you forget to set spec.issuerRef.group?)";

    private static KubernetesClient client;
    private static TestNamespace namespace;
    private static Api requests;
    private static int made;

    @BeforeAll
    static void open() {
        client = TestServers.kubernetes().client();
        namespace = TestServers.kubernetes().freshNamespace();
        requests = new Api(client, "/apis/cert-manager.io/v1/namespaces/" + namespace.name() + "/certificaterequests");
    }

    @AfterAll
    static void close() {
        namespace.close();
        client.close();
    }

    static List<ChangeCase> changes() {
        return List.of(
                accepts("R03", "spec", "{}", "{spec: {}, metadata: {labels: {a: b}}}"),
                refuses("R03", "spec", "{}", "{spec: {request: T1RIRVI=}}", "cannot change spec after creation"),
                refuses("R03", "spec", "{}", "{spec: {isCA: true}}", "cannot change spec after creation"),
                accepts("R04", "status", "{}", APPROVED),
                accepts("R04", "status", "{}", READY),
                refuses(
                        "R04",
                        "status",
                        "{}",
                        "{status: {conditions: [{type: Approved, status: 'False'}]}}",
                        ONLY_TRUE),
                refuses("R04", "status", "{}", "{status: {conditions: [{type: Denied, status: Unknown}]}}", ONLY_TRUE),
                accepts("R05", "status", "{}", DENIED),
                refuses(
                        "R05",
                        "status",
                        "{}",
                        "{status: {conditions: [{type: Approved, status: 'True'}, {type: Denied, status: 'True'}]}}",
                        NOT_BOTH),
                accepts("R06", "status.conditions[]", READY, "{status: {conditions: [{type: Ready, status: 'True'}]}}"),
                accepts("R06", "status.conditions[]", APPROVED, APPROVED),
                refuses(
                        "R06",
                        "status.conditions[]",
                        APPROVED,
                        "{status: {conditions: [{type: Approved, status: 'True', message: by them}]}}",
                        NOT_CHANGED),
                refuses(
                        "R06",
                        "status.conditions[]",
                        DENIED,
                        "{status: {conditions: [{type: Denied, status: 'True', message: by us, reason: x}]}}",
                        NOT_CHANGED),
                accepts("R07", "", READY, "{status: {conditions: []}}"),
                accepts("R07", "", "{}", "{status: null}"),
                refuses(
                        "R07",
                        "",
                        APPROVED,
                        "{status: {conditions: []}}",
                        "Approved condition may not be removed once set"),
                refuses("R07", "", APPROVED, "{status: null}", "Approved condition may not be removed once set"),
                refuses("R07", "", DENIED, READY, "Denied condition may not be removed once set"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aRuleRefusesTheChangesThatItIsForAndNoOthers(ChangeCase change) {
        var refusal = change.refusal(requests, Api.yaml(VALID.formatted("r" + made++)));
        if (change.message() == null) {
            assertThat(refusal).isEmpty();
        } else {
            assertThat(refusal).contains(change.message());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            C03 | {issuerRef: {kind: Issuer}}                     | ``
            C03 | {issuerRef: {kind: Other, group: example.com}}  | ``
            C03 | {issuerRef: {kind: Other}}                      | kind must be one of Issuer or ClusterIssuer
            C02 | {issuerRef: {name: ''}}                         | spec.issuerRef.name: Invalid value
            R02 | {request: ''}                                   | spec.request: Invalid value
            R02 | {request: null}                                 | spec.request: Required value
            R02 | {usages: [digitalSignature]}                    | spec.usages[0]: Unsupported value
                | {extra: {scopes: [a, b]}, groups: [g]}          | ``
            """)
    void whatIsCreatedIsLookedAt(String rule, String change, String message) {
        var object = RuleCase.accepts(rule, "", change).applied(Api.yaml(VALID.formatted("new")));
        var refusal = requests.refusalToCreate(object).orElse("");
        if (message.isEmpty()) {
            assertThat(refusal).isEmpty();
        } else {
            assertThat(refusal).contains(message);
        }
    }

    @Test
    void aRequestWithoutSpecIsRefused() {
        var object = Api.yaml(VALID.formatted("new"));
        object.remove("spec");
        assertThat(requests.refusalToCreate(object).orElseThrow()).contains("spec: Required value");
    }

    @Test
    void everyRuleOfTheFileHasAnAcceptedAndARefusedCase() {
        var tried = ChangeCase.refusedIn(changes());
        tried.add("spec.issuerRef: " + KIND);
        assertThat(tried).isEqualTo(RuleCase.inFile("cert-manager.io_certificaterequests.yaml"));
        assertThat(ChangeCase.oneSided(changes())).isEmpty();
    }
}
