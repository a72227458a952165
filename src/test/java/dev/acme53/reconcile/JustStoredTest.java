package dev.acme53.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Bytes;
import dev.acme53.api.Order;
import dev.acme53.api.OrderStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JustStoredTest {
    private final JustStored justStored = new JustStored();

    @Test
    void whatTheCacheHasOfIsThereOnce() {
        var stored = order("u", "7");
        justStored.add(stored);
        assertThat(justStored.take(order("u", "7"))).containsSame(stored);
        assertThat(justStored.take(order("u", "7"))).isEmpty();
    }

    @Test
    void anotherVersionIsNotIt() {
        justStored.add(order("u", "7"));
        assertThat(justStored.take(order("u", "8"))).isEmpty();
        assertThat(justStored.take(order("u", "7")))
                .as("it is of no use any more")
                .isEmpty();
    }

    @Test
    void anotherObjectIsNotIt() {
        justStored.add(order("u", "7"));
        assertThat(justStored.take(order("v", "7"))).isEmpty();
        assertThat(justStored.take(order("u", "7"))).isPresent();
    }

    @Test
    void thoseThatNobodyTakesAreDropped() {
        IntStream.rangeClosed(0, JustStored.MOST).forEach(n -> justStored.add(order("u" + n, "7")));
        assertThat(justStored.take(order("u0", "7"))).isEmpty();
        assertThat(justStored.take(order("u1", "7"))).isPresent();
    }

    @Test
    void whatIsForgottenIsNotThere() {
        justStored.add(order("u", "7"));
        justStored.forget("u");
        assertThat(justStored.take(order("u", "7"))).isEmpty();
    }

    @Test
    void whatHasNoCertificateIsNotKept() {
        justStored.add(order("u", "7", 0));
        assertThat(justStored.take(order("u", "7"))).isEmpty();
    }

    @Test
    void whatHasAVeryLongOneIsReadInPlaceOfTheOneBefore() {
        justStored.add(order("u", "7", JustStored.LONGEST));
        assertThat(justStored.take(order("u", "7"))).isPresent();
        justStored.add(order("u", "7"));
        justStored.add(order("u", "8", JustStored.LONGEST + 1));
        assertThat(justStored.take(order("u", "7"))).isEmpty();
    }

    private static Order order(String uid, String version) {
        return order(uid, version, 1);
    }

    private static Order order(String uid, String version, int length) {
        var order = new Order();
        order.setMetadata(new ObjectMetaBuilder()
                .withName("o")
                .withUid(uid)
                .withResourceVersion(version)
                .build());
        order.setStatus(OrderStatus.empty().withCertificate(Bytes.of(new byte[length])));
        return order;
    }
}
