package dev.acme53.certificate;

import static dev.acme53.certificate.APicture.KEY;
import static dev.acme53.certificate.APicture.NEXT_KEY;
import static dev.acme53.certificate.APicture.NOW;
import static dev.acme53.certificate.APicture.label;
import static dev.acme53.certificate.APicture.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Condition;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.certificate.CertificateStep.DeleteNextKeys;
import dev.acme53.certificate.CertificateStep.DeleteRequests;
import dev.acme53.certificate.CertificateStep.Edit;
import dev.acme53.certificate.CertificateStep.UpkeepSecret;
import dev.acme53.certificate.CertificateStep.Wait;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What happens while nothing is being issued, and how an issuance begins.
class CertificateDecisionTest {
    @Test
    void anIssuedCertificateThatIsInOrderWaitsForItsRenewal() {
        // ninety days, thirty ago: due in thirty
        assertThat(next(APicture.issued().reported())).isEqualTo(Wait.atMost(Duration.ofDays(30)));
    }

    @Test
    void whereNoRenewalComesItWaitsForItsEnd() {
        var p = APicture.issued().spec("renewal: {policy: Disabled}").reported();
        assertThat(next(p)).isEqualTo(Wait.atMost(Duration.ofDays(60).plusSeconds(1)));
        p.now = NOW.plus(Duration.ofDays(61));
        p.reported();
        assertThat(next(p)).isEqualTo(Wait.forEvents());
    }

    @Test
    void readyIsReportedFirst() {
        assertThat(next(APicture.fresh())).isInstanceOfSatisfying(Edit.class, edit -> {
            var ready = edit.edit().apply(APicture.fresh().status);
            assertThat(Conditions.reason(ready.conditions(), ConditionTypes.READY))
                    .isEqualTo("DoesNotExist");
            assertThat(ready.notAfter()).isNull();
            assertThat(edit.announcement()).isEmpty();
        });
    }

    @Test
    void readyIsWrittenOnlyWhenDifferent() {
        var p = APicture.issued().reported();
        assertThat(Conditions.isTrue(p.status.conditions(), ConditionTypes.READY))
                .isTrue();
        assertThat(p.status.notBefore()).isEqualTo(APicture.ISSUED);
        assertThat(p.status.notAfter()).isEqualTo(APicture.ISSUED.plus(Duration.ofDays(90)));
        assertThat(p.status.renewalTime()).isEqualTo(APicture.ISSUED.plus(Duration.ofDays(60)));
        p.now = NOW.plusSeconds(5);
        assertThat(next(p)).isInstanceOf(Wait.class);
        p.target = new TargetSecret.InOrder("web", p.status.notBefore(), p.status.notAfter());
        assertThat(next(p)).isInstanceOf(Wait.class);
    }

    @Test
    void timesAreClearedWhenTheCertificateCannotBeRead() {
        var p = APicture.issued().reported();
        p.secret(APicture.data("tls.crt", "x")).reported();
        assertThat(p.status.notBefore()).isNull();
        assertThat(p.status.notAfter()).isNull();
        assertThat(p.status.renewalTime()).isNull();
    }

    @Test
    void anIssuanceBeginsWithTheReasonAndAnEvent() {
        var p = APicture.fresh().reported();
        assertThat(next(p)).isInstanceOfSatisfying(Edit.class, edit -> {
            assertThat(edit.edit()).isInstanceOf(StatusEdit.Trigger.class);
            assertThat(edit.announcement()).hasValueSatisfying(event -> {
                assertThat(event.component()).isEqualTo("cert-manager-certificates-trigger");
                assertThat(event.reason()).isEqualTo("Issuing");
                assertThat(event.warning()).isFalse();
            });
            var issuing = Conditions.find(edit.edit().apply(p.status).conditions(), ConditionTypes.ISSUING)
                    .orElseThrow();
            assertThat(issuing.reason()).isEqualTo("DoesNotExist");
            assertThat(issuing.observedGeneration()).isEqualTo(1);
        });
    }

    @Test
    void aLoserOfTheSecretLooksAgainAfterThreeMinutesAndNeverTriggers() {
        var p = APicture.fresh();
        p.competitors.add(APicture.certificate("older", p.spec, "2025-01-01T00:00:00Z"));
        assertThat(next(p.reported())).isEqualTo(Wait.atMost(Duration.ofMinutes(3)));
    }

    @Test
    void aLoserDoesNotTouchTheSecret() {
        var p = APicture.issued().secret(label("controller.cert-manager.io/fao", "false"));
        p.competitors.add(APicture.certificate("older", p.spec, "2025-01-01T00:00:00Z"));
        assertThat(next(p.reported())).isInstanceOf(UpkeepSecret.class);
        p.secret(s -> APicture.annotation("cert-manager.io/certificate-name", null)
                .apply(label("controller.cert-manager.io/fao", "false").apply(s)));
        assertThat(next(p.reported())).isEqualTo(Wait.atMost(Duration.ofMinutes(3)));
    }

    @Test
    void afterAFailureItWaitsForTheBackOff() {
        var p = APicture.fresh();
        p.status = p.status.withLastFailureTime(NOW.minusSeconds(600)).withFailedIssuanceAttempts(1L);
        assertThat(next(p.reported())).isEqualTo(Wait.atMost(Duration.ofMinutes(50)));
    }

