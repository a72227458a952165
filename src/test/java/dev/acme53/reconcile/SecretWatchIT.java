package dev.acme53.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.acme53.servers.ControllerAccount;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.TestNamespace;
import dev.acme53.servers.TestServers;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecretWatchIT {
    private static final KubernetesApi KUBERNETES = TestServers.kubernetes();

    private final KubernetesClient client = KUBERNETES.client();
    private final KubernetesClient own = ControllerAccount.client(KUBERNETES);
    private final TestNamespace namespace = KUBERNETES.freshNamespace();
    private final TestNamespace other = KUBERNETES.freshNamespace();
    private final List<ResourceID> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void cleanUp() {
        namespace.close();
        other.close();
        own.close();
        client.close();
    }

    @Test
    void whatAppearsChangesAndGoesIsToldAndWhatWasThereIsNot() throws Exception {
        client.resource(secret(namespace, "before")).create();
        var follower = follow(Optional.of(namespace.name()));
        client.resource(secret(other, "elsewhere")).create();
        client.resource(secret(namespace, "one")).create();
        awaitTold(1);
        var changed = new SecretBuilder(secret(namespace, "one"))
                .withStringData(Map.of("other", "value"))
                .build();
        client.resource(changed).update();
        awaitTold(2);
        client.resource(secret(namespace, "one")).delete();
        awaitTold(3);
        assertThat(told).containsOnly(new ResourceID("one", namespace.name()));
        follower.interrupt();
        follower.join();
    }

    @Test
    void allNamespacesAreOne() throws Exception {
        var follower = follow(Optional.empty());
        client.resource(secret(namespace, "one")).create();
        client.resource(secret(other, "two")).create();
        await().untilAsserted(() -> assertThat(told)
                .contains(new ResourceID("one", namespace.name()), new ResourceID("two", other.name())));
        follower.interrupt();
        follower.join();
    }

    @Test
    void theApiServerEndsTheWatchWhenItsTimeIsOver() throws Exception {
        var begun = new AtomicBoolean();
        new SecretWatch(own, Optional.of(namespace.name()), Duration.ofSeconds(1), Duration.ofSeconds(30))
                .follow(() -> begun.set(true), told::add);
        assertThat(begun).isTrue();
    }

    @Test
    void whoMayNotWatchIsToldSo() {
        try (var nobody = KubernetesApi.client(KUBERNETES.serviceAccount(namespace.name(), "nobody"))) {
            assertThatThrownBy(() -> new SecretWatch(nobody, Optional.empty()).follow(() -> {}, told::add))
                    .isInstanceOf(IOException.class)
                    .hasMessage("HTTP 403");
        }
    }

    /// @return the thread that follows, once the watch stands
    private Thread follow(Optional<String> where) throws InterruptedException {
        var begun = new CountDownLatch(1);
        var follower = Thread.ofVirtual().start(() -> {
            try {
                new SecretWatch(own, where).follow(begun::countDown, told::add);
            } catch (IOException | InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        begun.await();
        return follower;
    }

    private void awaitTold(int times) {
        await().until(() -> told.size() >= times);
    }

    private static Secret secret(TestNamespace where, String name) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(where.name())
                .withName(name)
                .endMetadata()
                .withStringData(Map.of("key", "value"))
                .build();
    }
}
