package dev.acme53.bench;

import dev.acme53.servers.ControllerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Has all Challenges wait at the same moment: Route 53 takes every record and says of none that it is in sync.
///
/// @param jvmOptions of the controller, beside the image's
record WaitRun(Scenario.Wait scenario, List<String> jvmOptions) {
    private static final Duration NEVER = Duration.ofHours(6);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration SETTLE = Duration.ofSeconds(20);
    private static final int LOOKS = 5;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration WATCHED = Duration.ofSeconds(30);

    Report run() throws InterruptedException {
        try (var site = Site.open(NEVER, 1)) {
            var machine = Machine.line();
            try (var controller = site.controller(jvmOptions).ready()) {
                site.awaitIssuer();
                return measure(site, controller, machine);
            }
        }
    }

    private Report measure(Site site, ControllerProcess controller, String machine) throws InterruptedException {
        var start = System.nanoTime();
        var certificates = IntStream.range(0, scenario.certificates())
                .mapToObj("c%05d"::formatted)
                .map(name -> site.certificate(Site.NAMESPACE, name, false, name + "." + Site.zone(0)))
                .toList();
        Site.forEach(certificates, c -> site.client().resource(c).create());
        var isWritten = Patience.waitFor(() -> site.recordsWritten() == scenario.certificates(), LOOK, LIMIT);
        var written = Duration.ofNanos(System.nanoTime() - start);
        Thread.sleep(SETTLE);
        var threads = heldAtEachLook(new JvmInside(controller.pid()));
        var calls = site.rig().route53().calls().size();
        var before = ProcessFigures.of(controller.pid());
        Thread.sleep(WATCHED);
        var after = ProcessFigures.of(controller.pid());
        var figures = new ArrayList<Figure>();
        figures.add(Figure.seconds("all records written", written));
        figures.addAll(threads.figures());
        var watched = " in %d s of waiting".formatted(WATCHED.toSeconds());
        figures.add(
                Figure.seconds("CPU seconds of the controller" + watched, after.cpuSeconds() - before.cpuSeconds()));
        figures.add(Figure.count(
                "Route 53 calls" + watched, site.rig().route53().calls().size() - calls));
        figures.add(Figure.bytes("RSS of the controller", after.resident()));
        return new Report(
                scenario,
                machine,
                figures,
                Stream.concat(
                                Stream.of("%d s after the last record was written.".formatted(SETTLE.toSeconds())),
                                threads.held().stream().map("A thread was held at `%s`."::formatted))
                        .toList(),
                isWritten);
    }

    /// The look at which fewest threads were held, of [#LOOKS] a second apart: a thread that waits is held at each of
    /// them, and one that is writing a status is not.
    private static JvmInside.Threads heldAtEachLook(JvmInside jvm) throws InterruptedException {
        var fewest = jvm.threads();
        for (var look = 1; look < LOOKS && !fewest.held().isEmpty(); look++) {
            Thread.sleep(BETWEEN_LOOKS);
            var next = jvm.threads();
            fewest = next.held().size() < fewest.held().size() ? next : fewest;
        }
        return fewest;
    }
}
