package dev.acme53.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where things are in the checkout.
final class Project {
    static final Path ROOT = Path.of(System.getProperty("basedir", ""));
    static final Path CHART = ROOT.resolve("helm/acme53");
    static final Path CRDS = ROOT.resolve("crds");
    static final Path DEPLOY = ROOT.resolve("deploy");
    static final Path SETS = ROOT.resolve("src/test/resources/chart");

    private Project() {}

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What is in a folder, by name.
    static List<Path> list(Path folder) {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
