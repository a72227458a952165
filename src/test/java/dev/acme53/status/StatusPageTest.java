package dev.acme53.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.status.Snapshot.Instance;
import dev.acme53.status.Snapshot.Item;
import dev.acme53.status.Snapshot.Leading;
import dev.acme53.status.Snapshot.Level;
import dev.acme53.status.Snapshot.Named;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StatusPageTest {
    static Stream<String> golden() {
        return GoldenPages.SHOWN.keySet().stream();
    }

    /// `GoldenPages.main` writes them anew.
    @ParameterizedTest
    @MethodSource("golden")
    void pagesAreAsTheyWere(String name) {
        assertThat(StatusPage.of(GoldenPages.SHOWN.get(name), false)).isEqualTo(GoldenPages.read(name));
    }

    @Test
    void nobodysTextBecomesMarkup() {
        var page = StatusPage.of(ASnapshot.hostile(), false);
        assertThat(page).doesNotContain("<script", "<img", "'><").contains("&lt;script&gt;");
    }

    @Test
    void thePageNeedsNothingElse() {
        assertThat(GoldenPages.read("busy.html"))
                .doesNotContainPattern("(?i)<(script|link|img|iframe|object|embed|base)\\b")
                .doesNotContainPattern("(?i)\\b(src|on[a-z]+|style)=")
                .doesNotContain("@import", "url(", "http-equiv");
    }

    @Test
    void itKeepsLoadingWhereThatIsAskedFor() {
        assertThat(StatusPage.of(ASnapshot.calm(), true))
                .contains("<meta http-equiv=\"refresh\" content=\"10\">")
                .contains("<a href=\"?namespace=web&amp;reload\">Reload</a>")
                .contains("<a href=\"?namespace=web\">Stop reloading</a>");
    }

    @Test
    void aStandByNamesTheLeaderAndSaysWhatItDoesNotKnow() {
        assertThat(of(new Leading.Elsewhere("acme53-7c9-x")))
                .contains("This instance stands by; <b>acme53-7c9-x</b> leads.")
                .contains("Only the leader's page knows zones, changes and budgets.");
        assertThat(of(new Leading.Elsewhere(""))).contains("who leads is not known yet");
    }

    @Test
    void whatIsNotReadySaysWhy() {
        var page = StatusPage.of(
                with(new Instance(
                        "1",
                        ASnapshot.NOW,
                        new Leading.Here(),
                        Optional.of("CustomResourceDefinitions are missing"),
                        Optional.of("web"))),
                false);
        assertThat(page)
                .contains("Not ready: CustomResourceDefinitions are missing")
                .contains("serves namespace web");
    }

    @Test
    void ofVeryManyTheWorstTwoHundredAreShown() {
        var many = IntStream.range(0, 5000)
                .mapToObj(i -> new Item(
                        new Named("Certificate", "web", "c" + i),
                        List.of(),
                        Level.WAITING,
                        "",
                        ASnapshot.NOW,
                        "",
                        Optional.empty()))
                .toList();
        var page = StatusPage.of(
                new Snapshot(
                        ASnapshot.NOW,
                        ASnapshot.LEADER,
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        many,
                        Optional.empty(),
                        List.of(),
                        Optional.empty()),
                false);
        assertThat(page)
                .contains("<title>acme53: 5,000 waiting</title>", "and 4,800 more", ">web</a>/c199<")
                .doesNotContain("c200<", "<h2>Zones");
    }

    private static String of(Leading leading) {
        return StatusPage.of(
                with(new Instance("1", ASnapshot.NOW, leading, Optional.empty(), Optional.empty())), false);
    }

    private static Snapshot with(Instance instance) {
        return new Snapshot(
                ASnapshot.NOW,
                instance,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }
}
