package dev.acme53.it.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.operator.flags.ListenAddress;
import dev.acme53.operator.serving.HttpEndpoint;
import dev.acme53.operator.serving.StatusEndpoint;
import dev.acme53.servers.Chromium;
import dev.acme53.status.ASnapshot;
import dev.acme53.status.PagePicture;
import dev.acme53.status.Snapshot;
import dev.acme53.status.StatusPage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The page as a browser shows it, served as it always is. Its pictures are in `target/status-page`; the README's is a
/// copy of `readme.png`, which `PagePictureTest` holds to the page.
class StatusPageBrowserIT {
    private static final Path PICTURES = Path.of(System.getProperty("basedir", ""))
            .resolve("target/status-page")
            .toAbsolutePath();

    private static Chromium browser;
    private static HttpEndpoint server;
    private static URI page;

    @BeforeAll
    static void start() throws IOException {
        var address = new ListenAddress("127.0.0.1", 0);
        server = HttpEndpoint.bind(address, Optional.empty())
                .serve("/", new StatusEndpoint(address, StatusPageBrowserIT::snapshot));
        server.start();
        page = URI.create("http://localhost:" + server.port() + "/");
        browser = Chromium.start();
    }

    @AfterAll
    static void stop() {
        browser.close();
        server.close();
    }

    private static Snapshot snapshot(Optional<String> namespace) {
        return namespace.isPresent() ? ASnapshot.hostile() : ASnapshot.busy();
    }

    @ParameterizedTest
    @CsvSource({"1280,false", "1280,true", "390,false", "390,true", "320,false"})
    void itFitsIsReadableAndNeedsNothingElse(int width, boolean dark) {
        var shown = browser.open(page, width, dark);
        assertThat(shown.complaints()).isEmpty();
        assertThat(shown.evaluate("document.scripts.length").asInt()).isZero();
        assertThat(shown.evaluate("performance.getEntriesByType('resource').length")
                        .asInt())
                .isZero();
        assertThat(shown.evaluate("getComputedStyle(document.body).backgroundColor")
                        .asText())
                .isEqualTo(dark ? "rgb(20, 23, 26)" : "rgb(251, 250, 248)");
        assertFits(shown, width);
        assertThat(shown.evaluate(PALE).asText()).isEmpty();
        shown.picture(PICTURES.resolve(width + (dark ? "-dark.png" : "-light.png")));
    }

    @ParameterizedTest
    @CsvSource({"1280", "390"})
    void nobodysTextRunsOrBreaksOutOfItsPlace(int width) {
        var shown = browser.open(page.resolve("/?namespace=hostile"), width, false);
        assertThat(shown.complaints()).isEmpty();
        assertThat(shown.evaluate("document.querySelectorAll('script, img, main b b, main h1').length")
                        .asInt())
                .isZero();
        assertThat(shown.evaluate("document.body.innerText").asText()).contains(ASnapshot.HOSTILE);
        assertFits(shown, width);
        shown.picture(PICTURES.resolve(width + "-hostile.png"));
    }

    @Test
    void aPersonGetsFromTheProblemToItsNamespace() {
        var shown = browser.open(page, 1280, false);
        assertThat(shown.evaluate("document.title").asText()).isEqualTo("acme53: 1 failed, 3 waiting");
        assertThat(shown.evaluate("document.querySelector('main td a').href").asText())
                .isEqualTo(page + "?namespace=billing");
        assertThat(shown.evaluate("document.querySelector('main time').title").asText())
                .isEqualTo("2026-11-28T01:39:15Z");
        shown.evaluate("document.querySelector('input').value = 'hostile'");
        shown.load("document.querySelector('button').click()");
        assertThat(shown.evaluate("location.search").asText()).isEqualTo("?namespace=hostile");
        assertThat(shown.complaints()).isEmpty();
    }

    /// To be copied to `docs/status-page.png` when `PagePictureTest` says so.
    @Test
    void itHasAPictureForTheReadmeThatSaysWhichPageItShows() throws IOException {
        var shown = browser.open(page, 1280, false);
        shown.picture(
                PICTURES.resolve("readme.png"),
                "document.querySelector('section').getBoundingClientRect().bottom + 20");
        var picture = PICTURES.resolve("readme.png");
        try (var served = page.toURL().openStream()) {
            var html = new String(served.readAllBytes(), StandardCharsets.UTF_8);
            Files.write(picture, PagePicture.of(Files.readAllBytes(picture), html));
        }
        assertThat(PagePicture.shown(Files.readAllBytes(picture)))
                .as("the page of src/test/resources/status/busy.html")
                .contains(PagePicture.hash(StatusPage.of(ASnapshot.busy(), false)));
        // Chromium takes it for a picture still
        var seen = browser.open(picture.toUri(), 1280, false);
        assertThat(seen.evaluate("document.images[0].naturalWidth").asInt()).isEqualTo(1280);
    }

    private static void assertFits(Chromium.Page shown, int width) {
        assertThat(shown.evaluate("document.documentElement.scrollWidth").asInt())
                .as("nothing is to be scrolled to sideways")
                .isLessThanOrEqualTo(width);
    }

    /// The texts whose contrast is below 4.5 to 1 (WCAG 2.2, 1.4.3).
    private static final String PALE = """
            (() => {
              const parts = c => c.match(/[\\d.]+/g).map(Number);
              const light = c => parts(c).slice(0, 3).map(v => v / 255)
                  .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                  .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
              const back = e => {
                const c = getComputedStyle(e).backgroundColor;
                return parts(c)[3] === 0 && e.parentElement ? back(e.parentElement) : c;
              };
              const ratio = e => {
                const [a, b] = [light(getComputedStyle(e).color), light(back(e))].sort((x, y) => y - x);
                return (a + 0.05) / (b + 0.05);
              };
              return [...document.querySelectorAll('body *')]
                  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
                  .filter(e => ratio(e) < 4.5)
                  .map(e => ratio(e).toFixed(2) + ' ' + e.textContent).join('\\n');
            })()
            """;
}
