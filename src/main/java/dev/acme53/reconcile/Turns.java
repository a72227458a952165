package dev.acme53.reconcile;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/// Work for many namespaces, of which only so much is done at the same time. Each namespace has its turn after the
/// other, and none may have more than its share under way: who has one thing to do waits for one of each of the others,
/// however many they have (ADR 21). Within a namespace the first comes first.
///
/// Safe for any number of threads. Once the executor takes nothing more, what waits is dropped.
final class Turns {
    private final Executor threads;
    private final int most;
    private final int share;

    /// In the order of their turns; none is empty.
    private final Map<String, Queue<Runnable>> waiting = new LinkedHashMap<>();

    private final Map<String, Integer> underWay = new HashMap<>();
    private int allUnderWay;

    /// @param threads does not block whoever hands it work, and does not do it on the same thread
    /// @param most how much is done at the same time
    /// @param share how much of that for one namespace
    Turns(Executor threads, int most, int share) {
        this.threads = threads;
        this.most = most;
        this.share = share;
    }

    /// Does `work` when it is its turn. Cluster-scoped objects are those of the namespace "".
    synchronized void run(String namespace, Runnable work) {
        waiting.computeIfAbsent(namespace, _ -> new ArrayDeque<>()).add(work);
        startNext();
    }

    /// One at most, since there is room for one more than before, or one more that waits.
    private void startNext() {
        if (allUnderWay < most) {
            waiting.keySet().stream()
                    .filter(namespace -> underWay.getOrDefault(namespace, 0) < share)
                    .findFirst()
                    .ifPresent(this::startNextOf);
        }
    }

    private void startNextOf(String namespace) {
        var queue = Objects.requireNonNull(waiting.remove(namespace));
        var next = queue.remove();
        if (!queue.isEmpty()) {
            waiting.put(namespace, queue);
        }
        start(namespace, next);
    }

    private void start(String namespace, Runnable work) {
        allUnderWay++;
        underWay.merge(namespace, 1, Integer::sum);
        try {
            threads.execute(() -> {
                try {
                    work.run();
                } finally {
                    ended(namespace);
                }
            });
        } catch (RejectedExecutionException _) {
            waiting.clear();
        }
    }

    private synchronized void ended(String namespace) {
        allUnderWay--;
        underWay.computeIfPresent(namespace, (_, count) -> count > 1 ? count - 1 : null);
        startNext();
    }
}
