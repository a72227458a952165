package dev.acme53.certificate;

import static dev.acme53.certificate.APicture.KEY;
import static dev.acme53.certificate.APicture.NEXT_KEY;
import static dev.acme53.certificate.APicture.NOW;
import static dev.acme53.certificate.APicture.OTHER_KEY;
import static dev.acme53.certificate.APicture.P384_KEY;
import static dev.acme53.certificate.APicture.condition;
import static dev.acme53.certificate.APicture.data;
import static dev.acme53.certificate.APicture.request;
import static dev.acme53.certificate.APicture.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Condition.Status;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.OrderWait;
import dev.acme53.api.State;
import dev.acme53.certificate.CertificateStep.CollectCertificate;
import dev.acme53.certificate.CertificateStep.CreateRequest;
import dev.acme53.certificate.CertificateStep.DeleteNextKeys;
import dev.acme53.certificate.CertificateStep.DeleteRequests;
import dev.acme53.certificate.CertificateStep.Edit;
import dev.acme53.certificate.CertificateStep.GenerateNextKey;
import dev.acme53.certificate.CertificateStep.IssueTemporary;
import dev.acme53.certificate.CertificateStep.LookAtNextKey;
import dev.acme53.certificate.CertificateStep.NameNextKey;
import dev.acme53.certificate.CertificateStep.ReadTarget;
import dev.acme53.certificate.CertificateStep.ReuseKey;
import dev.acme53.certificate.CertificateStep.Wait;
import dev.acme53.x509.KeySpec;
import dev.acme53.x509.PrivateKeys;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What happens while `Issuing` is True: behaviour.md §1.4 to §1.6.
class IssuanceTest {
    // the next private key

    @Test
    void aKeyIsNamedThenLookedForThenMade() {
        var p = APicture.issuing();
        p.nextKeys.clear();
        p.nextKey = new NextKey.Unknown();
        p.status = p.status.withNextPrivateKeySecretName(null);
        assertThat(next(p)).isEqualTo(new NameNextKey());
        p.status = p.status.withNextPrivateKeySecretName("web-abcde");
        assertThat(next(p)).isEqualTo(new LookAtNextKey("web-abcde"));
        p.nextKey = new NextKey.Absent("web-abcde");
        assertThat(next(p)).isEqualTo(new GenerateNextKey("web-abcde", KeySpec.ecdsa(256), java.util.Optional.empty()));
    }

    @Test
    void theOneKeyThatIsThereIsAdopted() {
        var p = APicture.issuing();
        p.status = p.status.withNextPrivateKeySecretName(null);
        assertThat(next(p)).isEqualTo(Edit.silent(new StatusEdit.NextKeyName("web-abcde")));
    }

    @Test
    void ofSeveralKeysOnlyTheNamedOneStays() {
        var p = APicture.issuing();
        var other = new SecretIdentity("web-zzzzz", "other-uid", "8");
        p.nextKeys.add(other);
        assertThat(((DeleteNextKeys) next(p)).secrets()).containsExactly(other);
        p.status = p.status.withNextPrivateKeySecretName(null);
        assertThat(((DeleteNextKeys) next(p)).secrets()).containsExactly(NEXT_KEY, other);
    }

    @Test
    void aKeyThatCannotBeReadIsDeletedAndAnotherIsMade() {
        var p = APicture.issuing();
        p.nextKey = new NextKey.Broken(NEXT_KEY, "nonsense");
        assertThat(((DeleteNextKeys) next(p)).secrets()).containsExactly(NEXT_KEY);
        assertThat(((DeleteNextKeys) next(p)).announcement()).isEmpty();
    }

    @Test
    void aKeyOfAnotherKindIsDeletedWithAnEvent() {
        var p = APicture.issuing();
        p.nextKey = new NextKey.Usable(NEXT_KEY, P384_KEY.getPublic());
        assertThat(next(p)).isInstanceOfSatisfying(DeleteNextKeys.class, d -> {
            assertThat(d.secrets()).containsExactly(NEXT_KEY);
            assertThat(d.announcement().orElseThrow().reason()).isEqualTo("Deleted");
            assertThat(d.announcement().orElseThrow().warning()).isFalse();
        });
    }

