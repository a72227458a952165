package dev.acme53.status;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Pages as they should be, in `src/test/resources/status`. `StatusPageTest` compares them, `main` writes them anew.
final class GoldenPages {
    private static final Path FOLDER =
            Path.of(System.getProperty("basedir", "")).resolve("src/test/resources/status");
    static final Map<String, Snapshot> SHOWN = Map.of("busy.html", ASnapshot.busy(), "calm.html", ASnapshot.calm());

    private GoldenPages() {}

    public static void main(String[] none) throws IOException {
        Files.createDirectories(FOLDER);
        for (var page : SHOWN.entrySet()) {
            Files.writeString(FOLDER.resolve(page.getKey()), StatusPage.of(page.getValue(), false));
        }
    }

    static String read(String name) {
        try {
            return Files.readString(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
