package dev.acme53.tools.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.AnyIssuer;
import dev.acme53.api.Certificate;
import dev.acme53.api.Challenge;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.IssuerSpec;
import dev.acme53.fixture.CertificateSpecs;
import dev.acme53.tools.ServiceAccount;
import dev.acme53.tools.takeover.Picture.Definition;
import dev.acme53.tools.takeover.Picture.HeldLease;
import dev.acme53.tools.takeover.Picture.Hook;
import dev.acme53.tools.takeover.Picture.Program;
import dev.acme53.tools.takeover.Picture.TokenGrant;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is found, and what is said of it.
class WayInTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final ServiceAccount PEER = new ServiceAccount("cert-manager", "cert-manager");
    private static final Intent SAME = new Intent(PEER, "cert-manager", "kube-system");
    private static final Intent OTHER = new Intent(new ServiceAccount("dns", "acme53"), "dns", "kube-system");

    private static ClusterIssuer issuer(String name, String yaml) {
        var issuer = new ClusterIssuer();
        issuer.setMetadata(new ObjectMetaBuilder().withName(name).build());
        issuer.setSpec(Serialization.unmarshal(yaml, IssuerSpec.class));
        return issuer;
    }

    private static ClusterIssuer acme(String name, String solvers) {
        return issuer(
                name,
                "acme: {server: 'https://a.test/dir', privateKeySecretRef: {name: k}, solvers: [" + solvers + "]}");
    }

    private static Certificate certificate(String yaml) {
        var certificate = new Certificate();
        certificate.setMetadata(
                new ObjectMetaBuilder().withName("c").withNamespace("n").build());
        certificate.setSpec(CertificateSpecs.of(yaml));
        return certificate;
    }

    private static String said(Stream<Finding> findings) {
        return findings.map(f -> f.verdict().text() + ": " + f.why()).reduce("", (all, next) -> all + next + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dns01: {route53: {}} | served",
                "'' | served",
                "http01: {ingress: {}} | left alone: solver 0 (http01) is not served; it is for all names",
                "{dns01: {webhook: {solverName: x}}, selector: {dnsZones: [a.test]}} | left alone: solver 0 (dns01.webhook)"
                        + " is not served; it is for all below a.test",
            })
    void anIssuerIsServedSolverBySolver(String solver, String expected) {
        var acme = acme("le", solver.isEmpty() || solver.startsWith("{") ? solver : "{" + solver + "}");
        assertThat(said(Issuers.verdicts(acme).stream())).startsWith(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ca: {secretName: x} | of type ca; only acme is served",
                "selfSigned: {} | of type selfSigned; only acme is served",
                "acme: {server: 'http://a.test/dir', privateKeySecretRef: {name: k}} | acme.server is not an https URL",
            })
    void anIssuerOfAnotherTypeIsLeftAlone(String spec, String expected) {
        assertThat(said(Issuers.verdicts(issuer("x", spec)).stream())).isEqualTo("left alone: " + expected + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dnsNames: [a.test] | served: ",
                "dnsNames: ['*.web.test'] | served: ",
                "dnsNames: [web.test] | left alone: http01 is chosen for web.test",
                "dnsNames: [a.test, x.cf.test] | left alone: dns01.cloudflare is chosen for x.cf.test",
                "ipAddresses: [192.0.2.1] | left alone: IP addresses cannot be proven by DNS01",
                "issuerRef: {name: le} | left alone: its Issuer le does not exist",
                "issuerRef: {name: ca, kind: ClusterIssuer} | left alone: its ClusterIssuer ca is of type ca",
                "issuerRef: {name: x, kind: X, group: x.test} | served: signed by the controller of x.test, as before",
                "keystores: {jks: {create: true}} | to do: keystores are not written",
                "keystores: {jks: {create: false}} | served: ",
                "additionalOutputFormats: [{type: DER}] | to do: additionalOutputFormats are not written",
                "'renewal: {policy: RenewBefore, windows: [{cron: 0 1 * * *, windowDuration: 1h}]}' | to do: renewal.windows",
            })
    void aCertificateIsServedWhenRoute53ProvesAllItsNames(String spec, String expected) {
        var issuers = List.<AnyIssuer>of(
                acme(
                        "le",
                        "{dns01: {route53: {}}}, {selector: {dnsZones: [web.test]}, http01: {ingress: {}}},"
                                + " {selector: {dnsZones: [cf.test]}, dns01: {cloudflare: {}}}"),
                issuer("ca", "ca: {secretName: x}"));
        assertThat(said(new Certificates(new Issuers(issuers)).verdicts(certificate(spec)).stream()))
                .contains(expected);
    }

    @Test
    void aCertificateOfAnIngressDoesNotFollowItAnyMore() {
        var certificate = certificate("");
        certificate.addOwnerReference(new OwnerReferenceBuilder()
                .withKind("Ingress")
                .withName("web")
                .withApiVersion("networking.k8s.io/v1")
                .withUid("u")
                .build());
        assertThat(said(new Certificates(new Issuers(List.of(acme("le", "{dns01: {route53: {}}}"))))
                        .verdicts(certificate).stream()))
                .isEqualTo("served: \nto do: renewed, but it does not follow Ingress web any more, and goes when that"
                        + " goes\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{dns01: {route53: {}}} | true | served: under way",
                "{dns01: {route53: {}}} | false | served: under way",
                "{http01: {}} | true | to do: of http01, and its finalizer is removed by cert-manager alone",
                "{http01: {}} | false | left alone: of http01",
            })
    void aChallengeOfAnotherSolverNeedsItsMaker(String solver, boolean held, String expected) {
        var challenge = Serialization.unmarshal(
                "metadata: {name: h, namespace: n" + (held ? ", finalizers: [acme.cert-manager.io/finalizer]" : "")
                        + "}\nspec: {solver: " + solver + "}",
                Challenge.class);
        assertThat(said(Stream.of(new UnderWay(new Issuers(List.of())).verdict(challenge))))
                .startsWith(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // there, release, kept, ours, converted, old
                "false | '' | false | false | false | '' | is not there",
                "true | a/b | false | false | false | '' | helm uninstall of release a/b deletes it",
                "true | a/b | true | false | false | '' | is cert-manager's: without its webhook nothing checks",
                "true | '' | false | false | false | '' | is cert-manager's: without its webhook nothing checks",
                "true | '' | false | true | false | '' | -",
                "true | a/b | false | true | false | '' | -",
                "true | a/b | true | false | true | '' | a webhook of cert-manager's converts its objects",
                "true | '' | true | true | false | v1alpha2 | objects may still be stored as v1alpha2",
            })
    void aDefinitionMustOutliveThePeersRelease(
            boolean there, String release, boolean kept, boolean ours, boolean converted, String old, String expected) {
        var definition = new Definition(
                "certificates.cert-manager.io",
                there,
                Optional.of(release).filter(text -> !text.isEmpty()),
                kept,
                ours,
                converted,
                old.isEmpty() ? List.of() : List.of(old));
        assertThat(Installation.verdict(definition).map(Finding::why).orElse("-"))
                .startsWith(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // asks, fails, answered, injected
                "true | true | true | true | failurePolicy is Fail: once Service n/w is gone and this is left",
                "true | true | false | false | failurePolicy is Fail and Service n/w is not there: no object",
                "true | false | false | true | -",
                "false | true | true | true | its CA is filled in by cert-manager's cainjector",
            })
    void aWebhookLeftBehindRefusesEveryWrite(
            boolean asks, boolean fails, boolean answered, boolean injected, String expected) {
        var hook = new Hook("Kind", "w", asks, fails, Optional.of("Service n/w"), answered, injected);
        assertThat(Installation.verdict(hook).map(Finding::why).orElse("-")).startsWith(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kube-system | a | 5 | held by a: as long as it is, acme53 waits",
                "cert-manager | a | 5 | held by a, and acme53 would take one in kube-system: both would act at once",
                "kube-system | '' | 5 | -",
                "kube-system | a | 500 | -",
            })
    void oneLeaseMustKeepTheTwoApart(String namespace, String holder, long secondsAgo, String expected) {
        var lease = new HeldLease(
                namespace,
                "cert-manager-controller",
                holder,
                Optional.of(NOW.minusSeconds(secondsAgo)),
                Duration.ofSeconds(60));
        assertThat(Programs.verdicts(lease, SAME, NOW)
                        .map(Finding::why)
                        .findFirst()
                        .orElse("-"))
                .isEqualTo(expected);
    }

    private static Picture picture(Program program) {
        return picture(program, List.of(), List.of());
    }

    private static Picture picture(List<AnyIssuer> issuers, List<TokenGrant> grants) {
        var peer = new Program(
                "cert-manager",
                "cert-manager",
                true,
                1,
                PEER,
                List.of("--cluster-resource-namespace=$(POD_NAMESPACE)"));
        return picture(peer, issuers, grants);
    }

    private static Picture picture(Program program, List<AnyIssuer> issuers, List<TokenGrant> grants) {
        return new Picture(
                issuers,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new TreeMap<>(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(program),
                grants,
                Map.of(PEER, "arn:aws:iam::111122223333:role/r"),
                new TreeSet<>());
    }

    private static final String BY_ACCOUNT =
            "{dns01: {route53: {role: r, auth: {kubernetes: {serviceAccountRef: {name: dns}}}}}}";

    @Test
    void whatTrustsThePeersNameIsSaidWhereTheNameChanges() {
        var grant = new TokenGrant("RoleBinding", "cert-manager", "b", List.of("dns"), Set.of(PEER.subject()));
        var picture = picture(List.of(acme("le", BY_ACCOUNT)), List.of(grant));
        assertThat(new Accounts(picture, OTHER).verdicts().map(Finding::object))
                .containsExactly(
                        "ServiceAccount cert-manager/cert-manager", "RoleBinding cert-manager/b", "ClusterIssuer le");
        assertThat(said(new Accounts(picture, SAME).verdicts()))
                .isEqualTo("to do: its annotation eks.amazonaws.com/role-arn goes with cert-manager's release\n");
    }

    @ParameterizedTest
    @CsvSource({
        "cert-manager, dns, true",
        "'', dns, true",
        "'', '', true",
        "elsewhere, dns, false",
        "cert-manager, other, false",
    })
    void tokensOfAnAccountNeedABindingThatCoversIt(String namespace, String account, boolean covered) {
        var grant = new TokenGrant(
                "RoleBinding",
                namespace,
                "b",
                account.isEmpty() ? List.of() : List.of(account),
                Set.of("system:serviceaccounts:cert-manager"));
        var said = said(new Accounts(picture(List.of(acme("le", BY_ACCOUNT)), List.of(grant)), SAME).verdicts());
        assertThat(said.contains("no binding lets cert-manager/cert-manager ask for tokens of ServiceAccount"
                        + " cert-manager/dns"))
                .isEqualTo(!covered);
    }

    @Test
    void besideThePeerIsNotPossibleWhenItsOtherSolversWouldStop() {
        var without = picture(List.of(acme("le", "{dns01: {route53: {}}}")), List.of());
        var with = picture(List.of(acme("le", "{dns01: {route53: {}}}, {http01: {}}")), List.of());
        assertThat(new WayIn(without, SAME, NOW).report().notes().getLast()).contains("possible, all ACME solvers");
        assertThat(new WayIn(with, SAME, NOW).report().notes().getLast())
                .endsWith("nobody would serve http01 of ClusterIssuer le");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--v=2 | true",
                "--controllers=* | true",
                "--controllers=-certificaterequests-approver | true",
                "--controllers=challenges | true",
                "--controllers=*,-challenges | false",
                "--controllers=* --controllers=-challenges | false",
                "--controllers=orders,issuers | false",
            })
    void whoWouldProveNoChallengesAfterwardsIsNamed(String arguments, boolean proves) {
        var peer = new Program("cert-manager", "cert-manager", true, 1, PEER, List.of(arguments.split(" ")));
        assertThat(said(Programs.verdicts(peer, new Intent(PEER, "kube-system", "kube-system"))))
                .isEqualTo(
                        proves
                                ? ""
                                : "to do: its --controllers leave challenges out, and acme53 with the same flag would"
                                        + " prove none either\n");
        var back = new WayBack(picture(peer), NOW).report().findings();
        assertThat(said(back.stream()))
                .isEqualTo(
                        proves
                                ? ""
                                : "to do: its --controllers leave challenges out: once acme53 is gone, nobody proves"
                                        + " them\n");
    }

    @ParameterizedTest
    @CsvSource({
        "--controllers=challenges, 'helm uninstall it, and have cert-manager prove the Challenges'",
        "--v=2, helm uninstall it before cert-manager's chart is installed: both make ServiceAccount cert-manager",
    })
    void anAcme53ThatRunsIsUninstalledOnTheWayBack(String argument, String change) {
        var own = new Program("cert-manager", "acme53", false, 1, PEER, List.of(argument));
        assertThat(new WayBack(picture(own), NOW).report().findings())
                .extracting(Finding::change)
                .containsExactly(change);
    }

    @Test
    void theExitCodeSaysWhetherThereIsAnythingToRead() {
        var nothing = new Report(List.of(), List.of(), Map.of(), List.of());
        var unseen = new Report(List.of(), List.of(), Map.of(), List.of("list secrets: forbidden"));
        assertThat(nothing.exitCode()).isZero();
        assertThat(unseen.exitCode()).isEqualTo(2);
    }

    @Test
    void whatObjectsSayCannotMoveTheCursorOfATerminal() {
        var report = new Report(
                List.of(Finding.toDo("Kind", "", "n", "a \u001b[2J b", "c")), List.of(), Map.of(), List.of());
        assertThat(new ReportText(report).lines(false)).contains("a ?[2J b").doesNotContain("\u001b");
    }
}
