package dev.acme53.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
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
            30, false, , , , p, p
            31, false, , , f, p, f
            32, false, , d, , p, d
            33, false, , d, f, p, f
            34, false, r, , , p, r
            35, false, r, , f, p, f
            36, false, r, d, , p, r
            37, false, r, d, f, p, f
            38, true, , , , ,
            39, true, , , , p, p
            40, true, , , f, p, f
            41, true, , d, f, p, d
            42, true, r, , f, p, r
            43, true, r, d, f, p, r
            44, true, r, r, f, p, r
            45, true, r, r, , p, r
            46, true, , , f, , f
            47, false, r, r, f, p, f
            48, false, r, r, f, , f
            49, false, r, r, , p, r
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
            case RegionRule.Outcome.Malformed _ -> throw new AssertionError("malformed");
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
    @CsvSource({"eu-west-1.attacker.example", "'eu west'", "EU-WEST-1", "eu/west", "ä"})
    void textThatIsNoRegionIsRefused(String field) {
        assertThat(new RegionRule(new HashMap<>(), Optional::empty).region(false, field))
                .isEqualTo(new RegionRule.Outcome.Malformed());
    }

    @Test
    void blanksAroundARegionDoNotCount() {
        assertThat(new RegionRule(new HashMap<>(), Optional::empty).region(false, " eu-west-1\n"))
                .isEqualTo(new RegionRule.Outcome.Chosen("eu-west-1", "dns01.route53.region"));
    }
}
