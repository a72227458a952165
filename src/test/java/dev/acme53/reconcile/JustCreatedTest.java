package dev.acme53.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.CertificateRequest;
import dev.acme53.api.Order;
import dev.acme53.api.OwnerReferences;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
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
        assertThat(justCreated.left(owner("c"))).isEmpty();
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
        assertThat(justCreated.left(owner("c"))).hasValue(Duration.ofMillis(6001));
        now.set(NOW.plusMillis(10_001));
        assertThat(all()).isEmpty();
        assertThat(justCreated.left(owner("c"))).isEmpty();
    }

    @Test
    void oneThatTheCacheGetsBetweenTwoLooksIsNotMissed() {
        var created = order("o", "1");
        justCreated.add(created);
        var seen = justCreated.of(owner("c"), () -> {
            justCreated.seen(created);
            return List.of();
        });
        assertThat(seen).containsExactly(created);
    }

    @Test
    void onlyThoseOfTheSameControllerCount() {
        justCreated.add(order("o", "1"));
        var other = order("p", "2", owner("d"));
        justCreated.add(other);
        assertThat(justCreated.of(owner("d"), List::of)).containsExactly(other);
        assertThat(justCreated.left(owner("e"))).isEmpty();
    }

    @Test
    void severalOfOneControllerAreWaitedForEachByItself() {
        justCreated.add(order("o", "1"));
        var second = order("p", "2");
        now.set(NOW.plusSeconds(4));
        justCreated.add(second);
        assertThat(justCreated.left(owner("c"))).hasValue(Duration.ofMillis(10_001));
        justCreated.seen(order("o", "1"));
        assertThat(all()).containsExactly(second);
    }

    @Test
    void oneThatIsCreatedAgainTakesThePlaceOfTheFirst() {
        justCreated.add(order("o", "1"));
        var second = order("o", "2");
        justCreated.add(second);
        assertThat(all()).containsExactly(second);
    }

    @Test
    void whatIsNobodysIsNotKept() {
        justCreated.add(order("o", "1", null));
        assertThat(justCreated.owners()).isZero();
    }

    @Test
    void whatWasNotSeenInTimeIsForgotten() {
        justCreated.add(order("o", "1"));
        now.set(NOW.plusMillis(10_001));
        justCreated.add(order("p", "2", owner("d")));
        assertThat(justCreated.owners()).isOne();
    }

    private List<Order> all() {
        return justCreated.of(owner("c"), () -> List.copyOf(cache));
    }

    private static Order order(String name, String uid) {
        return order(name, uid, owner("c"));
    }

    private static Order order(String name, String uid, @Nullable HasMetadata owner) {
        var order = new Order();
        order.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace("team")
                .withUid(uid)
                .build());
        if (owner != null) {
            order.getMetadata().setOwnerReferences(List.of(OwnerReferences.controlledBy(owner)));
        }
        return order;
    }

    private static HasMetadata owner(String uid) {
        var owner = new CertificateRequest();
        owner.setMetadata(new ObjectMetaBuilder()
                .withName("request-" + uid)
                .withNamespace("team")
                .withUid(uid)
                .build());
        return owner;
    }
}
