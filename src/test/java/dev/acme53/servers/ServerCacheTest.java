package dev.acme53.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCacheTest {
    @TempDir
    Path root;

    private final AtomicInteger builds = new AtomicInteger();

    private Path entry(String... pins) {
        return new ServerCache(root).entry("server", List.of(pins), folder -> {
            builds.incrementAndGet();
            Files.writeString(folder.resolve("binary"), "built");
        });
    }

    @Test
    void anEntryIsMadeOnceHoweverManyAskAtTheSameTime() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Path> ask = () -> entry("a");
            var folders = threads.invokeAll(List.of(ask, ask, ask, ask));
            for (var folder : folders) {
                assertThat(folder.get().resolve("binary")).hasContent("built");
            }
        }
        assertThat(builds).hasValue(1);
    }

    @Test
    void aChangedPinMakesAnotherEntryAndLeavesTheFirst() {
        var first = entry("a", "b");
        assertThat(entry("a", "c")).isNotEqualTo(first);
        assertThat(entry("ab", "")).isNotEqualTo(first);
        assertThat(entry("a", "b")).isEqualTo(first);
        assertThat(builds).hasValue(3);
    }

    @Test
    void aFailedBuildLeavesNothingAndIsTriedAgain() {
        var cache = new ServerCache(root);
        assertThatThrownBy(() -> cache.entry("server", List.of("a"), folder -> {
                    Files.writeString(folder.resolve("half"), "");
                    throw new IOException("no space");
                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("no space");

        var folder = entry("a");

        assertThat(folder.resolve("half")).doesNotExist();
        assertThat(folder.resolve("binary")).exists();
    }
}
