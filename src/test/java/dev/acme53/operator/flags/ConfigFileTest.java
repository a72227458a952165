package dev.acme53.operator.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
    private static final String HEAD = """
            apiVersion: controller.config.cert-manager.io/v1alpha1
            kind: ControllerConfiguration
            """;

    @TempDir
    private Path folder;

    @Test
    void fieldsAreRead() throws Exception {
        var settings = Typed.settings("--config=" + file(HEAD + """
                namespace: team
                leaderElectionConfig:
                  enabled: false
                  leaseDuration: 2m
                  retryPeriod: 5000000000
                controllers: ["*", "-orders"]
                acmeDNS01Config:
                  recursiveNameservers: ["127.0.0.1:53"]
                  recursiveNameserversOnly: true
                featureGates:
                  ACMEUseARI: true
                logging:
                  format: json
                  verbosity: 4
                  vmodule:
                  - filePattern: x
                    verbosity: 3
                  options:
                    json: {infoBufferSize: "0"}
                enableGatewayAPI: true
                acmeHTTP01Config:
                  solverExtraLabels: {a: b}
                """));
        assertThat(settings.namespace()).contains("team");
        assertThat(settings.leaderElection().enabled()).isFalse();
        assertThat(settings.leaderElection().leaseDuration()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.leaderElection().retryPeriod()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.controllers().has(Stage.ORDERS)).isFalse();
        assertThat(settings.challenges().nameservers()).containsExactly("127.0.0.1:53");
        assertThat(settings.challenges().nameserversOnly()).isTrue();
        assertThat(settings.logging()).isEqualTo(new Settings.Logging(4, true));
        assertThat(settings.withoutEffect())
                .extracting(Settings.WithoutEffect::flag)
                .contains(
                        "--feature-gates=ACMEUseARI",
                        "--enable-gateway-api",
                        "--vmodule",
                        "--acme-http01-solver-extra-labels");
    }

    @Test
    void flagsWinOverTheFileWhereverTheyStand() throws Exception {
        var config = "--config=" + file(HEAD + "clusterResourceNamespace: file\nmaxConcurrentChallenges: 7\n");
        assertThat(Typed.settings("--cluster-resource-namespace=flag", config).clusterResourceNamespace())
                .isEqualTo("flag");
        assertThat(Typed.settings(config, "--cluster-resource-namespace=flag")
                        .challenges()
                        .atOnce())
                .isEqualTo(7);
    }

    @Test
    void listsOfTheCommandLineAreAddedToTheFiles() throws Exception {
        var config = "--config=" + file(HEAD + "acmeDNS01Config: {recursiveNameservers: ['1.1.1.1:53']}\n");
        assertThat(Typed.settings(config, "--dns01-recursive-nameservers=8.8.8.8:53")
                        .challenges()
                        .nameservers())
                .containsExactly("1.1.1.1:53", "8.8.8.8:53");
    }

    @Test
    void anEmptyFieldLeavesTheDefault() throws Exception {
        var settings = Typed.settings(
                "--config=" + file(HEAD + "clusterResourceNamespace: ''\ncontrollers: []\nnamespace:\n"));
        assertThat(settings).isEqualTo(Typed.settings());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nonsense: 1                              | unknown field nonsense
            leaderElectionConfig: {nonsense: 1}      | unknown field leaderElectionConfig.nonsense
            namespace: 5                             | namespace must be a string
            controllers: orders                      | controllers must be a list of strings
            leaderElectionConfig: {enabled: "yes"}   | leaderElectionConfig.enabled must be true or false
            leaderElectionConfig: 5                  | leaderElectionConfig must be an object
            maxConcurrentChallenges: "5"             | maxConcurrentChallenges must be a number
            featureGates: [a]                        | featureGates must be an object
            """)
    void aFieldOfTheWrongKindIsRefused(String field, String reason) throws Exception {
        var file = file(HEAD + field + "\n");
        assertThatThrownBy(() -> Typed.settings("--config=" + file))
                .isInstanceOf(BadFlag.class)
                .hasMessage("--config=" + file + ": " + reason);
    }

    @Test
    void aWrongValueNamesTheFileAndTheField() throws Exception {
        var file = file(HEAD + "certificateRequestMinimumBackoffDuration: soon\n");
        assertThatThrownBy(() -> Typed.settings("--config=" + file))
                .hasMessage(file + ": certificateRequestMinimumBackoffDuration=soon:"
                        + " not a duration; write it like 90s, 10m or 1h30m");
    }

    @Test
    void aDoubledFieldIsRefused() throws Exception {
        var file = file(HEAD + "namespace: a\nnamespace: b\n");
        assertThatThrownBy(() -> Typed.settings("--config=" + file))
                .hasMessageContaining("not readable as YAML")
                .hasMessageContaining("namespace")
                .message()
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({"v1,ControllerConfiguration", "controller.config.cert-manager.io/v1alpha1,WebhookConfiguration"})
    void anotherKindOfFileIsRefused(String apiVersion, String kind) throws Exception {
        var file = file("apiVersion: " + apiVersion + "\nkind: " + kind + "\n");
        assertThatThrownBy(() -> Typed.settings("--config=" + file))
                .hasMessageEndingWith("kind and apiVersion must be ControllerConfiguration and"
                        + " controller.config.cert-manager.io/v1alpha1");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("config.yaml"), text);
    }
}
