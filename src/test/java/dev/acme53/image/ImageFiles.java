package dev.acme53.image;

import dev.acme53.Acme53;
import dev.acme53.rig.AotCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Makes what the image has beside the program's jars, below `target/image`, a folder per layer: the Java runtime, the
/// options it starts with, and the ahead-of-time cache.
///
/// The cache is trained with that very runtime and with copies of the jars that have the names, the sizes and the
/// times of those in the image. JDK 25 compares these, and forgives another folder in front of all of them.
public final class ImageFiles {
    private static final Path PROJECT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Path TARGET = PROJECT.resolve("target");
    private static final Path FILES = TARGET.resolve("image");

    private ImageFiles() {}

    /// @param arguments the base, whether a cache is made, and the folder of another platform's modules, if it is for
    /// one
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var cached = Boolean.parseBoolean(arguments[1]);
        var modules = arguments.length > 2 ? arguments[2] : "";
        if (cached && !modules.isEmpty()) {
            throw new IllegalArgumentException(
                    "a cache is made by running the program, and image.jmods may be another platform's: -Dimage.aot=false");
        }
        base(arguments[0]);
        var runtime = new JavaRuntime(modules).in(FILES);
        var classPath = new ClassPath(jars());
        var cache = Files.createDirectories(FILES.resolve("cache/app")).resolve("acme53.aot");
        Files.deleteIfExists(cache);
        if (cached) {
            train(runtime, classPath, cache);
        }
        var options = Files.createDirectories(FILES.resolve("options/app"));
        Files.writeString(
                options.resolve("jvm.options"),
                inContainer(Files.readString(PROJECT.resolve("src/main/image/jvm.options"))));
        var program = "-cp " + classPath.below("/app") + "\n" + (cached ? "-XX:AOTCache=/app/acme53.aot\n" : "");
        Files.writeString(options.resolve("java.options"), program);
        Files.writeString(options.resolve("acme53"), tool(program));
    }

    /// All that `java` needs for a tool beside the controller, `java @/app/acme53 whoami …`. It has to fit into what is
    /// left of the container's memory. The collector is that of the cache.
    static String tool(String program) {
        return "-XX:+UseSerialGC\n-Xmx32m\n-XX:TieredStopAtLevel=1\n-XX:-UsePerfData\n" + program
                + Acme53.class.getName() + "\n";
    }

    /// The same with a heap that is a share of what the container may have, in place of one that is right for 320 MiB.
    /// Below 500 MiB the JVM goes by the other percentage, named `Min`, and by itself takes up to half.
    static String inContainer(String jvmOptions) {
        var fixed = "-Xmx80m\n";
        if (!jvmOptions.contains(fixed)) {
            throw new IllegalArgumentException("the heap's size is not where it is replaced");
        }
        return jvmOptions.replace(fixed, "-XX:MaxRAMPercentage=25\n-XX:MinRAMPercentage=25\n");
    }

    /// The base that is made here is one of an archive in `target`; any other is there or in a registry.
    private static void base(String image) throws IOException, InterruptedException {
        var archive = FILES.resolve("base.tar");
        if (image.equals("tar://" + archive) && !Files.exists(archive)) {
            Files.createDirectories(FILES);
            var script = new ProcessBuilder(
                            PROJECT.resolve("src/main/image/base.sh").toString(), archive.toString())
                    .inheritIO()
                    .start();
            if (script.waitFor() != 0) {
                throw new IllegalStateException("src/main/image/base.sh ended with " + script.exitValue());
            }
        }
    }

    static List<Path> jars() throws IOException {
        var jars = new ArrayList<>(List.of(TARGET.resolve("acme53.jar")));
        try (var libraries = Files.list(TARGET.resolve("lib"))) {
            libraries.sorted().forEach(jars::add);
        }
        return jars;
    }

    private static void train(Path runtime, ClassPath classPath, Path cache) throws IOException {
        var app = FILES.resolve("training/app");
        classPath.copyTo(app);
        AotCache.train(options -> command(runtime, classPath, app, options), cache);
    }

    /// What starts the program outside of an image, less the flags.
    static List<String> command(Path runtime, ClassPath classPath, Path app, List<String> options) {
        var command = new ArrayList<>(List.of(
                runtime.resolve("bin/java").toString(),
                "@" + PROJECT.resolve("src/main/image/jvm.options"),
                "-cp",
                classPath.below(app.toString())));
        command.addAll(options);
        command.add(Acme53.class.getName());
        return command;
    }
}
