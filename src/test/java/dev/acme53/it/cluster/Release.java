package dev.acme53.it.cluster;

import dev.acme53.servers.Helm;
import java.nio.file.Path;
import java.util.stream.Stream;

/// One release of the chart, as Helm sees it.
///
/// @param values file of them
record Release(Helm helm, String name, Path values) {
    private static final String CHART = Path.of(System.getProperty("basedir", ""))
            .toAbsolutePath()
            .resolve("helm/acme53")
            .toString();

    /// Each command ends when the Pods are ready, or gone.
    void install(String... more) {
        withChart("install", more);
    }

    void upgrade(String... more) {
        withChart("upgrade", more);
    }

    void rollback() {
        run("rollback", name, "--timeout=120s");
    }

    void uninstall() {
        run("uninstall", name);
    }

    private void withChart(String command, String... more) {
        run(Stream.concat(Stream.of(command, name, CHART, "--values=" + values, "--timeout=120s"), Stream.of(more))
                .toArray(String[]::new));
    }

    private void run(String... arguments) {
        helm.run(Stream.concat(Stream.of(arguments), Stream.of("--namespace=" + ClusterRig.NAMESPACE, "--wait"))
                        .toList())
                .success();
    }
}
