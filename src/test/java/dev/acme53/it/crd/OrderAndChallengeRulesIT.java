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

/// The rules O01 to O04 of an Order and H01 of a Challenge, each on what it accepts and what it refuses.
class OrderAndChallengeRulesIT {
    private static final String ORDER = """
            apiVersion: acme.cert-manager.io/v1
            kind: Order
            metadata: {name: %s}
            spec: {request: Q1NS, issuerRef: {name: le}}
            """;
    private static final String CHALLENGE = """
            apiVersion: acme.cert-manager.io/v1
            kind: Challenge
            metadata: {name: %s}
            spec:
              url: https://acme.test/c
              authorizationURL: https://acme.test/a
              dnsName: example.com
              type: DNS-01
              token: t
              key: k
              solver: {dns01: {route53: {secretAccessKeySecretRef: {name: ''}}}}
              issuerRef: {name: le}
            """;
    private static final String SPEC_FIXED = "challenge spec is immutable after creation";
    private static final String REQUEST_FIXED = "request is immutable once set";
    private static final String URL_FIXED = "status.url is immutable once set";
    private static final String FINALIZE_FIXED = "status.finalizeURL is immutable once set";
    private static final String CERTIFICATE_FIXED = "status.certificate is immutable once set";
    private static final String AUTHORIZATIONS_FIXED = "status.authorizations entries are immutable once set";
    private static final String FETCHED = authorizations("{url: a, identifier: example.com, wildcard: false,"
            + " initialState: pending, challenges: [{url: c, token: t, type: dns-01}]}");

    private static KubernetesClient client;
    private static TestNamespace namespace;
    private static Api orders;
    private static Api challenges;
    private static int made;

    @BeforeAll
    static void open() {
        client = TestServers.kubernetes().client();
        namespace = TestServers.kubernetes().freshNamespace();
        var group = "/apis/acme.cert-manager.io/v1/namespaces/" + namespace.name();
        orders = new Api(client, group + "/orders");
        challenges = new Api(client, group + "/challenges");
    }

    @AfterAll
    static void close() {
        namespace.close();
        client.close();
    }

    static List<ChangeCase> orderChanges() {
        return List.of(
                accepts("O01", "spec", "{}", "{spec: {profile: shortlived}}"),
                refuses("O01", "spec", "{}", "{spec: {request: T1RIRVI=}}", REQUEST_FIXED),
                accepts("O02 url", "", "{status: {state: pending}}", "{status: {url: u}}"),
                accepts("O02 url", "", "{status: {url: u}}", "{status: {url: u, state: ready}}"),
                refuses("O02 url", "", "{status: {url: u}}", "{status: {url: v}}", URL_FIXED),
                refuses("O02 url", "", "{status: {url: u}}", "{status: {url: null}}", URL_FIXED),
                refuses("O02 url", "", "{status: {url: u}}", "{status: null}", URL_FIXED),
                accepts("O02 finalizeURL", "", "{status: {url: u}}", "{status: {finalizeURL: f}}"),
                refuses(
                        "O02 finalizeURL",
                        "",
                        "{status: {finalizeURL: f}}",
                        "{status: {finalizeURL: g}}",
                        FINALIZE_FIXED),
                accepts("O03", "", "{status: {url: u}}", "{status: {certificate: UEVN}}"),
                refuses(
                        "O03",
                        "",
                        "{status: {certificate: UEVN}}",
                        "{status: {certificate: T1RIRVI=}}",
                        CERTIFICATE_FIXED),
                refuses("O03", "", "{status: {certificate: UEVN}}", "{status: {certificate: null}}", CERTIFICATE_FIXED),
                accepts("O04", "", authorizations("{url: a}"), FETCHED),
                accepts("O04", "", "{status: {authorizations: []}}", authorizations("{url: a}")),
                accepts("O04", "", FETCHED, "{status: {state: valid}}"),
                refuses("O04", "", FETCHED, authorizations("{url: a}"), AUTHORIZATIONS_FIXED),
                refuses("O04", "", authorizations("{url: a}"), authorizations("{url: b}"), AUTHORIZATIONS_FIXED),
                refuses("O04", "", authorizations("{url: a}"), "{status: {authorizations: []}}", AUTHORIZATIONS_FIXED),
                refuses(
                        "O04",
                        "",
                        authorizations("{url: a}"),
                        authorizations("{url: a}, {url: b}"),
                        AUTHORIZATIONS_FIXED),
                refuses(
                        "O04",
                        "",
                        authorizations("{url: a, identifier: x}"),
                        authorizations("{url: a, identifier: y}"),
                        AUTHORIZATIONS_FIXED),
                refuses(
                        "O04",
                        "",
                        authorizations("{url: a, wildcard: true}"),
                        authorizations("{url: a, wildcard: false}"),
                        AUTHORIZATIONS_FIXED),
                refuses(
                        "O04",
                        "",
                        authorizations("{url: a, initialState: pending}"),
                        authorizations("{url: a, initialState: valid}"),
                        AUTHORIZATIONS_FIXED),
                refuses(
                        "O04",
                        "",
                        authorizations("{url: a, challenges: [{url: c, token: t, type: dns-01}]}"),
                        authorizations("{url: a, challenges: [{url: c, token: u, type: dns-01}]}"),
                        AUTHORIZATIONS_FIXED));
    }

