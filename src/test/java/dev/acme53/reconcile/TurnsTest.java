package dev.acme53.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnsTest {
    /// What threads have been given, done when a test says so.
    private final Queue<Runnable> given = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();

    private void add(Turns turns, String namespace, int count) {
        IntStream.range(0, count).forEach(_ -> turns.run(namespace, () -> done.add(namespace)));
    }

    private void doAll() {
        while (!given.isEmpty()) {
            given.remove().run();
        }
    }

    @Test
    void whoHasOneThingToDoWaitsForOneOfEachOfTheOthers() {
        var turns = new Turns(given::add, 1, 1);
        add(turns, "many", 2000);
        add(turns, "some", 3);
        add(turns, "one", 1);
        doAll();
        assertThat(done).startsWith("many", "many", "some", "one", "many", "some", "many", "some", "many");
        assertThat(done).hasSize(2004);
    }

    @Test
    void withinANamespaceTheFirstComesFirst() {
        var turns = new Turns(given::add, 1, 1);
        var order = new ArrayList<Integer>();
        IntStream.range(0, 5).forEach(i -> turns.run("a", () -> order.add(i)));
        doAll();
        assertThat(order).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void noNamespaceHasMoreThanItsShareUnderWayThoughOthersHaveNothingToDo() {
        var turns = new Turns(given::add, 8, 7);
        add(turns, "many", 20);
        assertThat(given).hasSize(7);
        add(turns, "one", 1);
        assertThat(given).hasSize(8);
        add(turns, "late", 1);
        assertThat(given).hasSize(8);
        given.remove().run();
        assertThat(given).hasSize(8);
        doAll();
        assertThat(done).hasSize(22);
    }

    @Test
    void whatFailsGivesItsPlaceToTheNext() {
        var turns = new Turns(given::add, 1, 1);
        turns.run("a", () -> {
            throw new IllegalStateException("broken");
        });
        add(turns, "a", 1);
        try {
            given.remove().run();
        } catch (IllegalStateException _) {
            // as thrown above
        }
        doAll();
        assertThat(done).containsExactly("a");
    }

    @Test
    void whatWaitsIsDroppedOnceNothingIsTakenAnyMore() {
        var ended = new boolean[1];
        var turns = new Turns(
                work -> {
                    if (ended[0]) {
                        throw new RejectedExecutionException();
                    }
                    given.add(work);
                },
                1,
                1);
        add(turns, "a", 3);
        ended[0] = true;
        doAll();
        assertThat(done).containsExactly("a");
    }
}
