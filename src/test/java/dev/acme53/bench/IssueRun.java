package dev.acme53.bench;

import dev.acme53.servers.ControllerProcess;
import dev.acme53.sim.Call;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Applies Certificates and watches until each has its Secret and Route 53 is clean again.
///
/// @param jvmOptions of the controller, beside the image's
record IssueRun(Scenario.Issue scenario, List<String> jvmOptions) {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final Duration CLEAN_UP_LIMIT = Duration.ofMinutes(3);
    private static final Duration STILL = Duration.ofSeconds(5);

    /// How many looks after the last record was written the threads are counted: the Challenges wait by then.
    private static final int LOOKS_INTO_THE_WAIT = 8;

    Report run() throws InterruptedException {
        try (var site = Site.open(Targets.INSYNC, scenario.zones())) {
            var machine = Machine.line();
            try (var controller = site.controller(jvmOptions).ready()) {
                site.awaitIssuer();
                return measure(site, controller, machine);
            }
        }
    }

    private Report measure(Site site, ControllerProcess controller, String machine) throws InterruptedException {
        var certificates = certificates(site);
        if (scenario.apart()) {
            Site.forEach(certificates, c -> site.namespace(c.getMetadata().getNamespace()));
        }
        var pid = controller.pid();
        try (var watch = new CertificateWatch(site.client())) {
            var requestsBefore = site.requests();
            var callsBefore = site.rig().route53().calls().size();
            var before = ProcessFigures.of(pid);
            var start = System.nanoTime();
            Site.forEach(certificates, c -> site.client().resource(c).create());
            var applied = Duration.ofNanos(System.nanoTime() - start);
            var waiting = new WaitingThreads(site, pid);
            var isReady = Patience.waitFor(
                    () -> {
                        waiting.look();
                        return watch.countReady() == scenario.certificates();
                    },
                    LOOK,
                    LIMIT);
            var isClean = isReady
                    && Patience.waitFor(
                            () -> site.rig().route53().txtRecords().isEmpty() && !site.hasChallenges(),
                            LOOK,
                            CLEAN_UP_LIMIT);
            Patience.waitUntilStill(() -> site.rig().route53().calls().size(), STILL, CLEAN_UP_LIMIT);
            var after = ProcessFigures.of(pid);
            var requests = site.requests().since(requestsBefore);
            var calls = site.rig().route53().calls();
            return report(
                    site,
                    new Observed(
                            watch.readyAfter(start),
                            applied,
                            before,
                            after,
                            waiting.most,
                            calls.subList(callsBefore, calls.size()),
                            requests),
                    machine,
                    isReady && isClean);
        }
    }

    private List<HasMetadata> certificates(Site site) {
        return IntStream.range(0, scenario.certificates())
                .mapToObj(i -> {
                    var name = "c%05d".formatted(i);
                    var namespace = scenario.apart() ? "of-" + name : Site.NAMESPACE;
                    var host = name + "." + Site.zone(i % scenario.zones());
                    return scenario.wildcard()
                            ? site.certificate(namespace, name, scenario.ecdsa(), host, "*." + host)
                            : site.certificate(namespace, name, scenario.ecdsa(), host);
                })
                .toList();
    }

    private record Observed(
            Durations ready,
            Duration applied,
            ProcessFigures before,
            ProcessFigures after,
            Optional<JvmInside.Threads> waiting,
            List<Call> calls,
            ApiRequests requests) {}

    private Report report(Site site, Observed o, String machine, boolean isComplete) {
        var figures = new ArrayList<Figure>();
        var hasTimes = !o.ready.isEmpty();
        figures.add(Figure.seconds("applied", o.applied));
        if (hasTimes) {
            figures.add(Figure.seconds("ready, p50", o.ready.percentile(50)).floor(Targets.readyFloor()));
            figures.add(Figure.seconds("ready, p99", o.ready.percentile(99)).floor(Targets.readyFloor()));
            figures.add(Targets.allReady(scenario, o.ready.all()));
        }
        figures.add(Targets.calls(scenario, o.calls.size()));
        figures.add(Targets.throttled(o.calls.stream()
                .filter(c -> c.errorCode().startsWith("Throttling"))
                .count()));
        new TreeMap<>(o.calls.stream().collect(Collectors.groupingBy(Call::action, Collectors.counting())))
                .forEach((action, count) -> figures.add(Figure.count("– " + action, count)));
        figures.add(Targets.cpu(scenario, o.after.cpuSeconds()));
        figures.add(Figure.seconds("– from the first apply on", o.after.cpuSeconds() - o.before.cpuSeconds()));
        figures.add(Figure.bytes("RSS of the controller, afterwards", o.after.resident()));
        figures.add(Targets.peakMemory(scenario, o.after.peakResident()));
        o.waiting.ifPresent(threads -> figures.addAll(threads.figures()));
        figures.add(Targets.recordsLeft(site.rig().route53().txtRecords().size()));
        figures.addAll(ApiFigures.of(o.requests, scenario.certificates()));
        var notes = new ArrayList<String>();
        if (!isComplete) {
            notes.add("**Not finished**: %d of %d were ready, %d TXT records were left."
                    .formatted(
                            o.ready.sorted().size(),
                            scenario.certificates(),
                            site.rig().route53().txtRecords().size()));
        } else {
            new IssuedSecrets(site).verify(scenario.certificates());
            notes.add("All %d Secrets hold a chain up to the CA's root and the key to it."
                    .formatted(scenario.certificates()));
        }
        return new Report(scenario, machine, figures, notes, isComplete);
    }

    /// Counts threads while most Challenges wait for Route 53.
    private final class WaitingThreads {
        private final Site site;
        private final long pid;
        private int looks;
        private Optional<JvmInside.Threads> most = Optional.empty();

        WaitingThreads(Site site, long pid) {
            this.site = site;
            this.pid = pid;
        }

        void look() {
            if (looks <= LOOKS_INTO_THE_WAIT && isAllWritten() && ++looks == LOOKS_INTO_THE_WAIT) {
                most = Optional.of(new JvmInside(pid).threads());
            }
        }

        private boolean isAllWritten() {
            return site.recordsWritten() >= scenario.records();
        }
    }
}
