package dev.acme53.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What a JVM says about itself when asked by `jcmd`. Each question costs it some milliseconds, so few are asked.
record JvmInside(long pid) {
    private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");

    /// Threads at one moment.
    ///
    /// @param platform those of the operating system that run Java
    /// @param virtual those that are under way or blocked, not those that have ended
    /// @param held of either kind, those of Challenges that wait
    /// @param asking of either kind, those of Challenges that ask the CA just then
    record Threads(int platform, int virtual, int held, int asking) {}

    /// All threads, virtual ones included.
    Threads threads() {
        try {
            var file = Files.createTempFile("threads", ".json");
            ask("Thread.dump_to_file", "-overwrite", "-format=json", file.toString());
            var dump = new JsonMapper().readTree(file.toFile());
            Files.delete(file);
            return count(dump);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Threads count(JsonNode dump) {
        int platform = 0;
        int virtual = 0;
        int held = 0;
        int asking = 0;
        for (var container : dump.path("threadDump").path("threadContainers")) {
            for (var thread : container.path("threads")) {
                if (thread.path("virtual").asBoolean()) {
                    virtual++;
                } else {
                    platform++;
                }
                if (isIn(thread, "dev.acme53.challenge.")) {
                    if (isIn(thread, "dev.acme53.acme.")) {
                        asking++;
                    } else {
                        held++;
                    }
                }
            }
        }
        return new Threads(platform, virtual, held, asking);
    }

    private static boolean isIn(JsonNode thread, String room) {
        for (var frame : thread.path("stack")) {
            if (frame.asText().contains(room)) {
                return true;
            }
        }
        return false;
    }

    /// Bytes of the heap in use, garbage included.
    long heap() {
        return usedHeap(ask("GC.heap_info"));
    }

    static long usedHeap(String heapInfo) {
        return USED.matcher(heapInfo)
                .results()
                .mapToLong(found -> 1024 * Long.parseLong(found.group(1)))
                .reduce(Long::sum)
                .orElseThrow(() -> new IllegalArgumentException("no sizes in " + heapInfo));
    }

    /// Bytes of the heap in use after a full collection.
    long liveHeap() {
        ask("GC.run");
        return heap();
    }

    private String ask(String... question) {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid)));
        command.addAll(List.of(question));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("jcmd says " + answer);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
