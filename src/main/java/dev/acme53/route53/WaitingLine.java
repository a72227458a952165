package dev.acme53.route53;

import dev.acme53.route53.RequestBudget.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/// Who waits for a request of an account, and whose turn it is.
///
/// Writes go before polls, polls before look-ups, and within each the shares in turn, so that one with a thousand
/// requests does not keep out one with a single. Nor do writes without end keep out the others: a poll that has waited
/// for three seconds is overdue, as is a look-up that has for one. One request in four is for those, and of them for
/// the share that had such a one the longest time ago.
///
/// Guarded by its budget.
final class WaitingLine {
    private static final Duration PATIENCE_OF_POLLS = Duration.ofSeconds(3);
    private static final Duration PATIENCE_OF_LOOKUPS = Duration.ofSeconds(1);

    /// Between two requests for those who are overdue there are so many for others.
    private static final int BETWEEN = 3;

    /// Those who take their turns among themselves.
    record Queue(Use use, String share) {}

    /// A place in the line.
    /// @param overdue from when on
    record Ticket(Queue queue, double turn, long number, Instant overdue) {
        private static final Comparator<Ticket> ORDER = Comparator.<Ticket, Use>comparing(t -> t.queue.use)
                .thenComparingDouble(Ticket::turn)
                .thenComparingLong(Ticket::number);

        boolean isOverdue(Instant now) {
            return !now.isBefore(overdue);
        }
    }

    private final NavigableSet<Ticket> waiting = new TreeSet<>(Ticket.ORDER);
    private final Map<Queue, Double> lastTurns = new HashMap<>();
    private final Map<Use, Double> turns = new EnumMap<>(Use.class);
    private long tickets;
    private int ordinary;

    /// When shares, and queues of theirs, had a request for being overdue, as a number that grows.
    private final Map<Object, Long> exceptions = new HashMap<>();

    private long lastException;

    int size() {
        return waiting.size();
    }

    Ticket join(Use use, String share, Instant now) {
        if (waiting.isEmpty()) {
            lastTurns.clear();
            exceptions.clear();
        }
        var queue = new Queue(use, share);
        var mine = nextTurn(queue);
        lastTurns.put(queue, mine);
        var overdue = switch (use) {
            case WRITE -> Instant.MAX;
            case POLL -> now.plus(PATIENCE_OF_POLLS);
            case LOOKUP -> now.plus(PATIENCE_OF_LOOKUPS);
        };
        var ticket = new Ticket(queue, mine, tickets++, overdue);
        waiting.add(ticket);
        return ticket;
    }

    private double nextTurn(Queue queue) {
        return Math.max(turns.getOrDefault(queue.use, 0.0), lastTurns.getOrDefault(queue, 0.0)) + 1;
    }

    /// Whether one of `share` that comes now would have its turn before that of `ticket`, though it is for the same
    /// use.
    boolean isBefore(Ticket ticket, String share) {
        return nextTurn(new Queue(ticket.queue.use, share)) < ticket.turn;
    }

    /// After its request, or without one: then the next of its share has its turn.
    void leave(Ticket ticket) {
        if (waiting.remove(ticket)) {
            lastTurns.computeIfPresent(ticket.queue, (_, last) -> last == ticket.turn ? last - 1 : last);
        }
    }

    /// A request is `ticket`'s.
    void served(Ticket ticket, Instant now) {
        var isException = ordinary == BETWEEN && ticket.isOverdue(now);
        ordinary = waiting.first().equals(ticket) && !isException ? Math.min(ordinary + 1, BETWEEN) : 0;
        if (ticket.isOverdue(now)) {
            lastException++;
            exceptions.put(ticket.queue, lastException);
            exceptions.put(ticket.queue.share, lastException);
        }
        turns.merge(ticket.queue.use, ticket.turn, Math::max);
        waiting.remove(ticket);
    }

    /// How many requests are others' before it is `ticket`'s turn, at the least; zero when it is.
    int before(Ticket ticket, Instant now) {
        var exception = ordinary < BETWEEN ? Optional.<Ticket>empty() : firstOverdue(now);
        if (exception.filter(ticket::equals).isPresent()) {
            return 0;
        }
        var isBehind =
                exception.filter(e -> Ticket.ORDER.compare(e, ticket) > 0).isPresent();
        var inOrder = waiting.headSet(ticket).size() + (isBehind ? 1 : 0);
        return ticket.isOverdue(now) ? Math.min(inOrder, whileOverdue(ticket, now)) : inOrder;
    }

    private int whileOverdue(Ticket ticket, Instant now) {
        var earlier = (int) waiting.headSet(ticket).stream()
                .filter(t -> t.queue.equals(ticket.queue) && t.isOverdue(now))
                .count();
        return Math.max(1, BETWEEN - ordinary + earlier * (BETWEEN + 1));
    }

    private Optional<Ticket> firstOverdue(Instant now) {
        return waiting.stream()
                .filter(ticket -> ticket.isOverdue(now))
                .min(Comparator.<Ticket, Long>comparing(ticket -> exceptions.getOrDefault(ticket.queue.share, 0L))
                        .thenComparing(ticket -> exceptions.getOrDefault(ticket.queue, 0L))
                        .thenComparing(Ticket.ORDER));
    }
}
