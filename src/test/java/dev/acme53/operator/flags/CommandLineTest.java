package dev.acme53.operator.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @Test
    void aValueFollowsAnEqualsSignOrASpace() {
        assertThat(Typed.settings("--namespace=a").namespace()).contains("a");
        assertThat(Typed.settings("--namespace", "b").namespace()).contains("b");
    }

    @ParameterizedTest
    @CsvSource({
        "--leader-elect,true",
        "--leader-elect=true,true",
        "--leader-elect=false,false",
        "--leader-elect=0,false"
    })
    void aSwitchNeedsNoValue(String typed, boolean on) {
        assertThat(Typed.settings(typed, "--leader-election-namespace=x")
                        .leaderElection()
                        .enabled())
                .isEqualTo(on);
    }

    @Test
    void aSwitchDoesNotTakeTheFlagThatFollows() {
        var settings = Typed.settings("--enable-certificate-owner-ref", "--namespace=a");
        assertThat(settings.certificates().ownerReference()).isTrue();
        assertThat(settings.namespace()).contains("a");
    }

    @Test
    void theLastOfSeveralWins() {
        assertThat(Typed.settings("--namespace=a", "--namespace=b").namespace()).contains("b");
    }

    @Test
    void listsAreSeparatedByCommasAndAddedUp() {
        assertThat(Typed.settings(
                                "--dns01-recursive-nameservers=8.8.8.8:53,[2001:4860:4860::8888]:53",
                                "--dns01-recursive-nameservers",
                                "https://1.1.1.1/dns-query")
                        .challenges()
                        .nameservers())
                .containsExactly("8.8.8.8:53", "[2001:4860:4860::8888]:53", "https://1.1.1.1/dns-query");
    }

    @Test
    void durationsAreGos() {
        assertThat(Typed.settings("--dns01-check-retry-period=1m30s")
                        .challenges()
                        .checkRetryPeriod())
                .isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void everyFlagOfTheSpecificationIsTaken() {
        for (var flag : Flags.ALL) {
            if (!flag.standard().isEmpty()) {
                assertThat(Typed.settings(flag.dashed() + "=" + flag.standard()))
                        .as(flag.name())
                        .isNotNull();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--log_dir=/tmp", "--skip_headers", "--alsologtostderr", "--add_dir_header=true", "-v=4", "-v4"})
    void oldSpellingsAreTaken(String typed) {
        assertThat(Typed.settings(typed)).isNotNull();
    }

    @Test
    void aFlagWithoutEffectIsNamedWithItsReason() {
        assertThat(Typed.settings("--acme-http01-solver-image=x", "--kube-api-qps=30")
                        .withoutEffect())
                .containsExactly(
                        new Settings.WithoutEffect(
                                "--kube-api-qps", "the API server's Priority and Fairness limits requests"),
                        new Settings.WithoutEffect("--acme-http01-solver-image", "HTTP01 challenges are not served"));
    }

    static List<List<String>> refusals() {
        return List.of(
                List.of("--v=abc", "--v=abc: not a whole number"),
                List.of("--v=-1", "--v=-1: must be at least 0"),
                List.of("--leader-elect=maybe", "--leader-elect=maybe: must be true or false"),
                List.of(
                        "--leader-election-lease-duration=60",
                        "--leader-election-lease-duration=60: not a duration; write it like 90s, 10m or 1h30m"),
                List.of(
                        "--leader-election-lease-duration=10s",
                        "--leader-election-renew-deadline=10s: must be shorter than --leader-election-lease-duration"),
                List.of(
                        "--leader-election-retry-period=9s",
                        "--leader-election-retry-period=9s: 1.2 times it must be shorter than"
                                + " --leader-election-renew-deadline"),
                List.of("--leader-election-retry-period=0", "--leader-election-retry-period=0: must be greater than 0"),
                List.of(
                        "--dns01-recursive-nameservers=8.8.8.8:53,1.1.1.1",
                        "--dns01-recursive-nameservers=1.1.1.1: must be host:port, for example 8.8.8.8:53"),
                List.of(
                        "--dns01-recursive-nameservers=https:///x",
                        "--dns01-recursive-nameservers=https:///x: the URL has no host"),
                List.of(
                        "--metrics-listen-address=9402",
                        "--metrics-listen-address=9402: must look like host:port, :port or [address]:port"),
                List.of(
                        "--metrics-listen-address=:99999",
                        "--metrics-listen-address=:99999: the port must be between 0 and 65535"),
                List.of("--logging-format=xml", "--logging-format=xml: must be one of text, json"),
                List.of("--feature-gates=Nope=true", "--feature-gates=Nope=true: unknown feature gate"),
                List.of("--feature-gates=ACMEUseARI", "--feature-gates=ACMEUseARI: must look like key=value"),
                List.of("--controllers=*,-orderz", "--controllers=-orderz: not a known controller"),
                List.of("--kube-api-burst=10", "--kube-api-burst=10: must not be lower than --kube-api-qps"),
                List.of("--max-certificate-size=0", "--max-certificate-size=0: must be at least 1"),
                List.of(
                        "--max-certificate-size=999999",
                        "--max-certificate-size=999999: must not be larger than --max-certificate-bundle-size"),
                List.of(
                        "--certificate-request-maximum-backoff-duration=1m",
                        "--certificate-request-maximum-backoff-duration=1m: must not be shorter than"
                                + " --certificate-request-minimum-backoff-duration"),
                List.of(
                        "--certificate-request-minimum-backoff-duration=-1h",
                        "--certificate-request-minimum-backoff-duration=-1h: must not be negative"),
                List.of("--metrics-tls-cert-file=a", "--metrics-tls-cert-file=a: needs --metrics-tls-private-key-file"),
                List.of(
                        "--approve-signer-names=issuers.cert-manager.io/*,letsencrypt",
                        "--approve-signer-names=letsencrypt: must look like issuers.cert-manager.io/* or"
                                + " clusterissuers.cert-manager.io/NAME"),
                List.of("--leader-election-lease-name=", "--leader-election-lease-name=: must not be empty"),
                List.of("--config=/nowhere", "--config=/nowhere: cannot be read: NoSuchFileException"),
                List.of(
                        "--acme-http01-solver-run-as-non-root=x",
                        "--acme-http01-solver-run-as-non-root=x: must be true or false"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aWrongValueIsRefusedInOneLineThatNamesFlagAndValue(List<String> row) {
        assertThatThrownBy(() -> Typed.settings(row.getFirst()))
                .isInstanceOf(BadFlag.class)
                .hasMessage(row.getLast());
    }

    @Test
    void aLineBreakInAValueStaysOneLine() {
        assertThatThrownBy(() -> Typed.settings("--v=1\n2")).hasMessage("--v=1?2: not a whole number");
    }

    @Test
    void noMinimumEndsTheBackoff() {
        var certificates = Typed.settings("--certificate-request-minimum-backoff-duration=0")
                .certificates();
        assertThat(certificates)
                .isEqualTo(new Settings.Certificates(
                        false, certificates.copiedAnnotationPrefixes(), Duration.ZERO, Duration.ofHours(32)));
    }

    @Test
    void everyGateGivenIsNamedAsWithoutEffect() {
        assertThat(Typed.settings("--feature-gates=OtherNames=false,AllAlpha=true")
                        .withoutEffect())
                .extracting(Settings.WithoutEffect::flag)
                .containsExactly("--feature-gates=AllAlpha", "--feature-gates=OtherNames");
    }

    @Test
    void oneNamespaceLeavesClusterIssuersOut() {
        var controllers = Typed.settings("--namespace=a").controllers();
        assertThat(controllers.has(Stage.CLUSTER_ISSUERS)).isFalse();
        assertThat(controllers.has(Stage.ISSUERS)).isTrue();
    }

    @Test
    void metricsOverTlsNeedBothFiles() {
        var tls = Typed.settings(
                        "--metrics-tls-cert-file=c",
                        "--metrics-tls-private-key-file=k",
                        "--metrics-tls-min-version=VersionTLS13")
                .metrics()
                .tls();
        assertThat(tls).isEqualTo(Optional.of(new Settings.Tls("c", "k", "TLSv1.3", List.of())));
    }
}
