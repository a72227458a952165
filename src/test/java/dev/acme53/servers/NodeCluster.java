package dev.acme53.servers;

import java.nio.file.Path;
import java.util.List;

/// A Kubernetes cluster with one node, where Pods run and names of Services resolve.
public interface NodeCluster extends KubernetesApi {
    /// The address at which Pods reach what listens on all interfaces of this machine, such as a [LoopbackRelay].
    String hostAddress();

    /// Gives the node an image, as `docker load` would; nothing can be pulled.
    void load(Path archive);

    /// Not kept here: the tests of the controller's calls need no node.
    @Override
    default List<AuditLog.Request> audited() {
        throw new UnsupportedOperationException("no audit log");
    }

    /// Runs a command where the kubelet runs; what it printed.
    ///
    /// @throws IllegalStateException when it fails
    String onNode(List<String> command);
}
