package dev.acme53.it.issuance;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.rig.Rig;
import dev.acme53.rig.Tenant;
import dev.acme53.servers.AuditLog;
import dev.acme53.servers.ControllerAccount;
import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.Operation;
import dev.acme53.sim.SimulatorSettings;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IssuanceIT {
    private static final Duration INSYNC = Duration.ofSeconds(2);
    private static final String ISSUER = """
            apiVersion: cert-manager.io/v1
            kind: ClusterIssuer
            metadata:
              name: issuance
            spec:
              acme:
                server: ${DIRECTORY}
                caBundle: ${CA_BUNDLE}
                email: Platform@example.com
                privateKeySecretRef:
                  name: issuance-account
                solvers:
                  - dns01:
                      route53: {}
                  - selector:
                      dnsZones:
                        - customer.test
                    dns01:
                      cnameStrategy: Follow
                      route53: {}
            """;

    /// What one Certificate of one name may cost the API server, from its creation until nothing is left to do. What is
    /// not named costs nothing.
    private static final Map<String, Long> MOST = Map.ofEntries(
            entry("create events", 12L),
            entry("update certificates/status", 2L),
            entry("create certificaterequests", 1L),
            entry("update certificaterequests/status", 2L),
            entry("create orders", 1L),
            entry("update orders/status", 3L),
            entry("create challenges", 1L),
            entry("update challenges/status", 3L),
            entry("patch challenges", 3L),
            entry("delete challenges", 1L),
            // the next private key, and the target
            entry("create secrets", 1L),
            entry("delete secrets", 1L),
            entry("patch secrets", 1L),
            // the next private key, for the target
            entry("get secrets", 1L),
            // the certificate, which no cache has, where an event came sooner than the answer to what made it
            entry("get certificaterequests", 1L),
            entry("get orders", 1L));

    private static Rig rig;
    private static Tenant platform;
    private static ControllerProcess controller;
    private Tenant tenant;

    @BeforeAll
    static void start() {
        rig = Rig.start(TestServers.kubernetes(), SimulatorSettings.defaults().insyncAfter(INSYNC), pebble -> pebble);
        rig.route53().createZone("shop.test");
        var customer = rig.route53().createZone("customer.test");
        rig.route53().addRecord(customer, "_acme-challenge.pay.customer.test", "CNAME", "pay._acme.shop.test");
        platform = Tenant.of(rig);
        controller = rig.controller(platform.namespace().name())
                .command(nowhereAtHome())
                .ready();
        platform.apply(ISSUER);
    }

    /// As whom the system does not know: without a home, and where nobody may write, the system's own user neither.
    private static List<String> nowhereAtHome() {
        var command = new ArrayList<>(List.of("env", "--unset=HOME", "--chdir=/proc"));
        command.addAll(ControllerProcess.program(List.of("-Duser.home=?", "-Djava.io.tmpdir=/proc")));
        return command;
    }

    @AfterAll
    static void stop() {
        platform.client().resources(ClusterIssuer.class).withName("issuance").delete();
        controller.close();
        platform.close();
        rig.close();
    }

    @BeforeEach
    void enter() {
        tenant = Tenant.of(rig);
    }

    @AfterEach
    void leave() {
        tenant.close();
    }

    @Test
    void aSingleNameIsIssuedByWhomHasNoHomeAndNothingToWriteTo() throws Exception {
        tenant.certificate("single", "ClusterIssuer", "issuance", "www.shop.test");
        assertThat(names(tenant.awaitIssued("single"))).containsExactly("www.shop.test");
        awaitNoRecords();
        var issuer = platform.client()
                .resources(ClusterIssuer.class)
                .withName("issuance")
                .get();
        assertThat(Conditions.reason(issuer.statusOrEmpty().conditions(), ConditionTypes.READY))
                .isEqualTo("ACMEAccountRegistered");
        assertThat(controller.log()).contains("acme53 starts").doesNotContain("WARN", "ERROR");
        assertThat(told())
                .as("each thing that happened, on one line")
                .containsExactlyInAnyOrder(
                        "Certificate Issuing",
                        "Certificate Generated",
                        "Certificate Requested",
                        "CertificateRequest cert-manager.io",
                        "CertificateRequest OrderCreated",
                        "Order Created",
                        "Challenge Started",
                        "Challenge Presented",
                        "Challenge DomainVerified",
                        "Order Complete",
                        "CertificateRequest CertificateIssued",
                        "Certificate Issuing");
    }

    /// What the log has of objects of the tenant, less that their issuer may not have been ready at first.
    private List<String> told() {
        return controller
                .log()
                .lines()
                .filter(line -> line.contains(
                        " resource_namespace=\"" + tenant.namespace().name() + "\""))
                .map(line -> line.replaceFirst(".* resource_kind=\"(\\w+)\" .* reason=\"([^\"]+)\".*", "$1 $2"))
                .filter(line -> !line.endsWith(" IssuerNotReady"))
                .toList();
    }

    @Test
    void anApexAndItsWildcardAreProvenSideBySide() throws Exception {
        tenant.certificate("wildcard", "ClusterIssuer", "issuance", "side.shop.test", "*.side.shop.test");
        var before = System.nanoTime();
        assertThat(names(tenant.awaitIssued("wildcard")))
                .containsExactlyInAnyOrder("side.shop.test", "*.side.shop.test");
        // one after the other they would need twice the time to INSYNC and more
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isLessThan(INSYNC.multipliedBy(2).plusSeconds(20));
        awaitNoRecords();
    }

    @Test
    void aDelegatedNameIsProvenWhereItsCnameLeads() throws Exception {
        tenant.certificate("delegated", "ClusterIssuer", "issuance", "pay.customer.test");
        assertThat(names(tenant.awaitIssued("delegated"))).containsExactly("pay.customer.test");
        assertThat(rig.route53().history())
                .anyMatch(h -> h.recordSet().name().equals("pay._acme.shop.test."))
                .noneMatch(h -> h.recordSet().name().equals("_acme-challenge.pay.customer.test.")
                        && h.recordSet().type().equals("TXT"));
        awaitNoRecords();
    }

    @Test
    void deletingACertificateLeavesItsSecret() {
        tenant.certificate("kept", "ClusterIssuer", "issuance", "kept.shop.test");
        tenant.awaitIssued("kept");
        tenant.client()
                .resources(dev.acme53.api.Certificate.class)
                .inNamespace(tenant.namespace().name())
                .withName("kept")
                .withTimeoutInMillis(20_000)
                .delete();
        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(4))
                .untilAsserted(() -> assertThat(tenant.secret("kept-tls")).isNotNull());
    }

    @Test
    void nothingBeyondTheDocumentedActionsIsCalled() {
        tenant.certificate("calls", "ClusterIssuer", "issuance", "calls.shop.test");
        tenant.awaitIssued("calls");
        assertThat(rig.route53().count(Operation.OTHER)).isZero();
        assertThat(rig.route53().count(Operation.GET_CALLER_IDENTITY)).isZero();
    }

    @Test
    void theStatusPageShowsWhatWaitsInTheWordsOfItsStatus() {
        var here = "?namespace=" + tenant.namespace().name();
        rig.route53().settings().insyncAfter(INSYNC.multipliedBy(2));
        try {
            tenant.certificate("shown", "ClusterIssuer", "issuance", "shown.shop.test");
            await().atMost(Duration.ofSeconds(20))
                    .ignoreException(NoSuchElementException.class)
                    .untilAsserted(() -> assertShown(
                            controller.statusPage(here),
                            tenant.challenges().getFirst().statusOrEmpty().reason()));
            assertThat(controller.statusPage("?namespace=nobodys")).contains("Nothing waits in namespace nobodys.");
            tenant.awaitIssued("shown");
        } finally {
            rig.route53().settings().insyncAfter(INSYNC);
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(controller.statusPage(here))
                        .contains("Nothing waits in namespace", "<b>0</b> of 1 Certificate not ready")
                        .contains(" batch", "the account is registered at "));
    }

    @Test
    void aCertificateCostsNoMoreCallsThanThese() {
        // long enough that a text which settles meanwhile would be written
        rig.route53().settings().insyncAfter(Duration.ofSeconds(5));
        try {
            tenant.certificate("counted", "ClusterIssuer", "issuance", "counted.shop.test");
            tenant.awaitIssued("counted");
        } finally {
            rig.route53().settings().insyncAfter(INSYNC);
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(tenant.challenges()).isEmpty());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(calls()).containsEntry("create events", 12L));
        assertThat(audited().filter(r -> r.verb().equals("create") && r.code() == 409))
                .as("what was just created, and is not in a cache yet, is created once more")
                .isEmpty();
        assertThat(audited().filter(r -> r.verb().equals("get") && r.code() == 404))
                .as("a Secret without the label, which no cache has, would be found")
                .extracting(r -> r.resource() + " " + r.name())
                .containsExactly("secrets counted-tls");
        assertThat(calls())
                .allSatisfy(
                        (call, times) -> assertThat(times).as(call).isLessThanOrEqualTo(MOST.getOrDefault(call, 0L)));
    }

    /// What the controller asked about the tenant's objects, other than what came too late: a write of what was
    /// written by somebody else meanwhile, a look at what is not there, or its deletion.
    private Map<String, Long> calls() {
        return audited()
                .filter(r -> r.code() < 300)
                .collect(
                        Collectors.groupingBy(r -> r.verb() + " " + r.resource(), TreeMap::new, Collectors.counting()));
    }

    private Stream<AuditLog.Request> audited() {
        return rig.kubernetes().audited().stream()
                .filter(r -> r.user().equals(ControllerAccount.USER)
                        && r.namespace().equals(tenant.namespace().name()));
    }

    private static void assertShown(String page, String reason) {
        var waiting = "Waiting for Route 53 to confirm change ";
        assertThat(reason).startsWith(waiting);
        assertThat(page)
                .contains(">" + reason + "</td>")
                .contains("<td data-label=\"Change\" class=\"name\">" + reason.substring(waiting.length()) + "</td>")
                .contains("This instance leads.", ">shop.test <span", "Challenge shown-1-");
    }

    private static void awaitNoRecords() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(rig.route53().txtRecords()).isEmpty());
    }

    private static List<String> names(X509Certificate leaf) throws CertificateParsingException {
        return leaf.getSubjectAlternativeNames().stream()
                .map(n -> n.get(1).toString())
                .toList();
    }
}
