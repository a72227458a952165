package dev.acme53.bench;

import dev.acme53.rig.AotCache;
import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.MissingPrerequisite;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Runs the scenarios that its arguments name, or all of the docs, one after the other: prints each result and writes
/// it to `target/bench/`. Arguments that begin with `-` are JVM options for the controller, such as a flight recording.
final class Bench {
    private final PrintStream out;
    private final List<String> jvmOptions;

    private Bench(PrintStream out, List<String> jvmOptions) {
        this.out = out;
        this.jvmOptions = jvmOptions;
    }

    public static void main(String[] arguments) throws Exception {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var words = words(arguments);
        var options = words.stream().filter(w -> w.startsWith("-")).toList();
        try {
            var named = words.stream()
                    .filter(w -> !w.startsWith("-"))
                    .map(Scenario::of)
                    .toList();
            var isComplete = new Bench(out, options).run(named.isEmpty() ? Scenario.ALL : named);
            System.exit(isComplete ? 0 : 1);
        } catch (IllegalArgumentException | MissingPrerequisite e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /// The words in `arguments`, which blanks separate; a comma is part of an option.
    static List<String> words(String... arguments) {
        return Arrays.stream(arguments)
                .flatMap(a -> Stream.of(a.split(" +")))
                .filter(w -> !w.isBlank())
                .toList();
    }

    private boolean run(List<Scenario> scenarios) throws IOException, InterruptedException {
        if (ControllerProcess.runsFromJar() && !ControllerProcess.hasAotCache()) {
            makeAotCache();
        }
        var isComplete = true;
        for (var scenario : scenarios) {
            out.println("Running " + scenario.word() + " …\n");
            var report = run(scenario);
            out.println(report.markdown());
            var folder = Files.createDirectories(
                    Path.of(System.getProperty("basedir", "")).resolve("target/bench"));
            Files.writeString(folder.resolve(report.fileName()), report.markdown());
            isComplete &= report.isComplete();
        }
        return isComplete;
    }

    /// In a process of its own, so that its servers are gone before anything is timed.
    private void makeAotCache() throws IOException, InterruptedException {
        out.println("Making the AOT cache that an image comes with …\n");
        var code = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dbasedir=" + System.getProperty("basedir", ""),
                        "-cp",
                        System.getProperty("java.class.path"),
                        AotCache.class.getName())
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("no AOT cache was made");
        }
    }

    private Report run(Scenario scenario) throws InterruptedException {
        return switch (scenario) {
            case Scenario.Issue issue -> new IssueRun(issue, jvmOptions).run();
            case Scenario.Wait wait -> new WaitRun(wait, jvmOptions).run();
            case Scenario.Rest rest -> new RestRun(rest, jvmOptions).run();
            case Scenario.Start start -> new StartRun(start, jvmOptions).run();
            case Scenario.Acme acme -> new AcmeRun(acme).run();
        };
    }
}
