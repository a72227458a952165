package dev.acme53.servers;

import java.util.ArrayList;
import java.util.List;

/// A server or command that is built from a Go module with pinned sums below `src/test/servers/`.
/// `module` is the folder that pins it, `command` the package to build, `stamp` the linker's `-X` settings,
/// `cost` what a first build takes on two cores.
enum GoServer {
    ETCD("etcd", "etcd", "go.etcd.io/etcd/server/v3", "", "1 minute"),
    KUBE_APISERVER(
            "kube-apiserver", "kubernetes", "k8s.io/kubernetes/cmd/kube-apiserver", Stamp.KUBERNETES, "5 minutes"),
    KUBE_CONTROLLER_MANAGER(
            "kube-controller-manager",
            "kubernetes",
            "k8s.io/kubernetes/cmd/kube-controller-manager",
            Stamp.KUBERNETES,
            "2 minutes"),
    PEBBLE("pebble", "pebble", "github.com/letsencrypt/pebble/v2/cmd/pebble", "", "15 seconds"),
    CMCTL("cmctl", "cmctl", "github.com/cert-manager/cmctl/v2", "", "2 minutes"),
    HELM("helm", "helm", "helm.sh/helm/v4/cmd/helm", "", "2 minutes"),
    HELM3("helm3", "helm3", "helm.sh/helm/v3/cmd/helm", "", "2 minutes"),
    KUSTOMIZE("kustomize", "helm", "sigs.k8s.io/kustomize/kustomize/v5", "", "30 seconds"),
    KUBE_SCHEDULER("kube-scheduler", "node", "k8s.io/kubernetes/cmd/kube-scheduler", Stamp.KUBERNETES, "1 minute"),
    KUBELET("kubelet", "node", "k8s.io/kubernetes/cmd/kubelet", Stamp.KUBERNETES, "3 minutes"),
    KUBE_PROXY("kube-proxy", "node", "k8s.io/kubernetes/cmd/kube-proxy", Stamp.KUBERNETES, "1 minute"),
    KUBECTL("kubectl", "node", "k8s.io/kubernetes/cmd/kubectl", Stamp.KUBERNETES, "2 minutes"),
    COREDNS("coredns", "coredns", ".", "", "3 minutes"),
    PAUSE("pause", "pause", ".", "", "5 seconds"),
    PROMETHEUS("prometheus", "prometheus", "github.com/prometheus/prometheus/cmd/prometheus", "", "2 minutes"),
    PROMTOOL("promtool", "prometheus", "github.com/prometheus/prometheus/cmd/promtool", "", "1 minute");

    final String binary;
    final String module;
    final String command;
    final String stamp;
    final String cost;

    GoServer(String binary, String module, String command, String stamp, String cost) {
        this.binary = binary;
        this.module = module;
        this.command = command;
        this.stamp = stamp;
        this.cost = cost;
    }

    /// True for what a folder named by `KUBEBUILDER_ASSETS` customarily holds.
    boolean isKubebuilderAsset() {
        return this == ETCD || this == KUBE_APISERVER;
    }

    /// True for what only `mvn verify -Pcluster` needs.
    boolean isForCluster() {
        return switch (this) {
            case KUBE_SCHEDULER, KUBELET, KUBE_PROXY, COREDNS, PAUSE, PROMETHEUS, PROMTOOL -> true;
            case ETCD, KUBE_APISERVER, KUBE_CONTROLLER_MANAGER, PEBBLE, CMCTL, HELM, HELM3, KUSTOMIZE, KUBECTL -> false;
        };
    }

    /// The arguments after `go`. `-mod=readonly` refuses anything that go.mod and go.sum do not pin.
    List<String> buildArguments(String output) {
        var arguments = new ArrayList<>(List.of(
                "build",
                "-mod=readonly",
                "-trimpath",
                "-buildvcs=false",
                "-ldflags=" + ("-s -w " + stamp).strip(),
                "-o",
                output,
                command));
        if (module.equals("prometheus")) {
            // every cloud has an SDK that finds targets there; ours are named one by one
            arguments.add(1, "-tags=remove_all_sd");
        }
        return List.copyOf(arguments);
    }

    /// Without this the two say v0.0.0-master: a release's version comes from the linker.
    private static final class Stamp {
        static final String KUBERNETES = "-X k8s.io/component-base/version.gitVersion=v1.37.2";
    }
}
