package dev.acme53.bench;

import dev.acme53.servers.ControllerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Starts the controller where everything is issued already: once where no Certificate has a status, as after a
/// restore from a backup, and once more where each has.
///
/// @param jvmOptions of the controller, beside the image's
record RestRun(Scenario.Rest scenario, List<String> jvmOptions) {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration REST = Duration.ofSeconds(20);
    private static final Duration QUIET = Duration.ofSeconds(3);

    Report run() throws InterruptedException {
        try (var site = Site.open(Targets.INSYNC, 1)) {
            new IssuedBefore(site).create(scenario.certificates());
            var figures = new ArrayList<Figure>();
            var machine = Machine.line();
            var isComplete = firstStart(site, figures);
            secondStart(site, figures);
            return new Report(
                    scenario,
                    machine,
                    figures,
                    List.of("The first start finds Certificates without a status, as after a restore from a backup, and"
                            + " writes one for each; the second finds them Ready."),
                    isComplete);
        }
    }

    private boolean firstStart(Site site, List<Figure> figures) throws InterruptedException {
        try (var watch = new CertificateWatch(site.client())) {
            var before = site.requests();
            var start = System.nanoTime();
            try (var controller = site.controller(jvmOptions).now()) {
                controller.awaitReady();
                var filled = Duration.ofNanos(System.nanoTime() - start);
                var isReady = Patience.waitFor(() -> watch.countReady() == scenario.certificates(), LOOK, LIMIT);
                if (isReady) {
                    var seen = watch.readyAfter(start);
                    figures.add(Targets.allSeen(scenario, seen.all()));
                    figures.add(Figure.seconds("– the first of them", seen.percentile(0)));
                }
                figures.add(Figure.seconds("– caches filled", filled));
                Thread.sleep(REST);
                rest(controller, "first start", figures);
                figures.addAll(ApiFigures.of(site.requests().since(before), scenario.certificates()));
                controller.stop();
                return isReady;
            }
        }
    }

    private void secondStart(Site site, List<Figure> figures) throws InterruptedException {
        var before = site.requests();
        var start = System.nanoTime();
        try (var controller = site.controller(jvmOptions).now()) {
            controller.awaitReady();
            figures.add(Figure.seconds("second start: caches filled", Duration.ofNanos(System.nanoTime() - start)));
            var pid = controller.pid();
            Patience.waitUntilStill(() -> (long) (5 * ProcessFigures.of(pid).cpuSeconds()), QUIET, LIMIT);
            figures.add(Figure.seconds(
                    "– at rest (less than 0.2 s of CPU time in 3 s)",
                    Duration.ofNanos(System.nanoTime() - start).minus(QUIET)));
            Thread.sleep(REST);
            rest(controller, "second start", figures);
            figures.addAll(ApiFigures.of(site.requests().since(before), scenario.certificates()));
            controller.stop();
        }
    }

    private void rest(ControllerProcess controller, String which, List<Figure> figures) {
        var process = ProcessFigures.of(controller.pid());
        var jvm = new JvmInside(controller.pid());
        figures.add(Targets.restMemory(scenario, which + ": RSS at rest", process.resident()));
        figures.add(Figure.bytes("– peak", process.peakResident()));
        figures.add(Figure.bytes("– heap in use", jvm.heap()));
        figures.add(Figure.bytes("– heap in use after a full collection", jvm.liveHeap()));
        figures.add(Figure.seconds("– CPU seconds since the start", process.cpuSeconds()));
        figures.add(Figure.count("– threads", process.threads()));
    }
}