    @Test
    void theBackOffAppliesAlsoWhenTheFailedRequestIsGoneOrStillFits() {
        var p = APicture.fresh();
        p.status = p.status.withLastFailureTime(NOW.minusSeconds(600)).withFailedIssuanceAttempts(1L);
        p.requests.add(request(1, KEY, p.spec));
        assertThat(next(p.reported())).isInstanceOf(Wait.class);
    }

    @Test
    void aChangedSpecIsTriedAtOnce() {
        var p = APicture.fresh();
        p.status = p.status.withLastFailureTime(NOW.minusSeconds(600)).withFailedIssuanceAttempts(1L);
        p.requests.add(request(1, KEY, p.spec));
        p.spec("dnsNames: [other.example.com]");
        assertThat(next(p.reported()))
                .isInstanceOfSatisfying(Edit.class, e -> assertThat(e.edit()).isInstanceOf(StatusEdit.Trigger.class));
    }

    @Test
    void withoutABackOffTheNextIssuanceBeginsInTheNextSecond() {
        var p = APicture.fresh();
        p.settings = new CertificateSettings(
                Duration.ZERO, Duration.ofHours(32), false, List.of("*"), p.settings.pemLimits());
        p.status = p.status.withLastFailureTime(NOW).withFailedIssuanceAttempts(1L);
        assertThat(next(p.reported())).isEqualTo(Wait.atMost(Duration.ofSeconds(1)));
        p.now = NOW.plusSeconds(1);
        assertThat(next(p)).isInstanceOf(Edit.class);
    }

    @Test
    void whatALastIssuanceLeftIsTakenAway() {
        var p = APicture.issued().reported();
        p.status = p.status.withNextPrivateKeySecretName("web-abcde");
        p.nextKeys.add(NEXT_KEY);
        assertThat(next(p)).isEqualTo(Edit.silent(new StatusEdit.NextKeyName(null)));
        p.status = p.status.withNextPrivateKeySecretName(null);
        assertThat(next(p))
                .isInstanceOfSatisfying(
                        DeleteNextKeys.class, d -> assertThat(d.secrets()).containsExactly(NEXT_KEY));
    }

    @Test
    void theSecretIsPutRightOnceInAReconcile() {
        var p = APicture.issued()
                .secret(label("controller.cert-manager.io/fao", "false"))
                .reported();
        assertThat(next(p)).isInstanceOf(UpkeepSecret.class);
        p.upkept = true;
        assertThat(next(p)).isInstanceOf(Wait.class);
    }

    @Test
    void onlyTheNewestRevisionsAreKeptAndNeverIsTheNextOneTaken() {
        var p = APicture.issued();
        p.status = p.status.withRevision(3L);
        p.requests.clear();
        for (var revision : new long[] {4, 1, 3, 2}) {
            p.requests.add(request(revision, KEY, p.spec));
        }
        p.reported();
        assertThat(deleted(next(p))).containsExactly(2L, 1L);
        p.spec("revisionHistoryLimit: 2").reported();
        assertThat(deleted(next(p))).containsExactly(1L);
        p.spec("revisionHistoryLimit: 3").reported();
        assertThat(next(p)).isInstanceOf(Wait.class);
    }

    @Test
    void nothingIsPrunedWhileTheCertificateIsNotReady() {
        var p = APicture.issued();
        p.status = p.status
                .withRevision(2L)
                .withLastFailureTime(NOW.minusSeconds(5))
                .withFailedIssuanceAttempts(1L);
        p.requests.add(request(2, KEY, p.spec));
        p.secret(APicture.data("tls.crt", "x"));
        assertThat(next(p.reported())).isInstanceOf(Wait.class);
    }

    @Test
    void withTwoRequestsOfOneRevisionNothingHappens() {
        var p = APicture.issued();
        p.requests.add(request(1, KEY, p.spec));
        p.spec("dnsNames: [other.example.com]");
        assertThat(next(p)).isEqualTo(Wait.atMost(Duration.ofSeconds(30)));
        p.requests.clear();
        p.requests.add(request(2, KEY, p.spec));
        p.requests.add(request(2, KEY, p.spec));
        assertThat(next(p)).isEqualTo(Wait.atMost(Duration.ofSeconds(30)));
    }

    @Test
    void aSecretIsInOrderWhenEveryLastingCheckPasses() {
        var p = APicture.issued();
        p.now = NOW.plus(Duration.ofDays(400));
        assertThat(isInOrder(p)).isTrue();
        p.secret(label("controller.cert-manager.io/fao", "false"));
        assertThat(isInOrder(p)).isFalse();
        p.upkept = true;
        assertThat(isInOrder(p)).isTrue();
        p.secret(APicture.data("tls.key", ""));
        assertThat(isInOrder(p)).isFalse();
    }

    private static boolean isInOrder(APicture p) {
        return CertificateDecision.isInOrder(p.build(), ((TargetSecret.Read) p.target).facts());
    }

    private static CertificateStep next(APicture p) {
        return CertificateDecision.next(p.build());
    }

    private static List<Long> deleted(CertificateStep step) {
        assertThat(step).isInstanceOf(DeleteRequests.class);
        return ((DeleteRequests) step)
                .requests().stream().map(r -> r.revision().orElseThrow()).toList();
    }

    static Condition condition(APicture p, String type) {
        return Conditions.find(p.status.conditions(), type).orElseThrow();
    }
}
