package dev.acme53.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlTest {
    private final Html html = new Html(Instant.EPOCH);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            plain text            | plain text
            <script>x</script>    | &lt;script&gt;x&lt;/script&gt;
            " onload="x           | &quot; onload=&quot;x
            ' onload='x           | &#39; onload=&#39;x
            &amp; <               | &amp;amp; &lt;
            {{ 7 * 7 }} ${x}      | {{ 7 * 7 }} ${x}
            größe 日本 🎉           | größe 日本 🎉
            """)
    void nothingInATextIsMarkup(String theirs, String shown) {
        assertThat(html.text(theirs)).hasToString(shown);
    }

    @Test
    void whatCannotBeSeenIsShownAsAReplacement() {
        assertThat(html.text("a\u0000b\u001b[31mc\u202Emoc\u200Bd\uFEFFe\u2028f\uD800g\uE000\u0085"))
                .hasToString("a\uFFFDb\uFFFD[31mc\uFFFDmoc\uFFFDd\uFFFDe\uFFFDf\uFFFDg\uFFFD\uFFFD");
    }

    @Test
    void lineBreaksAreBlanks() {
        assertThat(html.text("a\nb\tc\rd")).hasToString("a b c d");
    }

    @Test
    void aLongTextIsCutBetweenLetters() {
        assertThat(html.text("🎉".repeat(5000))).hasToString("🎉".repeat(1000) + "…");
    }

    @Test
    void aTimeHasItsFullDateBehindIt() {
        var now = Instant.parse("2026-11-28T03:14:15.678Z");
        assertThat(new Html(now).ago(Instant.parse("2026-11-28T03:00:15.9Z")))
                .hasToString("<time datetime=\"2026-11-28T03:00:15Z\" title=\"2026-11-28T03:00:15Z\">13 min</time>");
        assertThat(new Html(now).until(now.plusSeconds(90))).asString().contains(">in 90 s<");
        assertThat(new Html(now).until(now)).asString().contains(">now<");
    }
}
