package dev.acme53.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "example.com, example.com.",
        "Example.COM., example.com.",
        "*.example.com, \\052.example.com.",
        "\\052.example.com, \\052.example.com.",
        "_acme-challenge.x.test, _acme-challenge.x.test.",
        "@.example.com, \\100.example.com.",
        "ä.test, \\303\\244.test.",
        "., ."
    })
    void namesAreWrittenAsRoute53WritesThem(String given, String expected) {
        assertThat(Names.normal(given)).isEqualTo(expected);
        assertThat(Names.normal(expected)).isEqualTo(expected);
        assertThat(Names.ofDns(Names.dns(expected))).isEqualTo(expected);
    }

    @Test
    void listingsSortByReversedLabels() {
        assertThat(Names.reversed("www.example.com.")).isEqualTo("com.example.www.");
    }

    @ParameterizedTest
    @CsvSource({"a.example.com.,true", "example.com.,true", "badexample.com.,false", "com.,false"})
    void aNameIsInAZoneAtOrBelowItsApex(String name, boolean expected) {
        assertThat(Names.within(name, "example.com.")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "a..b, DomainLabelEmpty",
        "x123456789012345678901234567890123456789012345678901234567890123.test, DomainLabelTooLong"
    })
    void aNameThatIsNoneIsRefusedInAwsWords(String given, String problem) {
        assertThatThrownBy(() -> Names.normal(given))
                .hasMessageStartingWith("FATAL problem: " + problem)
                .hasMessageEndingWith("encountered with '" + given + "'");
    }
}