    static List<ChangeCase> challengeChanges() {
        return List.of(
                accepts("H01", "spec", "{}", "{spec: {}, metadata: {finalizers: [acme.cert-manager.io/finalizer]}}"),
                accepts("H01", "spec", "{}", "{status: {state: pending, processing: true}}"),
                refuses("H01", "spec", "{}", "{spec: {key: other}}", SPEC_FIXED),
                refuses("H01", "spec", "{}", "{spec: {solver: {dns01: {route53: {region: r}}}}}", SPEC_FIXED));
    }

    @ParameterizedTest
    @MethodSource("orderChanges")
    void aRuleRefusesTheChangesOfAnOrderThatItIsForAndNoOthers(ChangeCase change) {
        verify(change, change.refusal(orders, Api.yaml(ORDER.formatted("o" + made++))));
    }

    @ParameterizedTest
    @MethodSource("challengeChanges")
    void aRuleRefusesTheChangesOfAChallengeThatItIsForAndNoOthers(ChangeCase change) {
        verify(change, change.refusal(challenges, Api.yaml(CHALLENGE.formatted("c" + made++))));
    }

    @Test
    void everyRuleOfTheFilesHasAnAcceptedAndARefusedCase() {
        assertThat(ChangeCase.refusedIn(orderChanges())).isEqualTo(RuleCase.inFile("acme.cert-manager.io_orders.yaml"));
        assertThat(ChangeCase.refusedIn(challengeChanges()))
                .isEqualTo(RuleCase.inFile("acme.cert-manager.io_challenges.yaml"));
        assertThat(ChangeCase.oneSided(orderChanges())).isEmpty();
        assertThat(ChangeCase.oneSided(challengeChanges())).isEmpty();
    }

    /// The rules I08 to I16 are for issuers only: a copy must never be refused.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {solver: {dns01: null}}
            {solver: {http01: {}}}
            {solver: {dns01: {cloudflare: {}, waitInsteadOfSelfCheck: x}}}
            {type: HTTP-01, solver: {dns01: null, http01: {ingress: {}}}}
            """)
    void aChallengeMayHaveAnySolver(String change) {
        var object = RuleCase.accepts("", "", change).applied(Api.yaml(CHALLENGE.formatted("any")));
        assertThat(challenges.refusalToCreate(object)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"deactivated", "revoked", "''"})
    void aStateThatTheApiDoesNotKnowIsRefused(String state) {
        var change = accepts("", "", "{}", "{status: {state: '" + state + "'}}");
        assertThat(change.refusal(orders, Api.yaml(ORDER.formatted("o" + made++))))
                .contains("status.state: Unsupported value");
    }

    private static void verify(ChangeCase change, String refusal) {
        if (change.message() == null) {
            assertThat(refusal).isEmpty();
        } else {
            assertThat(refusal).contains(change.message());
        }
    }

    private static String authorizations(String list) {
        return "{status: {authorizations: [" + list + "]}}";
    }
}
