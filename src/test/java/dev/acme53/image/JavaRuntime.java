package dev.acme53.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;

/// The Java runtime of the image, which `jlink` cuts.
///
/// @param jmods the folder `jmods` of a JDK 25, of any platform; empty: the modules of the JDK that runs this
record JavaRuntime(String jmods) {
    /// What `jdeps` finds in the jars, less `java.desktop`, of which they use annotations only.
    private static final String MODULES =
            "java.base,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml,"
                    + "jdk.httpserver,jdk.management,jdk.unsupported";

    /// Makes it below `files`, unless it is there and of the same modules.
    Path in(Path files) throws IOException {
        var runtime = files.resolve("runtime/opt/java");
        var origin = files.resolve("runtime.origin");
        if (Files.exists(runtime)
                && Files.exists(origin)
                && Files.readString(origin).equals(jmods)) {
            return runtime;
        }
        delete(runtime);
        var code = ToolProvider.findFirst("jlink")
                .orElseThrow()
                .run(System.out, System.err, options(runtime).toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException("jlink ended with " + code);
        }
        Files.writeString(origin, jmods);
        return runtime;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    List<String> options(Path output) {
        var options = new ArrayList<>(List.of("--add-modules", MODULES, "--no-header-files", "--no-man-pages"));
        if (jmods.isEmpty()) {
            options.add("--strip-debug");
        } else {
            // this platform's tools cannot strip the other's libraries; some JDKs have their symbols beside them
            options.addAll(List.of("--module-path", jmods, "--strip-java-debug-attributes"));
            options.add("--exclude-files=**.debuginfo");
        }
        options.addAll(List.of("--output", output.toString()));
        return List.copyOf(options);
    }
}
