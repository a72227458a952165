package dev.acme53.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The table of route53.md §3.6, on AWS's own rules.
class EndpointsTest {
    private static Endpoints.Place.At at(Map<String, String> environment, String region) {
        var outcome = Endpoints.of(environment, new SharedFiles(environment));
        assertThat(outcome).isInstanceOf(Endpoints.Outcome.Read.class);
        var place = ((Endpoints.Outcome.Read) outcome).endpoints().at(region);
        assertThat(place).isInstanceOf(Endpoints.Place.At.class);
        return (Endpoints.Place.At) place;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "eu-west-1,      route53.amazonaws.com,        us-east-1,      sts.eu-west-1.amazonaws.com,          aws",
        "us-east-1,      route53.amazonaws.com,        us-east-1,      sts.us-east-1.amazonaws.com,          aws",
        "aws-global,     route53.amazonaws.com,        us-east-1,      sts.amazonaws.com,                    aws",
        "cn-north-1,     route53.amazonaws.com.cn,     cn-northwest-1, sts.cn-north-1.amazonaws.com.cn,      aws-cn",
        "cn-northwest-1, route53.amazonaws.com.cn,     cn-northwest-1, sts.cn-northwest-1.amazonaws.com.cn,  aws-cn",
        "us-gov-east-1,  route53.us-gov.amazonaws.com, us-gov-west-1,  sts.us-gov-east-1.amazonaws.com,      aws-us-gov",
        "us-gov-west-1,  route53.us-gov.amazonaws.com, us-gov-west-1,  sts.us-gov-west-1.amazonaws.com,      aws-us-gov",
        "us-iso-east-1,  route53.c2s.ic.gov,           us-iso-east-1,  sts.us-iso-east-1.c2s.ic.gov,         aws-iso",
        "eusc-de-east-1, route53.amazonaws.eu,         eusc-de-east-1, sts.eusc-de-east-1.amazonaws.eu,      aws-eusc",
    })
    void t51T52TheRegionSelectsPartitionSigningAndTheRegionalSts(
            String region, String route53, String signing, String sts, String partition) {
        var at = at(Map.of(), region);
        assertThat(at.route53()).hasToString("https://" + route53);
        assertThat(at.signingRegion()).isEqualTo(signing);
        assertThat(at.sts()).hasToString("https://" + sts);
        assertThat(at.partition()).isEqualTo(partition);
    }

    @Test
    void t53TheLegacyGlobalStsIsNeverAsked() {
        assertThat(at(Map.of("AWS_STS_REGIONAL_ENDPOINTS", "legacy"), "eu-west-1")
                        .sts())
                .hasToString("https://sts.eu-west-1.amazonaws.com");
    }

    @Test
    void t54TheServicesOwnVariableWinsAndWhatItReplacesIsSignedForTheClientsRegion() {
        var at = at(
                Map.of(
                        "AWS_ENDPOINT_URL", "https://all.example",
                        "AWS_ENDPOINT_URL_ROUTE_53", "https://dns.example:8443",
                        "AWS_ENDPOINT_URL_STS", "http://sts.example"),
                "eu-west-1");
        assertThat(at.route53()).hasToString("https://dns.example:8443");
        assertThat(at.sts()).hasToString("http://sts.example");
        assertThat(at.signingRegion()).isEqualTo("eu-west-1");
        assertThat(at(Map.of("AWS_ENDPOINT_URL", "https://all.example"), "eu-west-1")
                        .sts())
                .hasToString("https://all.example");
    }

    @Test
    void t54AllOfThemCanBeIgnored() {
        var at = at(
                Map.of(
                        "AWS_ENDPOINT_URL", "https://all.example",
                        "AWS_ENDPOINT_URL_STS", "https://sts.example",
                        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"),
                "eu-west-1");
        assertThat(at.route53()).hasToString("https://route53.amazonaws.com");
        assertThat(at.sts()).hasToString("https://sts.eu-west-1.amazonaws.com");
    }

    @Test
    void theProfileHasTheSameSettingsAndTheEnvironmentWins(@TempDir Path folder) throws IOException {
        var config = Files.writeString(folder.resolve("config"), """
                [default]
                services = here
                endpoint_url = https://all.example
                use_fips_endpoint = true
                [services here]
                sts =
                  endpoint_url = https://sts.example
                """);
        var environment = new HashMap<>(Map.of("AWS_CONFIG_FILE", config.toString()));
        environment.put("AWS_USE_FIPS_ENDPOINT", "false");
        var at = at(environment, "eu-west-1");
        assertThat(at.sts()).hasToString("https://sts.example");
        assertThat(at.route53()).hasToString("https://all.example");
        environment.remove("AWS_USE_FIPS_ENDPOINT");
        environment.put("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
        assertThat(at(environment, "us-east-1").sts()).hasToString("https://sts-fips.us-east-1.amazonaws.com");
    }

    @ParameterizedTest
    @CsvSource({
        "AWS_USE_FIPS_ENDPOINT,      us-east-1, route53-fips.amazonaws.com, sts-fips.us-east-1.amazonaws.com",
        "AWS_USE_DUALSTACK_ENDPOINT, eu-west-1, route53.global.api.aws,     sts.eu-west-1.api.aws",
    })
    void fipsAndDualStackAreAwssOwnRules(String variable, String region, String route53, String sts) {
        var at = at(Map.of(variable, "true"), region);
        assertThat(at.route53()).hasToString("https://" + route53);
        assertThat(at.sts()).hasToString("https://" + sts);
    }

    @Test
    void whatDoesNotGoTogetherIsRefusedInWords() {
        Map<String, String> environment =
                Map.of("AWS_USE_FIPS_ENDPOINT", "true", "AWS_ENDPOINT_URL_STS", "https://sts.example");
        var read = (Endpoints.Outcome.Read) Endpoints.of(environment, new SharedFiles(environment));
        assertThat(read.endpoints().at("us-east-1"))
                .isInstanceOfSatisfying(
                        Endpoints.Place.None.class,
                        none -> assertThat(none.message()).contains("AWS_USE_FIPS_ENDPOINT", "AWS_ENDPOINT_URL"));
    }

    @Test
    void aSharedFileThatCannotBeReadMayAskForFips(@TempDir Path folder) throws IOException {
        var config = Files.writeString(folder.resolve("config"), "use_fips_endpoint = true\n");
        for (var path : new String[] {"/no/such", config.toString()}) {
            var environment = Map.of("AWS_CONFIG_FILE", path);
            assertThat(Endpoints.of(environment, new SharedFiles(environment)))
                    .isInstanceOfSatisfying(
                            Endpoints.Outcome.Malformed.class,
                            bad -> assertThat(bad.message()).startsWith("the shared file " + path));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AWS_USE_FIPS_ENDPOINT, 1, AWS_USE_FIPS_ENDPOINT is neither true nor false",
        "AWS_USE_DUALSTACK_ENDPOINT, on, AWS_USE_DUALSTACK_ENDPOINT is neither true nor false",
        "AWS_ENDPOINT_URL_STS, sts.example, AWS_ENDPOINT_URL_STS is not the URL of an endpoint",
        "AWS_ENDPOINT_URL, 'http://a b', AWS_ENDPOINT_URL is not the URL of an endpoint",
        "AWS_ENDPOINT_URL_ROUTE_53, file:///x, AWS_ENDPOINT_URL_ROUTE_53 is not the URL of an endpoint",
    })
    void aSettingThatMeansNothingIsNotPassedOver(String variable, String value, String text) {
        var environment = Map.of(variable, value);
        assertThat(Endpoints.of(environment, new SharedFiles(environment)))
                .isInstanceOfSatisfying(
                        Endpoints.Outcome.Malformed.class,
                        bad -> assertThat(bad.message()).contains(text));
    }
}