    @Test
    void aSecretOfThatNameThatIsNotOursGetsAnotherName() {
        var p = APicture.issuing();
        p.nextKeys.clear();
        p.nextKey = new NextKey.Foreign("web-abcde");
        assertThat(next(p)).isEqualTo(new NameNextKey());
    }

    @Test
    void rotationPolicyNeverTakesTheKeyOfTheTargetSecret() {
        var p = reusing(APicture.issued().target);
        assertThat(next(p)).isEqualTo(new ReuseKey("web-abcde"));
        p.target = new TargetSecret.InOrder("web", NOW, NOW.plusSeconds(1000));
        p.reported();
        assertThat(next(p)).isEqualTo(new ReadTarget());
    }

    @Test
    void rotationPolicyNeverMakesAKeyWhereThereIsNone() {
        assertThat(next(reusing(new TargetSecret.Missing()))).isInstanceOf(GenerateNextKey.class);
        var empty = APicture.issued().secret(data("tls.key", "")).target;
        assertThat(next(reusing(empty)))
                .isInstanceOfSatisfying(
                        GenerateNextKey.class, g -> assertThat(g.announcement()).isEmpty());
    }

    @Test
    void rotationPolicyNeverMakesAKeyWithAWarningWhereItCannotBeRead() {
        var broken = APicture.issued().secret(data("tls.key", "x")).target;
        assertThat(next(reusing(broken))).isInstanceOfSatisfying(GenerateNextKey.class, g -> {
            assertThat(g.announcement().orElseThrow().reason()).isEqualTo("DecodeFailed");
            assertThat(g.announcement().orElseThrow().warning()).isTrue();
        });
    }

    @Test
    void rotationPolicyNeverStopsWhereTheKeyIsOfAnotherKindAndSaysSo() {
        var p = reusing(APicture.issued().target);
        p.spec("privateKey: {algorithm: RSA, rotationPolicy: Never}").reported();
        var said = (Edit) next(p);
        p.status = said.edit().apply(p.status);
        assertThat(CertificateDecisionTest.condition(p, ConditionTypes.ISSUING).message())
                .contains("rotationPolicy Never");
        assertThat(next(p)).isInstanceOfSatisfying(Wait.class, w -> {
            assertThat(w.announcement().orElseThrow().reason()).isEqualTo("CannotRegenerateKey");
            assertThat(w.atMost()).isEmpty();
        });
    }

    @Test
    void aKeyThatDoesNotExistInTheWorldIsSaidInTheMessage() {
        var p = APicture.issuing().spec("privateKey: {algorithm: RSA, size: 1000}");
        p.status = ((Edit) next(p)).edit().apply(p.status);
        assertThat(CertificateDecisionTest.condition(p, ConditionTypes.ISSUING).message())
                .contains("algorithm and size");
        assertThat(next(p)).isEqualTo(Wait.forEvents());
    }

    // the request

    @Test
    void theRequestOfTheNextRevisionIsCreated() {
        var p = APicture.issuing();
        assertThat(next(p)).isEqualTo(new CreateRequest(1, NEXT_KEY));
        p.status = p.status.withRevision(6L);
        p.reported();
        assertThat(next(p)).isEqualTo(new CreateRequest(7, NEXT_KEY));
    }

    @Test
    void aRequestThatDoesNotFitIsDeleted() {
        var p = APicture.issuing();
        p.requests.add(request(1, OTHER_KEY, p.spec));
        assertThat(((DeleteRequests) next(p)).requests()).isEqualTo(p.requests);
        p.requests.set(0, request(1, KEY, p.spec));
        p.spec("dnsNames: [other.example.com]");
        assertThat(((DeleteRequests) next(p)).requests()).isEqualTo(p.requests);
    }

    @Test
    void aRequestWithoutARevisionIsDeleted() {
        var p = APicture.issuing();
        p.requests.add(with(request(1, KEY, p.spec), r -> {
            r.getMetadata().setAnnotations(Map.of("cert-manager.io/certificate-revision", "one"));
            return r;
        }));
        assertThat(next(p)).isInstanceOf(DeleteRequests.class);
    }

