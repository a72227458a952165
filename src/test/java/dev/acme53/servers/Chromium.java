package dev.acme53.servers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A real browser without a window: Debian's `chromium-headless-shell` with Liberation Sans as its only font, unpacked
/// into the cache. It is told what to do over its DevTools protocol.
public final class Chromium implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");
    private static final Path PINS = Path.of(System.getProperty("basedir", ""))
            .resolve("src/test/servers/chromium")
            .toAbsolutePath();

    private final ServerProcess process;
    private final Path folder;
    private final DevTools tools;

    private Chromium(ServerProcess process, Path folder, DevTools tools) {
        this.process = process;
        this.folder = folder;
        this.tools = tools;
    }

    /// Where the packages are; unpacked when they are not there yet.
    /// @throws MissingPrerequisite where there is no `apt-get`
    static Path unpacked() {
        for (var tool : List.of("apt-get", "dpkg-deb")) {
            if (Tools.onPath(tool).isEmpty()) {
                throw new MissingPrerequisite("Chromium is taken from Debian's packages, which needs `" + tool + "`");
            }
        }
        return ServerBinaries.unpacked(PINS.resolve("debian-packages"));
    }

    /// Starts one with a profile of its own.
    public static Chromium start() {
        var debian = unpacked();
        var folder = ServerProcess.folder("chromium");
        var fonts = folder.resolve("fonts.conf");
        ServerProcess.write(
                fonts,
                NodeBinaries.read(PINS.resolve("fonts.conf"))
                        .replace("@FOLDER@", debian.toString())
                        .replace("@CACHE@", folder.resolve("fonts").toString()));
        var process = ServerProcess.start(
                "chromium",
                folder,
                List.of(
                        debian.resolve("usr/lib/chromium/chromium-headless-shell")
                                .toString(),
                        "--no-sandbox", // its sandbox does not start as root
                        "--hide-scrollbars",
                        "--font-render-hinting=none",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--remote-debugging-port=0"),
                Map.of("LD_LIBRARY_PATH", libraries(debian), "FONTCONFIG_FILE", fonts.toString()));
        process.awaitReady(Duration.ofSeconds(30), () -> address(process.log()).isPresent());
        return new Chromium(process, folder, new DevTools(address(process.log()).orElseThrow()));
    }

    private static String libraries(Path debian) {
        var folders = new ArrayList<String>();
        for (var above : List.of("lib", "usr/lib")) {
            try (var within = Files.list(debian.resolve(above))) {
                within.filter(f -> f.getFileName().toString().endsWith("-linux-gnu"))
                        .flatMap(f -> Stream.of(f, f.resolve("pulseaudio")))
                        .forEach(f -> folders.add(f.toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return String.join(":", folders);
    }

    private static Optional<URI> address(Path log) {
        var line = LISTENING.matcher(NodeBinaries.read(log));
        return line.find() ? Optional.of(URI.create(line.group(1))) : Optional.empty();
    }

    /// Loads `url` in a window of `width` pixels.
    public Page open(URI url, int width, boolean dark) {
        var target =
                tools.call("", "Target.createTarget", JSON.createObjectNode().put("url", "about:blank"));
        var session = tools.call(
                        "",
                        "Target.attachToTarget",
                        JSON.createObjectNode()
                                .put("targetId", target.get("targetId").asText())
                                .put("flatten", true))
                .get("sessionId")
                .asText();
        var page = new Page(session);
        page.call("Page.enable", page.none());
        page.call("Log.enable", page.none());
        page.size(width, 900);
        var scheme = page.none();
        scheme.putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", dark ? "dark" : "light");
        page.call("Emulation.setEmulatedMedia", scheme);
        page.loading(() -> page.call("Page.navigate", page.none().put("url", url.toString())));
        return page;
    }

    /// A loaded page.
    public final class Page {
        private final String session;

        private Page(String session) {
            this.session = session;
        }

        private ObjectNode none() {
            return JSON.createObjectNode();
        }

        private JsonNode call(String method, ObjectNode parameters) {
            return tools.call(session, method, parameters);
        }

        private void size(int width, int height) {
            call(
                    "Emulation.setDeviceMetricsOverride",
                    none().put("width", width)
                            .put("height", height)
                            .put("deviceScaleFactor", 1)
                            .put("mobile", true));
        }

        /// What an expression comes to in the page.
        public JsonNode evaluate(String expression) {
            var answer = call(
                    "Runtime.evaluate", none().put("expression", expression).put("returnByValue", true));
            if (answer.has("exceptionDetails")) {
                throw new IllegalStateException(answer.get("exceptionDetails").toPrettyString());
            }
            return answer.path("result").path("value");
        }

        /// Evaluates what leads to another page, and waits for that.
        public void load(String expression) {
            loading(() -> evaluate(expression));
        }

        private void loading(Runnable how) {
            var loaded = tools.next(session, "Page.loadEventFired");
            how.run();
            loaded.run();
        }

        /// What the browser has complained about: refused by a policy, not found, and the like.
        public List<String> complaints() {
            return tools.events(session, "Log.entryAdded").stream()
                    .map(event -> event.path("entry").path("text").asText())
                    .toList();
        }

        /// The whole page as a PNG.
        public void picture(Path file) {
            picture(file, "document.documentElement.scrollHeight");
        }

        /// Its upper part.
        /// @param end an expression for where that ends, in pixels from the top
        public void picture(Path file, String end) {
            var height = (int) evaluate(end).asDouble();
            size(evaluate("innerWidth").asInt(), height);
            var data = call("Page.captureScreenshot", none().put("format", "png"))
                    .get("data")
                    .asText();
            try {
                Files.createDirectories(file.getParent());
                Files.write(file, Base64.getDecoder().decode(data));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        tools.close();
        process.close();
        ServerProcess.delete(folder);
    }
}
