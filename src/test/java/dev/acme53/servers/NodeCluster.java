package dev.acme53.servers;

import java.nio.file.Path;
import java.util.List;

/// A Kubernetes cluster with one node, where Pods run and names of Services resolve.
public interface NodeCluster extends KubernetesApi {
    /// The address at which Pods reach what listens on all interfaces of this machine, such as a [LoopbackRelay].
    String hostAddress();

    /// Gives the node an image, as `docker load` would; nothing can be pulled.
    void load(Path archive);

    /// Runs a command where the kubelet runs; what it printed.
    ///
    /// @throws IllegalStateException when it fails
    String onNode(List<String> command);
}
