package dev.acme53.it.fairness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The threads of another JVM, virtual ones included, that a Challenge's calls hold.
///
/// @param held those with the Challenge stage or one of its errands on their stacks, as text
/// @param virtual how many virtual threads there are, for whatever
record HeldThreads(List<String> held, int virtual) {
    private static final List<String> OURS = List.of("dev.acme53.challenge.", "dev.acme53.reconcile.Errands");

    static HeldThreads of(long pid) {
        try {
            var file = Files.createTempFile("threads", ".json");
            dump(pid, file);
            var dump = new JsonMapper().readTree(file.toFile());
            Files.delete(file);
            return in(dump);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void dump(long pid, Path file) throws IOException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var process = new ProcessBuilder(
                        jcmd, Long.toString(pid), "Thread.dump_to_file", "-overwrite", "-format=json", file.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException("jcmd says " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HeldThreads in(JsonNode dump) {
        var held = new ArrayList<String>();
        var virtual = 0;
        for (var container : dump.path("threadDump").path("threadContainers")) {
            for (var thread : container.path("threads")) {
                virtual += thread.path("virtual").asBoolean() ? 1 : 0;
                var stack = thread.path("stack").toString();
                if (OURS.stream().anyMatch(stack::contains)) {
                    held.add(stack);
                }
            }
        }
        return new HeldThreads(held, virtual);
    }
}