    @Test
    void aRequestThatFailedInAnEarlierIssuanceIsDeleted() {
        var p = APicture.issuing();
        p.requests.add(failed(request(1, KEY, p.spec), -1));
        assertThat(next(p)).isInstanceOf(DeleteRequests.class);
    }

    @Test
    void ofTwoRequestsThatFitNothingFollows() {
        var p = APicture.issuing();
        p.requests.add(request(1, KEY, p.spec));
        p.requests.add(request(1, KEY, p.spec));
        assertThat(next(p)).isEqualTo(Wait.forEvents());
    }

    @Test
    void aSpecOfWhichNoRequestCanBeMadeIsSaidInTheMessageAndNotTriedAgain() {
        var p = APicture.issuing();
        p.unbuildable = "literalSubject is not a distinguished name";
        p.status = ((Edit) next(p)).edit().apply(p.status);
        assertThat(CertificateDecisionTest.condition(p, ConditionTypes.ISSUING).message())
                .endsWith("literalSubject is not a distinguished name");
        assertThat(next(p)).isEqualTo(Wait.forEvents());
    }

    // its outcome

    @Test
    void aRequestWithoutReadyIsWaitedFor() {
        var p = APicture.issuing();
        p.requests.add(request(1, KEY, p.spec));
        assertThat(next(p)).isEqualTo(Wait.forEvents());
    }

    @Test
    void whatTheRequestWaitsForIsCarriedUpOnce() {
        var p = APicture.issuing();
        p.requests.add(pending(request(1, KEY, p.spec), "Waiting on order; web-1-1: chal-1: no such hosted zone"));
        p.status = ((Edit) next(p)).edit().apply(p.status);
        var issuing = CertificateDecisionTest.condition(p, ConditionTypes.ISSUING);
        assertThat(issuing.message())
                .startsWith("Secret web-tls does not exist")
                .endsWith("chal-1: no such hosted zone");
        assertThat(issuing.reason()).isEqualTo("DoesNotExist");
        assertThat(issuing.lastTransitionTime()).isEqualTo(NOW);
        p.now = NOW.plusSeconds(60);
        assertThat(next(p)).isEqualTo(Wait.forEvents());
    }

    @Test
    void thatItsOrderIsUnderWayIsNotCarriedUp() {
        var p = APicture.issuing();
        p.requests.add(pending(request(1, KEY, p.spec), OrderWait.of("team/web-1-1", State.PENDING)));
        assertThat(next(p)).isEqualTo(Wait.forEvents());
    }

    @Test
    void whatHeldTheRequestUpIsTakenBackWhenItGoesOn() {
        var p = APicture.issuing();
        p.requests.add(pending(request(1, KEY, p.spec), "Referenced Issuer \"le\" does not exist"));
        p.status = ((Edit) next(p)).edit().apply(p.status);
        p.requests.clear();
        p.requests.add(pending(request(1, KEY, p.spec), OrderWait.of("team/web-1-1", State.PENDING)));
        p.status = ((Edit) next(p)).edit().apply(p.status);
        assertThat(CertificateDecisionTest.condition(p, ConditionTypes.ISSUING).message())
                .isEqualTo("Secret web-tls does not exist");
    }

    @ParameterizedTest
    @CsvSource({
        // condition, its reason, the reason of the failure
        "Denied,         PolicyViolation, PolicyViolation",
        "InvalidRequest, BadNames,        BadNames",
        "Ready,          Failed,          Failed"
    })
    void aRefusalFailsTheIssuanceWithTheReasonOfTheRequest(String type, String reason, String expected) {
        var p = APicture.issuing();
        var status = type.equals("Ready") ? Status.FALSE : Status.TRUE;
        p.requests.add(condition(request(1, KEY, p.spec), type, status, reason, "because"));
        var step = (Edit) next(p);
        var event = step.announcement().orElseThrow();
        assertThat(event.warning()).isTrue();
        assertThat(event.reason()).isEqualTo(expected);
        assertThat(event.component()).isEqualTo("cert-manager-certificates-issuing");
        var after = step.edit().apply(p.status);
        var issuing =
                Conditions.find(after.conditions(), ConditionTypes.ISSUING).orElseThrow();
        assertThat(issuing.status()).isEqualTo(Status.FALSE);
        assertThat(issuing.reason()).isEqualTo(expected);
        assertThat(issuing.message()).endsWith("because");
        assertThat(after.lastFailureTime()).isEqualTo(NOW);
        assertThat(after.failedIssuanceAttempts()).isEqualTo(1);
        assertThat(step.edit().apply(after).failedIssuanceAttempts()).isEqualTo(2);
    }

