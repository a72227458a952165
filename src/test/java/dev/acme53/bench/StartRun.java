package dev.acme53.bench;

import dev.acme53.servers.ControllerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Starts the controller where it finds one Certificate that was just applied, and waits until something is written
/// about it: several times without an AOT cache, and several times with it.
///
/// @param jvmOptions of the controller, beside the image's
record StartRun(Scenario.Start scenario, List<String> jvmOptions) {
    private static final int TIMES = 5;
    private static final Duration INSYNC = Duration.ofMillis(500);
    private static final Duration LOOK = Duration.ofMillis(5);
    private static final Duration LIMIT = Duration.ofMinutes(1);

    Report run() throws InterruptedException {
        try (var site = Site.open(INSYNC, 1);
                var watch = new CertificateWatch(site.client())) {
            var machine = Machine.line();
            var starter = new Starter(site, watch);
            var figures = new ArrayList<Figure>();
            var notes = new ArrayList<String>();
            starter.start(jvmOptions); // makes the issuer's account, and warms the file cache
            figures.addAll(median("without an AOT cache", starter, without(jvmOptions)));
            if (ControllerProcess.hasAotCache()) {
                figures.addAll(median("with the AOT cache", starter, jvmOptions));
                figures.add(Figure.bytes("size of the AOT cache", size(ControllerProcess.AOT_CACHE)));
            } else {
                notes.add("There is no AOT cache: it needs the packaged jar.");
            }
            notes.add("Medians of %d starts. The time begins before the process does; the reconcile counts when its"
                            .formatted(TIMES)
                    + " write reaches a watcher. Leader election is on.");
            return new Report(scenario, machine, figures, notes, true);
        }
    }

    private List<Figure> median(String how, Starter starter, List<String> options) throws InterruptedException {
        var starts = new ArrayList<Started>();
        for (int i = 0; i < TIMES; i++) {
            starts.add(starter.start(options));
        }
        var reconcile = median(starts.stream().map(Started::firstReconcile));
        var name = "first useful reconcile, " + how;
        var isAot = how.startsWith("with ");
        return List.of(
                isAot ? Targets.firstReconcile(name, reconcile) : Figure.seconds(name, reconcile),
                Figure.seconds("– ready", median(starts.stream().map(Started::ready))),
                Figure.seconds("– CPU seconds by then", median(starts.stream().map(Started::cpu))),
                Figure.bytes(
                        "– RSS by then",
                        starts.stream().mapToLong(Started::resident).sorted().toArray()[TIMES / 2]));
    }

    private static Duration median(Stream<Duration> all) {
        return Durations.of(all.toList()).percentile(50);
    }

    private static List<String> without(List<String> options) {
        return Stream.concat(options.stream(), Stream.of("-XX:AOTMode=off")).toList();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Started(Duration ready, Duration firstReconcile, Duration cpu, long resident) {}

    /// Starts the controller again and again, each time with a new Certificate that it takes to its end.
    private static final class Starter {
        private final Site site;
        private final CertificateWatch watch;
        private int count;

        Starter(Site site, CertificateWatch watch) {
            this.site = site;
            this.watch = watch;
        }

        Started start(List<String> options) throws InterruptedException {
            var name = "start-" + ++count;
            var certificate = site.client()
                    .resource(site.certificate(Site.NAMESPACE, name, true, name + "." + Site.zone(0)))
                    .create();
            var start = System.nanoTime();
            try (var controller = site.controller(options).now()) {
                await(() -> watch.isTouched(name), controller);
                var process = ProcessFigures.of(controller.pid());
                controller.awaitReady();
                var ready = Duration.ofNanos(System.nanoTime() - start);
                await(() -> watch.isReady(name), controller);
                controller.stop();
                site.client().resource(certificate).delete();
                site.client()
                        .secrets()
                        .inNamespace(Site.NAMESPACE)
                        .withName(name + "-tls")
                        .delete();
                return new Started(
                        ready,
                        watch.touchedAfter(start, name),
                        Duration.ofMillis((long) (1000 * process.cpuSeconds())),
                        process.resident());
            }
        }

        private static void await(java.util.function.BooleanSupplier question, ControllerProcess controller)
                throws InterruptedException {
            if (!Patience.waitFor(question, LOOK, LIMIT)) {
                throw new IllegalStateException("nothing happened within " + LIMIT + ":\n" + controller.log());
            }
        }
    }
}
