package dev.acme53.names;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubdomainNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "aws", "team-a.aws", "a.b.c", "1-2"})
    void whatAnObjectCanBeCalledIsOne(String text) {
        assertThat(SubdomainName.isOne(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "..",
                "../../victim/secrets/aws",
                "a/b",
                "a?x=y",
                "a#b",
                "a%2fb",
                "AWS",
                "a b",
                "-a",
                "a-",
                "a..b",
                ".a",
                "a.",
                "a_b",
                "aws\n",
                "ä"
            })
    void whatNoObjectCanBeCalledIsNone(String text) {
        assertThat(SubdomainName.isOne(text)).isFalse();
    }

    @Test
    void twoHundredAndFiftyThreeCharactersAreTheMost() {
        assertThat(SubdomainName.isOne("a".repeat(253))).isTrue();
        assertThat(SubdomainName.isOne("a".repeat(254))).isFalse();
    }
}
