package dev.acme53.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.operator.HeapAtRest.Usage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeapAtRestTest {
    private static final long MIB = 1 << 20;

    private final HeapAtRest rest = new HeapAtRest();
    private Duration cpu = Duration.ZERO;
    private long heap = 80 * MIB;
    private int collections;

    @Test
    void collectsWhenABurstIsOverAndNotInTheMiddleOfIt() {
        look(3_000);
        look(3_000);
        assertThat(collections).isZero();
        look(100);
        assertThat(collections).isZero();
        look(100);
        assertThat(collections).isOne();
    }

    @Test
    void aPauseOfOneLookIsNoRest() {
        look(3_000);
        look(100);
        look(3_000);
        look(100);
        assertThat(collections).isZero();
    }

    @Test
    void whatHasNotGrownSinceIsNotCollectedAgain() {
        look(0);
        look(0);
        look(0);
        heap = 54 * MIB;
        look(0);
        assertThat(collections).isOne();
    }

    @Test
    void whatHasGrownSinceIsCollectedAtTheNextRest() {
        look(0);
        look(0);
        heap = 60 * MIB;
        look(1_000);
        look(0);
        assertThat(collections).isOne();
        look(0);
        assertThat(collections).isEqualTo(2);
    }

    @Test
    void theTimeThatACollectionTakesIsNoWork() {
        look(0);
        look(0);
        heap = 60 * MIB;
        look(0);
        assertThat(collections).isEqualTo(2);
    }

    /// One look after so many milliseconds of CPU time. A collection takes half a second, and leaves 50 MiB.
    private void look(long milliseconds) {
        cpu = cpu.plusMillis(milliseconds);
        rest.look(() -> new Usage(cpu, heap), () -> {
            collections++;
            cpu = cpu.plusMillis(500);
            heap = 50 * MIB;
        });
    }
}
