package dev.acme53.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Order;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class JustCreatedTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final JustCreated<Order> justCreated = new JustCreated<>(now::get);
    private final ArrayList<Order> cache = new ArrayList<>();

    @Test
    void anObjectCountsBeforeItsEventComes() {
        var created = order("o", "1");
        justCreated.add(created);
        assertThat(all()).containsExactly(created);
        var seen = order("o", "1");
        cache.add(seen);
        assertThat(all()).as("the cache may be newer").singleElement().isSameAs(seen);
    }

    @Test
    void anObjectThatWasSeenAndDeletedIsGone() {
        var created = order("o", "1");
        justCreated.add(created);
        justCreated.seen(order("o", "1"));
        assertThat(all()).isEmpty();
        assertThat(justCreated.left(_ -> true)).isEmpty();
    }

    @Test
    void theEventOfAPredecessorIsNotItsOwn() {
        var created = order("o", "2");
        justCreated.add(created);
        justCreated.seen(order("o", "1"));
        cache.add(order("o", "1"));
        assertThat(all()).containsExactly(created);
    }

    @Test
    void anObjectWhoseEventNeverComesIsWaitedForTenSeconds() {
        justCreated.add(order("o", "1"));
        now.set(NOW.plusSeconds(4));
        assertThat(justCreated.left(_ -> true)).hasValue(Duration.ofMillis(6001));
        now.set(NOW.plusMillis(10_001));
        assertThat(all()).isEmpty();
        assertThat(justCreated.left(_ -> true)).isEmpty();
    }

    @Test
    void oneThatTheCacheGetsBetweenTwoLooksIsNotMissed() {
        var created = order("o", "1");
        justCreated.add(created);
        var seen = justCreated.with(_ -> true, () -> {
            justCreated.seen(created);
            return List.of();
        });
        assertThat(seen).containsExactly(created);
    }

    @Test
    void onlyThoseThatAreMeantCount() {
        justCreated.add(order("o", "1"));
        justCreated.add(order("p", "2"));
        assertThat(justCreated.with(o -> o.getMetadata().getName().equals("p"), () -> cache))
                .extracting(o -> o.getMetadata().getUid())
                .containsExactly("2");
        assertThat(justCreated.left(_ -> false)).isEmpty();
    }

    private List<Order> all() {
        return justCreated.with(_ -> true, () -> List.copyOf(cache));
    }

    private static Order order(String name, String uid) {
        var order = new Order();
        order.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace("team")
                .withUid(uid)
                .build());
        return order;
    }
}
