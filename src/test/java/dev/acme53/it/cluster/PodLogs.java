package dev.acme53.it.cluster;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;

/// What the containers of the installation's namespace log from now on, each from its start, and also when their Pods
/// are gone.
final class PodLogs implements AutoCloseable {
    /// Our own line for status 403, and what the API server's own text for it holds.
    private static final Pattern FORBIDDEN = Pattern.compile("the API server forbids a request|is forbidden:");

    private final KubernetesClient client;
    private final Map<String, Log> logs = new ConcurrentHashMap<>();
    private final Set<String> forgotten = ConcurrentHashMap.newKeySet();
    private final Queue<LogWatch> follows = new ConcurrentLinkedQueue<>();
    private final Watch watch;

    private record Log(String pod, ByteArrayOutputStream octets) {
        String text() {
            return octets.toString(StandardCharsets.UTF_8);
        }
    }

    PodLogs(KubernetesClient client) {
        this.client = client;
        this.watch = client.pods().inNamespace(ClusterRig.NAMESPACE).watch(new Watcher<>() {
            @Override
            public void eventReceived(Action action, Pod pod) {
                pod.getStatus().getContainerStatuses().stream()
                        .filter(container -> container.getState().getRunning() != null)
                        .forEach(container -> follow(pod, container));
            }

            @Override
            public void onClose(WatcherException cause) {}
        });
    }

    private void follow(Pod pod, ContainerStatus container) {
        var log = new Log(pod.getMetadata().getName(), new ByteArrayOutputStream());
        if (logs.putIfAbsent(container.getContainerID(), log) == null) {
            follows.add(client.pods()
                    .inNamespace(ClusterRig.NAMESPACE)
                    .withName(log.pod)
                    .watchLog(log.octets));
        }
    }

    /// What each container has logged.
    List<String> texts() {
        return logs.entrySet().stream()
                .filter(log -> !forgotten.contains(log.getKey()))
                .map(log -> log.getValue().text())
                .toList();
    }

    /// What the containers of one Pod have logged.
    String of(String pod) {
        return logs.values().stream()
                .filter(log -> log.pod.equals(pod))
                .map(Log::text)
                .reduce("", String::concat);
    }

    /// Every line about a request that RBAC did not allow.
    List<String> forbidden() {
        return texts().stream()
                .flatMap(String::lines)
                .filter(line -> FORBIDDEN.matcher(line).find())
                .toList();
    }

    /// Leaves the containers out that there were so far.
    void forget() {
        forgotten.addAll(logs.keySet());
    }

    @Override
    public void close() {
        watch.close();
        follows.forEach(LogWatch::close);
    }
}
