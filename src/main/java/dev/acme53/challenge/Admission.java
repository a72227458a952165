package dev.acme53.challenge;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// How many Challenges are worked on at the same time (`--max-concurrent-challenges`). Next is one of the
/// namespace that has fewest at work, of these the oldest, whoever asks first. The last tenth of the places, where
/// there are ten or more, is not for a namespace that has all the others (ADR 21).
///
/// One that waits for its next try gives its place back until then, so that what one tenant did wrong keeps nobody
/// else waiting (ADR 7). For the try it queues again, behind all that never had a turn. Its status goes on saying
/// `processing`, as at the peer.
///
/// Several of one name go on at the same time, an apex and its wildcard for example: the peer has them take turns, but
/// their records do not touch each other (route53.md R40).
final class Admission {
    /// @param isRetry whether it had a place before
    /// @param since when it was made; for a retry, when it became due
    private record Turn(boolean isRetry, Instant since) {}

    private static final Comparator<Map.Entry<ResourceID, Turn>> ORDER =
            Comparator.<Map.Entry<ResourceID, Turn>, Boolean>comparing(e -> e.getValue().isRetry)
                    .thenComparing(e -> e.getValue().since)
                    .thenComparing(e -> e.getKey().toString());

    private final int most;
    private final int share;
    private final Set<ResourceID> admitted = new HashSet<>();
    private final Set<ResourceID> released = new HashSet<>();
    private final Set<ResourceID> parked = new HashSet<>();
    private final Map<ResourceID, Turn> waiting = new HashMap<>();
    private volatile Consumer<ResourceID> wake = _ -> {};

    Admission(int most) {
        this.most = most;
        this.share = most - most / 10;
    }

    void wakeBy(Consumer<ResourceID> wake) {
        this.wake = wake;
    }

    /// Whether `challenge` has a place now; if not, it is woken when it is its turn.
    ///
    /// @param since when it was made; for one that comes back, when its next try became due
    /// @param atWork those whose status says so, here or in another process before this one; those that gave their
    /// place back may still be among them
    synchronized boolean admit(ResourceID challenge, Instant since, Set<ResourceID> atWork) {
        released.retainAll(atWork);
        var taken = new HashSet<>(atWork);
        taken.removeAll(released);
        taken.removeAll(parked);
        taken.addAll(admitted);
        if (!taken.contains(challenge)) {
            waiting.put(challenge, new Turn(parked.contains(challenge), since));
            if (!nextBeside(taken).contains(challenge)) {
                return false;
            }
        }
        admitted.add(challenge);
        released.remove(challenge);
        parked.remove(challenge);
        waiting.remove(challenge);
        return true;
    }

    /// Gives the place of `challenge` back until it asks for one again.
    void park(ResourceID challenge) {
        parked(challenge).forEach(wake);
    }

    /// Gives the place of `challenge` back, or its turn, for good.
    void release(ResourceID challenge) {
        released(challenge).forEach(wake);
    }

    /// Takes `challenge` out of the queue: it needs no place any more, or keeps the one it has.
    void withdraw(ResourceID challenge) {
        withdrawn(challenge).forEach(wake);
    }

    private synchronized List<ResourceID> withdrawn(ResourceID challenge) {
        return waiting.remove(challenge) != null ? nextBeside(admitted) : List.of();
    }

    private synchronized List<ResourceID> parked(ResourceID challenge) {
        parked.add(challenge);
        return left(challenge);
    }

    private synchronized List<ResourceID> released(ResourceID challenge) {
        parked.remove(challenge);
        released.add(challenge);
        return left(challenge);
    }

    /// Whose turn it is after `challenge` went; nobody's when it had neither a place nor a turn.
    private List<ResourceID> left(ResourceID challenge) {
        var waited = waiting.remove(challenge) != null;
        var worked = admitted.remove(challenge);
        return waited || worked ? nextBeside(admitted) : List.of();
    }

    /// Who gets the places that `taken` leaves.
    private List<ResourceID> nextBeside(Set<ResourceID> taken) {
        var places = most - taken.size();
        var queues = queues(taken);
        var next = new ArrayList<ResourceID>();
        while (next.size() < places && !queues.isEmpty()) {
            var queue = queues.remove();
            next.add(queue.waiting.remove().getKey());
            queue.atWork++;
            if (!queue.waiting.isEmpty() && queue.atWork < share) {
                queues.add(queue);
            }
        }
        return next;
    }

    /// The namespaces that may have another place.
    private PriorityQueue<Queue> queues(Set<ResourceID> taken) {
        var all = new HashMap<String, Queue>();
        waiting.entrySet().stream()
                .sorted(ORDER)
                .forEach(e -> all.computeIfAbsent(namespace(e.getKey()), _ -> new Queue())
                        .waiting
                        .add(e));
        taken.forEach(id -> all.computeIfPresent(namespace(id), (_, queue) -> queue.oneMoreAtWork()));
        return all.values().stream()
                .filter(queue -> queue.atWork < share)
                .collect(Collectors.toCollection(() -> new PriorityQueue<>(Queue.TURNS)));
    }

    private static String namespace(ResourceID challenge) {
        return challenge.getNamespace().orElse("");
    }

    /// Those of one namespace.
    private static final class Queue {
        private static final Comparator<Queue> TURNS = Comparator.<Queue, Boolean>comparing(
                        queue -> queue.waiting.element().getValue().isRetry)
                .thenComparingInt(queue -> queue.atWork)
                .thenComparing(queue -> queue.waiting.element(), ORDER);

        private final Deque<Map.Entry<ResourceID, Turn>> waiting = new ArrayDeque<>();
        private int atWork;

        Queue oneMoreAtWork() {
            atWork++;
            return this;
        }
    }
}