    @Test
    void aDenialWinsOverAnIssuedCertificate() {
        var p = APicture.issuing();
        p.requests.add(condition(issued(request(1, KEY, p.spec)), "Denied", Status.TRUE, "No", "no"));
        assertThat(((Edit) next(p)).edit()).isInstanceOf(StatusEdit.Failed.class);
    }

    @Test
    void anIssuedCertificateIsCollected() {
        var p = APicture.issuing();
        p.requests.add(issued(request(1, KEY, p.spec)));
        assertThat(next(p)).isEqualTo(new CollectCertificate(p.requests.getFirst(), 1, NEXT_KEY));
    }

    @Test
    void successClearsTheFailures() {
        var p = APicture.issuing();
        var failed = p.status.withLastFailureTime(NOW).withFailedIssuanceAttempts(3L);
        var after = new StatusEdit.Issued(1).apply(failed);
        assertThat(after.revision()).isEqualTo(1);
        assertThat(after.lastFailureTime()).isNull();
        assertThat(after.failedIssuanceAttempts()).isNull();
        assertThat(Conditions.find(after.conditions(), ConditionTypes.ISSUING)).isEmpty();
    }

    @Test
    void aForeignIssuingIsHonouredAtOnceWhateverTheBackOff() {
        var p = APicture.issued().reported();
        p.status = p.status
                .withLastFailureTime(NOW)
                .withFailedIssuanceAttempts(9L)
                .withConditions(Conditions.set(
                        p.status.conditions(),
                        ConditionTypes.ISSUING,
                        Status.TRUE,
                        "ManuallyTriggered",
                        "by hand",
                        1L,
                        NOW));
        assertThat(next(p)).isEqualTo(new NameNextKey());
    }

    // the temporary certificate

    @Test
    void aTemporaryCertificateIsIssuedOnceIntoAnIncompleteSecretIfTheUserAsksForIt() {
        var p = APicture.issuing();
        p.requests.add(pending(request(1, KEY, p.spec), ""));
        assertThat(next(p)).isEqualTo(Wait.forEvents());
        p.annotations = Map.of("cert-manager.io/issue-temporary-certificate", "true");
        assertThat(next(p)).isEqualTo(new IssueTemporary(NEXT_KEY));
        p.target = APicture.issued().secret(data("tls.key", PrivateKeys.encodePkcs1(OTHER_KEY))).target;
        assertThat(next(p.reported())).isEqualTo(new IssueTemporary(NEXT_KEY));
        p.target = APicture.issued().target;
        assertThat(next(p.reported())).isEqualTo(Wait.forEvents());
        p.annotations = Map.of("cert-manager.io/issue-temporary-certificate", "yes");
        p.target = new TargetSecret.Missing();
        assertThat(next(p.reported())).isEqualTo(Wait.forEvents());
    }

    private static APicture reusing(TargetSecret target) {
        var p = APicture.issuing();
        p.spec("privateKey: {algorithm: ECDSA, rotationPolicy: Never}");
        p.nextKeys.clear();
        p.nextKey = new NextKey.Absent("web-abcde");
        p.target = target;
        return p.reported();
    }

    private static OwnedRequest pending(OwnedRequest request, String message) {
        return condition(request, ConditionTypes.READY, Status.FALSE, "Pending", message);
    }

    private static OwnedRequest issued(OwnedRequest request) {
        return condition(request, ConditionTypes.READY, Status.TRUE, "Issued", "issued");
    }

    private static OwnedRequest failed(OwnedRequest request, long secondsFromNow) {
        return with(condition(request, ConditionTypes.READY, Status.FALSE, "Failed", "no"), r -> {
            r.setStatus(r.statusOrEmpty().withFailureTime(NOW.plusSeconds(secondsFromNow)));
            return r;
        });
    }

    private static CertificateStep next(APicture p) {
        return CertificateDecision.next(p.build());
    }
}
