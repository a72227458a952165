package dev.acme53.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/// The folder that keeps what was built, one entry per server and set of pins: a change of a pinned file makes a new
/// entry, an old one is never touched. Several processes may ask at once; the first builds, the others wait for it.
final class ServerCache {
    private final Path root;

    ServerCache(Path root) {
        this.root = root;
    }

    /// `${XDG_CACHE_HOME:-~/.cache}/acme53/servers`.
    static ServerCache ofUser() {
        var xdg = System.getenv("XDG_CACHE_HOME");
        var base = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return new ServerCache(base.resolve("acme53").resolve("servers"));
    }

    /// How an entry is made: fills the folder given, which may be kept only under that very path.
    interface Recipe {
        void into(Path folder) throws IOException, InterruptedException;
    }

    /// The folder of the entry, made by `recipe` when it is not there yet. A failed or interrupted recipe leaves no
    /// entry behind.
    Path entry(String name, List<String> pins, Recipe recipe) {
        var folder = root.resolve(name + "-" + digest(pins));
        var done = folder.resolve(".complete");
        if (Files.exists(done)) {
            return folder;
        }
        try {
            Files.createDirectories(root);
            // one lock per JVM first, since a file lock excludes processes only
            synchronized (ServerCache.class) {
                try (var channel = FileChannel.open(
                                root.resolve(folder.getFileName() + ".lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                        var _ = channel.lock()) {
                    if (!Files.exists(done)) {
                        deleteTree(folder);
                        Files.createDirectories(folder);
                        recipe.into(folder);
                        Files.createFile(done);
                    }
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " was being built", e);
        }
    }

    private static String digest(List<String> pins) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            for (var pin : pins) {
                sha.update(pin.getBytes(StandardCharsets.UTF_8));
                sha.update((byte) 0);
            }
            return HexFormat.of().formatHex(sha.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
