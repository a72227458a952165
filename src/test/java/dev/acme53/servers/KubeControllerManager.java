package dev.acme53.servers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The controllers of Kubernetes that our objects meet in every cluster: owner references are followed, namespaces
/// really go, every namespace has its default ServiceAccount, ClusterRoles aggregate, Deployments have revisions.
final class KubeControllerManager implements AutoCloseable {
    private final ServerProcess process;
    private final Path folder;

    private KubeControllerManager(ServerProcess process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    static KubeControllerManager start(KubeApiServer api) {
        var folder = ServerProcess.folder("kube-controller-manager");
        var port = FreePort.next();
        var kubeconfig = api.kubeconfig("system:kube-controller-manager", List.of("system:masters"));
        var process = ServerProcess.start(
                "kube-controller-manager",
                folder,
                List.of(
                        ServerBinaries.pathOf(GoServer.KUBE_CONTROLLER_MANAGER).toString(),
                        "--kubeconfig=" + kubeconfig,
                        "--authentication-kubeconfig=" + kubeconfig,
                        "--authorization-kubeconfig=" + kubeconfig,
                        "--service-account-private-key-file=" + api.accountsKey(),
                        "--leader-elect=false",
                        "--bind-address=127.0.0.1",
                        "--secure-port=" + port,
                        "--cert-dir=" + folder,
                        "--controllers=garbage-collector-controller,namespace-controller,serviceaccount-controller,"
                                + "clusterrole-aggregation-controller,deployment-controller"),
                Map.of());
        return new KubeControllerManager(process, folder);
    }

    List<Long> processes() {
        return process.processes();
    }

    @Override
    public void close() {
        process.close();
        ServerProcess.delete(folder);
    }
}
