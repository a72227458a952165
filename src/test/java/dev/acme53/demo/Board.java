package dev.acme53.demo;

import dev.acme53.sim.Operation;
import dev.acme53.sim.Simulator;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Shows progress: on a terminal one line per Certificate that is painted again and again, elsewhere a line for every
/// step taken.
final class Board implements AutoCloseable {
    private static final Path TERMINAL = Path.of("/dev/tty");
    private static final String[] SPINNER = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};
    private static final int WIDTH = 100;

    private final Optional<PrintStream> terminal;
    private final PrintStream lines;
    private final Simulator route53;
    private final long start = System.nanoTime();
    private final Map<String, Progress.Step> reached = new HashMap<>();
    private final Map<String, Duration> finished = new HashMap<>();
    private int painted;
    private int frame;

    Board(PrintStream lines, Simulator route53, Map<String, String> environment) {
        this.lines = lines;
        this.route53 = route53;
        this.terminal = environment.containsKey("CI")
                        || environment.getOrDefault("TERM", "dumb").equals("dumb")
                ? Optional.empty()
                : openTerminal();
    }

    /// Shows what has changed.
    void show(List<Progress> all) {
        all.forEach(p -> {
            if (p.step() == Progress.Step.ISSUED) {
                finished.putIfAbsent(p.certificate(), elapsed());
            }
        });
        terminal.ifPresentOrElse(t -> paint(t, all), () -> print(all));
    }

    /// How long it took until each Certificate was issued.
    Map<String, Duration> finished() {
        return Map.copyOf(finished);
    }

    private void print(List<Progress> all) {
        for (var progress : all) {
            var before = reached.put(progress.certificate(), progress.step());
            if (before != progress.step()) {
                lines.printf(
                        "  %5.1f s  %-10s %s%n",
                        seconds(elapsed()),
                        progress.certificate(),
                        progress.step().text());
            }
        }
        lines.flush();
    }

    private void paint(PrintStream screen, List<Progress> all) {
        var text = new StringBuilder();
        if (painted > 0) {
            text.append("\u001b[").append(painted).append('A');
        }
        for (var progress : all) {
            text.append(line(progress)).append("\u001b[K\n");
        }
        text.append(
                "  \u001b[2m%5.1f s · Route 53 so far: %d ListHostedZonesByName, %d ChangeResourceRecordSets, %d GetChange\u001b[0m\u001b[K%n"
                        .formatted(
                                seconds(elapsed()),
                                route53.count(Operation.LIST_HOSTED_ZONES_BY_NAME),
                                route53.count(Operation.CHANGE_RESOURCE_RECORD_SETS),
                                route53.count(Operation.GET_CHANGE)));
        painted = all.size() + 1;
        frame++;
        screen.print(text);
        screen.flush();
    }

    private String line(Progress progress) {
        var bar = new StringBuilder();
        for (var step : Progress.Step.values()) {
            bar.append(step.compareTo(progress.step()) <= 0 ? "\u001b[32m●\u001b[0m" : "\u001b[2m○\u001b[0m");
        }
        var isDone = progress.step() == Progress.Step.ISSUED;
        var state = isDone
                ? "\u001b[32m✓ issued in %.1f s\u001b[0m"
                        .formatted(seconds(finished.getOrDefault(progress.certificate(), elapsed())))
                : SPINNER[frame % SPINNER.length] + " " + progress.step().text()
                        + (progress.detail().isEmpty() ? "" : " \u001b[2m" + cut(progress.detail()) + "\u001b[0m");
        return "  %-10s %s  %s".formatted(progress.certificate(), bar, state);
    }

    private static String cut(String detail) {
        var one = detail.lines().findFirst().orElse("");
        return one.length() <= WIDTH / 2 ? one : one.substring(0, WIDTH / 2 - 1) + "…";
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static Optional<PrintStream> openTerminal() {
        if (!Files.isWritable(TERMINAL)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PrintStream(new FileOutputStream(TERMINAL.toFile()), false, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty(); // no terminal belongs to this process
        }
    }

    @Override
    public void close() {
        terminal.ifPresent(PrintStream::close);
    }
}
