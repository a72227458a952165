package dev.acme53.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DnsNameTest {
    private static final String LABEL_63 = "a".repeat(63);

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @CsvSource({
        "example.com,       example.com",
        "Example.COM.,      example.com",
        "com,               com",
        "*.Example.com,     *.example.com",
        "_acme-challenge.x, _acme-challenge.x",
        "xn--mnchen-3ya.de, xn--mnchen-3ya.de",
        "1.2.0.192.in-addr.arpa, 1.2.0.192.in-addr.arpa",
        "a_b.c-d,           a_b.c-d",
    })
    void aNameIsLowerCaseWithoutTrailingDot(String written, String name) {
        assertThat(DnsName.of(written)).hasToString(name);
        assertThat(DnsName.of(written).text()).isEqualTo(name);
        assertThat(DnsName.of(written).absolute()).isEqualTo(name + ".");
        assertThat(DnsName.parse(written)).contains(DnsName.of(name));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                | it has no label
            .                 | it has no label
            a..b              | it has an empty label
            .a                | it has an empty label
            a..               | it has an empty label
            *                 | may only be the whole first label
            a.*.b             | may only be the whole first label
            a*.b              | may only be the whole first label
            *.*.b             | may only be the whole first label
            -a.b              | neither begins nor ends with a hyphen
            a-.b              | neither begins nor ends with a hyphen
            münchen.de        | as A-labels
            a b.c             | has only a-z
            'a/../b'          | has only a-z
            a.b:53            | has only a-z
            """)
    void whatIsNoNameIsRefusedWithASentence(String written, String why) {
        assertThatThrownBy(() -> DnsName.of(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a DNS name: ")
                .hasMessageContaining(why);
        assertThat(DnsName.parse(written)).isEmpty();
    }

    @Test
    void lengthsAreThoseOfRfc1035() {
        assertThat(DnsName.of(LABEL_63).labels()).containsExactly(LABEL_63);
        assertThat(DnsName.parse(LABEL_63 + "a")).isEmpty();
        var longest = String.join(".", LABEL_63, LABEL_63, LABEL_63, "a".repeat(61));
        assertThat(longest).hasSize(253);
        assertThat(DnsName.of(longest + ".").text()).isEqualTo(longest);
        assertThat(DnsName.parse(longest + "a")).isEmpty();
        assertThat(DnsName.parse("a." + longest)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\nb", "\u001b[31m", "a\u202eb"})
    void aRefusalShowsNoControlCharacters(String written) {
        assertThatThrownBy(() -> DnsName.of(written)).message().matches("[\\x20-\\x7e…–]*");
    }

    @Test
    void aRefusalOfALongTextIsShort() {
        assertThatThrownBy(() -> DnsName.of("a ".repeat(100_000))).message().hasSizeLessThan(250);
    }

    @Test
    void theConstructorTakesOnlyTheCanonicalForm() {
        assertThatThrownBy(() -> new DnsName("Example.com")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DnsName("example.com.")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "example.com,     example.com,  true",
        "a.example.com,   example.com,  true",
        "*.example.com,   example.com,  true",
        "notexample.com,  example.com,  false",
        "com,             example.com,  false",
        "example.com.org, example.com,  false",
    })
    void aNameIsBelowAZoneByWholeLabels(String name, String zone, boolean below) {
        assertThat(DnsName.of(name).isEqualOrBelow(DnsName.of(zone))).isEqualTo(below);
    }

    @Test
    void aNameIsTakenApartByLabels() {
        var name = DnsName.of("*.a.example.com");
        assertThat(name.labels()).containsExactly("*", "a", "example", "com");
        assertThat(name.lastLabels(2)).isEqualTo(DnsName.of("example.com"));
        assertThat(name.lastLabels(4)).isEqualTo(name);
        assertThat(name.lastLabels(9)).isEqualTo(name);
        assertThatThrownBy(() -> name.lastLabels(0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(DnsName.of("com").parent()).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aNameIsItsLabelsAndLiesBelowEachOfItsAncestors(long seed) {
        var random = random(seed);
        var labels = labels(random);
        var name = DnsName.of(mixedCase(String.join(".", labels), random) + (random.nextBoolean() ? "." : ""));
        assertThat(name.labels()).isEqualTo(labels);
        assertThat(DnsName.of(name.absolute())).isEqualTo(name);
        var ancestor = Optional.of(name);
        for (var count = labels.size(); count > 0; count--) {
            assertThat(ancestor).contains(name.lastLabels(count));
            assertThat(name.isEqualOrBelow(ancestor.orElseThrow())).isTrue();
            assertThat(ancestor.orElseThrow().isEqualOrBelow(name)).isEqualTo(count == labels.size());
            ancestor = ancestor.orElseThrow().parent();
        }
        assertThat(ancestor).isEmpty();
        assertThat(DnsName.of(label(random) + "." + name.text()).parent()).contains(name);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyTextIsEitherANameInItsOneFormOrRefused(long seed) {
        var random = random(seed);
        var text = random.ints(random.nextInt(40), 0, 12)
                .mapToObj(i -> "aZ0-_.*é \n\".".substring(i, i + 1))
                .collect(Collectors.joining());
        var parsed = DnsName.parse(text);
        if (parsed.isPresent()) {
            assertThat(parsed.orElseThrow()).isEqualTo(DnsName.of(text));
            assertThat(text.toLowerCase(Locale.ROOT))
                    .startsWith(parsed.orElseThrow().text());
            assertThat(parsed.orElseThrow().labels()).allMatch(l -> l.matches("\\*|[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?"));
        } else {
            assertThatThrownBy(() -> DnsName.of(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static List<String> labels(RandomGenerator random) {
        return IntStream.range(0, 1 + random.nextInt(6))
                .mapToObj(_ -> label(random))
                .toList();
    }

    private static String label(RandomGenerator random) {
        var inner = "abcxyz019_-";
        var ends = "abcxyz019_";
        var length = 1 + random.nextInt(20);
        return IntStream.range(0, length)
                .mapToObj(i -> i == 0 || i == length - 1 ? one(ends, random) : one(inner, random))
                .collect(Collectors.joining());
    }

    private static String one(String of, RandomGenerator random) {
        var i = random.nextInt(of.length());
        return of.substring(i, i + 1);
    }

    private static String mixedCase(String text, RandomGenerator random) {
        return text.chars()
                .mapToObj(c -> Character.toString(random.nextBoolean() ? Character.toUpperCase(c) : c))
                .collect(Collectors.joining());
    }
}
