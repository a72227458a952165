package dev.acme53.servers;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Kubernetes from its own binaries: etcd, kube-apiserver and the few controllers that our objects meet. No nodes.
final class LocalKubernetes implements KubernetesApi, LocalProcesses {
    private final Etcd etcd;
    private final KubeApiServer api;
    private final KubeControllerManager controllers;
    private final Path kubeconfig;

    private LocalKubernetes(Etcd etcd, KubeApiServer api, KubeControllerManager controllers, Path kubeconfig) {
        this.etcd = etcd;
        this.api = api;
        this.controllers = controllers;
        this.kubeconfig = kubeconfig;
    }

    static LocalKubernetes start() {
        var etcd = Etcd.start();
        var api = KubeApiServer.start(etcd);
        var kubeconfig = api.kubeconfig("admin", List.of("system:masters"));
        return new LocalKubernetes(etcd, api, KubeControllerManager.start(api), kubeconfig);
    }

    @Override
    public Config config() {
        try {
            return Config.fromKubeconfig(Files.readString(kubeconfig));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path kubeconfig() {
        return kubeconfig;
    }

    @Override
    public List<AuditLog.Request> audited() {
        return api.audited();
    }

    @Override
    public List<Long> processes() {
        return Stream.of(etcd.processes(), api.processes(), controllers.processes())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public void close() {
        controllers.close();
        api.close();
        etcd.close();
    }
}
