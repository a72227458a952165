package dev.acme53.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Challenge;
import dev.acme53.api.ClusterIssuer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReconcileThreadsTest {
    private final ReconcileThreads threads = new ReconcileThreads(1);
    private final LinkedBlockingQueue<String> done = new LinkedBlockingQueue<>();
    private final CountDownLatch go = new CountDownLatch(1);

    private static <T extends HasMetadata> T in(String namespace, T object) {
        object.setMetadata(
                new ObjectMetaBuilder().withName("a").withNamespace(namespace).build());
        return object;
    }

    /// As JOSDK does: it says what, then hands over.
    private void submit(HasMetadata object, String name) {
        threads.submissions().reconciliationSubmitted(object, null, Map.of());
        threads.execute(() -> {
            try {
                go.await();
                done.add(name);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Test
    void namespacesTakeTurnsAndWhatIsInNoneIsOneOfThem() throws InterruptedException {
        for (var name : List.of("a0", "a1", "a2")) {
            submit(in("a", new Challenge()), name);
        }
        submit(in("b", new Challenge()), "b0");
        submit(in(null, new ClusterIssuer()), "c0");
        go.countDown();
        for (var name : List.of("a0", "a1", "b0", "c0", "a2")) {
            assertThat(done.poll(5, TimeUnit.SECONDS)).isEqualTo(name);
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
    }
}
