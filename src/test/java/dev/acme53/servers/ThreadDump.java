package dev.acme53.servers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.StreamSupport;

/// The threads of a JVM at one moment: those of the operating system that run Java, and virtual ones that are under way
/// or blocked.
public record ThreadDump(List<Seen> threads) {
    /// One of them.
    ///
    /// @param stack its frames, as text
    public record Seen(boolean isVirtual, String stack) {
        /// Whether a frame of it is of `name`, a package with its dot, or a class.
        public boolean isIn(String name) {
            return stack.contains(name);
        }
    }

    /// Those of process `pid`.
    public static ThreadDump of(long pid) {
        try {
            var file = Files.createTempFile("threads", ".json");
            Jcmd.ask(pid, "Thread.dump_to_file", "-overwrite", "-format=json", file.toString());
            var dump = new JsonMapper().readTree(file.toFile());
            Files.delete(file);
            return in(dump);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Those that the JVM wrote.
    public static ThreadDump in(JsonNode dump) {
        return new ThreadDump(StreamSupport.stream(
                        dump.at("/threadDump/threadContainers").spliterator(), false)
                .flatMap(container ->
                        StreamSupport.stream(container.path("threads").spliterator(), false))
                .map(thread -> new Seen(
                        thread.path("virtual").asBoolean(), thread.path("stack").toString()))
                .toList());
    }

    /// How many are virtual.
    public int virtual() {
        return Math.toIntExact(threads.stream().filter(Seen::isVirtual).count());
    }
}
