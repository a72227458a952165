package dev.acme53.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// T29 to T49, the rows of route53.md R28: R and D are the variables, F the field, P the profile's region.
class RegionRuleTest {
    @ParameterizedTest(name = "T{0}")
    @CsvSource(textBlock = """
            29, false, , , , ,
            30, false, , , , ap-south-1, ap-south-1
            31, false, , , eu-west-1, ap-south-1, eu-west-1
            32, false, , us-west-2, , ap-south-1, us-west-2
            33, false, , us-west-2, eu-west-1, ap-south-1, eu-west-1
            34, false, us-east-2, , , ap-south-1, us-east-2
            35, false, us-east-2, , eu-west-1, ap-south-1, eu-west-1
            36, false, us-east-2, us-west-2, , ap-south-1, us-east-2
            37, false, us-east-2, us-west-2, eu-west-1, ap-south-1, eu-west-1
            38, true, , , , ,
            39, true, , , , ap-south-1, ap-south-1
            40, true, , , eu-west-1, ap-south-1, eu-west-1
            41, true, , us-west-2, eu-west-1, ap-south-1, us-west-2
            42, true, us-east-2, , eu-west-1, ap-south-1, us-east-2
            43, true, us-east-2, us-west-2, eu-west-1, ap-south-1, us-east-2
            44, true, us-east-2, us-east-2, eu-west-1, ap-south-1, us-east-2
            45, true, us-east-2, us-east-2, , ap-south-1, us-east-2
            46, true, , , eu-west-1, , eu-west-1
            47, false, us-east-2, us-east-2, eu-west-1, ap-south-1, eu-west-1
            48, false, us-east-2, us-east-2, eu-west-1, , eu-west-1
            49, false, us-east-2, us-east-2, , ap-south-1, us-east-2
            """)
    void theRegionIsThatOfTheRow(
            int vector,
            boolean ambient,
            @Nullable String r,
            @Nullable String d,
            @Nullable String f,
            @Nullable String p,
            @Nullable String expected) {
        var environment = new HashMap<String, String>();
        if (r != null) {
            environment.put("AWS_REGION", r);
        }
        if (d != null) {
            environment.put("AWS_DEFAULT_REGION", d);
        }
        var outcome = new RegionRule(environment, () -> Optional.ofNullable(p)).region(ambient, f == null ? "" : f);
        assertThat(named(outcome)).as("T" + vector).isEqualTo(expected);
    }

    private static @Nullable String named(RegionRule.Outcome outcome) {
        return switch (outcome) {
            case RegionRule.Outcome.Chosen chosen -> chosen.region();
            case RegionRule.Outcome.None _ -> null;
            case RegionRule.Outcome.Unreadable(String message) -> throw new AssertionError(message);
            case RegionRule.Outcome.Malformed(String from) -> throw new AssertionError(from);
        };
    }

    @Test
    void t50AnEmptyVariableCountsAsUnset() {
        var environment = new HashMap<String, String>();
        environment.put("AWS_REGION", "");
        environment.put("AWS_DEFAULT_REGION", "us-east-2");
        assertThat(new RegionRule(environment, Optional::empty).region(false, ""))
                .isEqualTo(new RegionRule.Outcome.Chosen("us-east-2", "AWS_DEFAULT_REGION"));
    }

    @ParameterizedTest
    @CsvSource({
        "eu-west-1.attacker.example",
        "'eu west'",
        "EU-WEST-1",
        "eu/west",
        "ä",
        "s3",
        "sts",
        "x-s3",
        "eu-west",
        "eu-west-1-x"
    })
    void textThatIsNoRegionIsRefused(String field) {
        assertThat(new RegionRule(new HashMap<>(), Optional::empty).region(false, field))
                .isEqualTo(new RegionRule.Outcome.Malformed("dns01.route53.region"));
    }

    @ParameterizedTest
    @CsvSource({
        "eu/west, '', AWS_REGION",
        "'', eu/west, AWS_DEFAULT_REGION",
        "'', '', region of the shared files' profile",
    })
    void whereTextThatIsNoRegionWasFoundIsSaid(String region, String defaultRegion, String from) {
        var environment = Map.of("AWS_REGION", region, "AWS_DEFAULT_REGION", defaultRegion);
        assertThat(new RegionRule(environment, () -> Optional.of("eu/west")).region(true, ""))
                .isEqualTo(new RegionRule.Outcome.Malformed(from));
    }

    @ParameterizedTest
    @CsvSource({
        "aws-global",
        "cn-north-1",
        "us-gov-west-1",
        "us-iso-east-1",
        "us-isob-east-1",
        "eusc-de-east-1",
        "eu-west-99"
    })
    void regionsOfEveryPartitionAreOnesAlsoThoseToCome(String region) {
        assertThat(new RegionRule(new HashMap<>(), Optional::empty).region(false, region))
                .isEqualTo(new RegionRule.Outcome.Chosen(region, "dns01.route53.region"));
    }

    @Test
    void aSharedFileThatCannotBeReadIsToldAndNotPassedOver() {
        var environment = Map.of("AWS_CONFIG_FILE", "/no/such");
        var rule = new RegionRule(environment, () -> new SharedFiles(environment).setting("region"));
        assertThat(rule.region(false, ""))
                .isEqualTo(new RegionRule.Outcome.Unreadable("the shared file /no/such (AWS_CONFIG_FILE) is missing"));
        assertThat(rule.region(false, "eu-west-1")).isInstanceOf(RegionRule.Outcome.Chosen.class);
    }

    @Test
    void blanksAroundARegionDoNotCount() {
        assertThat(new RegionRule(new HashMap<>(), Optional::empty).region(false, " eu-west-1\n"))
                .isEqualTo(new RegionRule.Outcome.Chosen("eu-west-1", "dns01.route53.region"));
    }
}
