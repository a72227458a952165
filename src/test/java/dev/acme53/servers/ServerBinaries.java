package dev.acme53.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where the executables of the real servers are: those that `KUBEBUILDER_ASSETS` names, else those of the user's
/// cache, built there on first use from the pinned modules below `src/test/servers/`.
///
/// A first build prints one line per server. What a person must install first is a [MissingPrerequisite].
public final class ServerBinaries {
    private static final Path PINS = Path.of(System.getProperty("basedir", ""))
            .resolve("src/test/servers")
            .toAbsolutePath();
    private static final ServerCache CACHE = ServerCache.ofUser();
    private static final Pattern OPERATOR_KINDS = Pattern.compile(
            "/example/prometheus-operator-crd/.*_(servicemonitors|podmonitors|prometheusrules)\\.yaml$");

    private ServerBinaries() {}

    /// Builds everything that is not there yet, so that no test's time is spent on it.
    ///
    /// @param arguments `cluster`: what a cluster with a node needs, too
    public static void main(String[] arguments) {
        try {
            if (List.of(arguments).contains("cluster")) {
                if (!Containers.serve()) {
                    NodeBinaries.ready();
                }
                Chromium.unpacked();
                prometheus();
                promtool();
            }
            prometheusOperatorKinds();
            if (Containers.serve()) {
                // these have no image
                cmctl();
                helm();
                helm3();
                kustomize();
                kubectl();
                return;
            }
            for (var server : GoServer.values()) {
                if (!server.isForCluster()) {
                    pathOf(server);
                }
            }
            localStackPython();
        } catch (MissingPrerequisite missing) {
            System.err.println(missing.getMessage());
            System.exit(1);
        }
    }

    /// The peer's own command-line client, which users keep.
    public static Path cmctl() {
        return pathOf(GoServer.CMCTL);
    }

    /// What users install the chart with.
    public static Path helm() {
        return pathOf(GoServer.HELM);
    }

    /// The major version before, which many still have.
    public static Path helm3() {
        return pathOf(GoServer.HELM3);
    }

    /// What `kubectl apply -k` has inside.
    public static Path kustomize() {
        return pathOf(GoServer.KUSTOMIZE);
    }

    /// What applies manifests as users do.
    public static Path kubectl() {
        return pathOf(GoServer.KUBECTL);
    }

    /// What watches the controller.
    public static Path prometheus() {
        return pathOf(GoServer.PROMETHEUS);
    }

    /// What tries its rules.
    public static Path promtool() {
        return pathOf(GoServer.PROMTOOL);
    }

    static Path pathOf(GoServer server) {
        return asset(server).orElseGet(() -> built(server));
    }

    private static Optional<Path> asset(GoServer server) {
        return server.isKubebuilderAsset()
                ? Optional.ofNullable(System.getenv("KUBEBUILDER_ASSETS"))
                        .filter(folder -> !folder.isBlank())
                        .map(folder -> Path.of(folder, server.binary))
                        .filter(Files::isExecutable)
                : Optional.empty();
    }

    private static Path built(GoServer server) {
        var module = PINS.resolve(server.module);
        var pins = Stream.concat(
                        sources(module).stream().map(ServerBinaries::read),
                        Stream.of(String.join(" ", server.buildArguments(""))))
                .toList();
        return CACHE.entry(server.binary, pins, folder -> build(server, module, folder))
                .resolve(server.binary);
    }

    private static void build(GoServer server, Path module, Path folder) throws IOException, InterruptedException {
        var go = Tools.go(server.binary);
        announce(server.binary, server.cost, folder);
        // built from a copy: minutes pass, and a checkout may change meanwhile
        for (var source : sources(module)) {
            Files.copy(source, folder.resolve(source.getFileName()));
        }
        var output = folder.resolve(server.binary).toString();
        Tools.run(
                folder,
                Stream.concat(Stream.of(go.toString()), server.buildArguments(output).stream())
                        .toList());
    }

    /// Pins, and the program where it is one of ours; by name.
    private static List<Path> sources(Path module) {
        try (var files = Files.list(module)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The folder where the Debian packages that `list` names, one a line, are unpacked, in the versions that the
    /// machine's sources have at that time.
    static Path unpacked(Path list) {
        return CACHE.entry("debian", List.of(read(list)), folder -> {
            announce("what Debian's packages have", "10 seconds", folder);
            download(folder, Files.readAllLines(list));
            for (var archive : sources(folder)) {
                Tools.run(folder, List.of("dpkg-deb", "-x", archive.toString(), folder.toString()));
                Files.delete(archive);
            }
        });
    }

    /// By the machine's lists of packages; where these are missing or too old, by newer ones that are for this alone.
    private static void download(Path folder, List<String> packages) throws IOException, InterruptedException {
        try {
            Tools.run(folder, aptGet(List.of("download"), packages));
        } catch (IOException _) {
            var lists = Files.createDirectories(folder.resolve("lists"));
            var own = List.of("-o", "Dir::State::lists=" + lists, "-o", "Dir::Cache=" + lists);
            Tools.run(folder, aptGet(own, List.of("update")));
            Tools.run(
                    folder,
                    aptGet(
                            own,
                            Stream.concat(Stream.of("download"), packages.stream())
                                    .toList()));
            ServerCache.deleteTree(lists);
        }
    }

    private static List<String> aptGet(List<String> before, List<String> after) {
        var command = new ArrayList<>(List.of("apt-get", "-qq", "-o", "APT::Sandbox::User=root"));
        command.addAll(before);
        command.addAll(after);
        return command;
    }

    /// The Python of a virtual environment that holds LocalStack.
    static Path localStackPython() {
        var requirements = PINS.resolve("localstack/requirements.txt");
        return CACHE.entry("localstack", List.of(read(requirements)), folder -> {
                    var python = Tools.python();
                    announce("LocalStack", "2 minutes", folder);
                    Tools.run(folder, List.of(python.toString(), "-m", "venv", folder.toString()));
                    Tools.run(
                            folder,
                            List.of(
                                    folder.resolve("bin/python").toString(),
                                    "-m",
                                    "pip",
                                    "install",
                                    "--quiet",
                                    "--no-deps",
                                    "--disable-pip-version-check",
                                    "-r",
                                    requirements.toString()));
                })
                .resolve("bin/python");
    }

    /// A folder with the Prometheus operator's CustomResourceDefinitions of what the chart makes for it.
    public static Path prometheusOperatorKinds() {
        var module = PINS.resolve("prometheus-operator");
        var pins = sources(module).stream().map(ServerBinaries::read).toList();
        return CACHE.entry("prometheus-operator-kinds", pins, folder -> {
            var go = Tools.go("the kinds of the Prometheus operator");
            announce("the Prometheus operator's kinds", "1 second", folder);
            var modules = Files.createDirectory(folder.resolve("modules"));
            for (var source : sources(module)) {
                Files.copy(source, modules.resolve(source.getFileName()));
            }
            Tools.run(
                    modules, List.of("env", "GOMODCACHE=" + modules, go.toString(), "mod", "download", "-modcacherw"));
            try (var files = Files.find(
                    modules,
                    6,
                    (file, _) -> OPERATOR_KINDS.matcher(file.toString()).find())) {
                for (var file : files.toList()) {
                    Files.move(file, folder.resolve(file.getFileName()));
                }
            }
            ServerCache.deleteTree(modules);
        });
    }

    private static void announce(String name, String cost, Path folder) {
        System.out.println("Building " + name + ", once, into " + folder + " (about " + cost + " on 2 cores)");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
