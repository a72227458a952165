package dev.acme53.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The servers that the tests of this JVM share, started when first asked for and stopped when the JVM ends, and the
/// way to servers of one's own. They run in containers where a Docker engine answers and as plain processes elsewhere.
public final class TestServers {
    private static final Path CRDS = Path.of(System.getProperty("basedir", "")).resolve("crds");
    private static @Nullable KubernetesApi kubernetes;
    private static @Nullable Aws aws;

    private TestServers() {}

    /// The shared Kubernetes API, with our CustomResourceDefinitions applied. Tests keep to a [TestNamespace] of
    /// their own and remove what they made outside of it.
    public static synchronized KubernetesApi kubernetes() {
        if (kubernetes == null) {
            var started = newKubernetes();
            Running.add(started);
            if (Files.isDirectory(CRDS)) {
                started.apply(CRDS);
            }
            kubernetes = started;
        }
        return kubernetes;
    }

    /// The shared Kubernetes API if somebody has asked for it.
    static synchronized Optional<KubernetesApi> startedKubernetes() {
        return Optional.ofNullable(kubernetes);
    }

    /// An empty Kubernetes API of one's own, without our CustomResourceDefinitions.
    public static KubernetesApi newKubernetes() {
        return Containers.serve() ? ContainerKubernetes.start() : LocalKubernetes.start();
    }

    /// A cluster that runs Pods. Names below `test` and `letsencrypt.org` are asked, by TCP, of what listens on all
    /// interfaces at port `dns`.
    public static NodeCluster newCluster(int dns) {
        return Containers.serve() ? ContainerCluster.start(dns) : LocalCluster.start(dns);
    }

    /// A CA of one's own: each test class has names of its own to be looked up.
    public static AcmeCa newAcmeCa(PebbleSettings settings) {
        return Containers.serve() ? ContainerPebble.start(settings) : LocalPebble.start(settings);
    }

    /// The shared LocalStack. Tests make zones with names and caller references of their own.
    public static synchronized Aws aws() {
        if (aws == null) {
            aws = newAws();
            Running.add(aws);
        }
        return aws;
    }

    /// An empty LocalStack of one's own.
    public static Aws newAws() {
        return Containers.serve() ? ContainerAws.start() : LocalAws.start();
    }
}
