package dev.acme53.route53;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// What one identity wants in one zone and has not been sent.
///
/// It is due when 250 ms have passed without a new entry, one second after its first at the latest; with nothing but
/// deletions in it, for which nobody waits, after one second of quiet and four at the latest, and from five of them on
/// after five seconds of quiet and fifteen at the latest; at once when it fills a batch. Where the budget is short
/// ([WritePace]) and the zone was written to just before, UPSERTs wait for up to ten seconds, those of tenants who have
/// not made it short for one and a half, and few deletions as many do. What is wanted later of the same record replaces
/// what was wanted before.
///
/// Guarded by its lane.
final class IdentityQueue {
    private static final Duration QUIET = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final Duration QUIET_DELETIONS = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELETIONS = Duration.ofSeconds(4);

    /// So many deletions are of much work at once, of which more ends soon; fewer, most likely, of somebody who looks
    /// on.
    private static final int MANY = 5;

    private static final Duration QUIET_MANY = Duration.ofSeconds(5);
    private static final Duration LONGEST_MANY = Duration.ofSeconds(15);

    private record First(Caller caller, Instant since) {}

    private final Function<Caller, Duration> lead;
    private final Deque<Part> parts = new ArrayDeque<>();

    /// Each takes several calls, so that others go first and between them.
    private final SequencedMap<ChallengeRecord, Part> odd = new LinkedHashMap<>();

    private final SequencedMap<ChallengeRecord, Entry> entries = new LinkedHashMap<>();
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;

    /// Of each tenant that wants something present.
    private final SequencedMap<String, First> firsts = new LinkedHashMap<>();

    private int cost;

    /// Whether the last call was for one of the parts: the next is for what is due besides.
    private boolean partWasLast;

    /// @param lead how long somebody's writes are to wait for company, zero unless the budget is short
    IdentityQueue(Function<Caller, Duration> lead) {
        this.lead = lead;
    }

    boolean isEmpty() {
        return parts.isEmpty() && entries.isEmpty() && odd.isEmpty();
    }

    private Caller caller() {
        return !parts.isEmpty()
                ? parts.getFirst().caller()
                : odd.isEmpty()
                        ? entries.lastEntry().getValue().caller()
                        : odd.firstEntry().getValue().caller();
    }

    void add(Entry entry, Instant now) {
        var before = odd.remove(entry.record());
        if (before == null) {
            join(entry, now);
        } else {
            var earlier = before.entries().getFirst();
            earlier.supersededBy(entry);
            join(earlier, now);
        }
    }

    private void join(Entry entry, Instant now) {
        var earlier = entries.get(entry.record());
        if (earlier == null) {
            entries.put(entry.record(), entry);
            cost += entry.cost();
        } else {
            cost -= earlier.cost();
            earlier.supersededBy(entry);
            cost += earlier.cost();
        }
        first = first.isBefore(now) ? first : now;
        last = now;
        comes(entry, now);
    }

    private void comes(Entry entry, Instant since) {
        if (entry.isWantedPresent()) {
            firsts.putIfAbsent(entry.caller().tenant(), new First(entry.caller(), since));
        }
    }

    /// Those who have waited for a call that was not for them.
    private void remain() {
        first = Instant.MIN;
        firsts.clear();
        entries.values().forEach(entry -> comes(entry, Instant.MIN));
    }

    void putBack(Part part) {
        var since = new LinkedHashMap<>(entries);
        entries.clear();
        part.entries().forEach(e -> entries.put(e.record(), e));
        since.forEach((record, entry) -> {
            var earlier = entries.get(record);
            if (earlier == null) {
                entries.put(record, entry);
            } else {
                earlier.supersededBy(entry);
            }
        });
        cost = entries.values().stream().mapToInt(Entry::cost).sum();
        remain();
    }

    /// To be sent as it is, before the other parts.
    void addFirst(Part part) {
        parts.addFirst(part);
    }

    void addOdd(Part part) {
        var record = part.records().getFirst();
        var later = entries.get(record);
        if (later == null) {
            odd.put(record, part);
        } else {
            part.entries().getFirst().supersededBy(later);
            entries.put(record, part.entries().getFirst());
        }
    }

    /// The part that is the next to be sent, if one is.
    Optional<Part> nextPart(Instant now) {
        return parts.isEmpty() || (partWasLast && isBatchDue(now) && isOfOthers())
                ? Optional.empty()
                : Optional.of(parts.getFirst());
    }

    /// Whether none of the records that wait is in a part: what was wanted before goes before.
    private boolean isOfOthers() {
        return parts.stream().flatMap(part -> part.records().stream()).noneMatch(entries::containsKey);
    }

    private boolean isUrgent() {
        return cost >= LaneQueue.FULL || first.equals(Instant.MIN);
    }

    /// Zero when something is due.
    Duration untilDue(Instant now) {
        return parts.isEmpty() && odd.isEmpty() ? untilBatch(now) : Duration.ZERO;
    }

    private boolean isBatchDue(Instant now) {
        return !entries.isEmpty() && untilBatch(now).isZero();
    }

    private Duration untilBatch(Instant now) {
        if (isUrgent()) {
            return Duration.ZERO;
        }
        if (entries.values().stream().anyMatch(Entry::isWantedPresent)) {
            return firsts.values().stream()
                    .map(first -> untilDue(first, now, lead.apply(first.caller)))
                    .min(Duration::compareTo)
                    .orElse(Duration.ZERO);
        }
        return entries.size() < MANY && lead.apply(caller()).isZero()
                ? until(QUIET_DELETIONS, first.plus(LONGEST_DELETIONS), now)
                : until(QUIET_MANY, first.plus(LONGEST_MANY), now);
    }

    /// For whom it is due first.
    Caller firstDue(Instant now) {
        return nextPart(now).isEmpty() && isBatchDue(now)
                ? firsts.values().stream()
                        .min(Comparator.comparing(first -> untilDue(first, now, lead.apply(first.caller))))
                        .map(First::caller)
                        .orElseGet(this::caller)
                : caller();
    }

    Stream<Caller> callers(Instant now) {
        return isBatchDue(now)
                ? firsts.values().stream()
                        .filter(first -> !now.isBefore(first.since.plus(QUIET)))
                        .map(First::caller)
                : Stream.empty();
    }

    private Duration untilDue(First first, Instant now, Duration lead) {
        return until(longer(QUIET, lead), first.since.plus(longer(LONGEST, lead)), now);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private Duration until(Duration quiet, Instant latest, Instant now) {
        var silent = last.plus(quiet);
        var due = silent.isBefore(latest) ? silent : latest;
        return now.isBefore(due) ? Duration.between(now, due) : Duration.ZERO;
    }

    Part take(int most, Instant now) {
        partWasLast = nextPart(now).isPresent();
        if (partWasLast) {
            return parts.removeFirst();
        }
        return !odd.isEmpty() && !isBatchDue(now) ? odd.pollFirstEntry().getValue() : Part.of(batch(most));
    }

    /// The oldest entries, of each tenant in turn when there is not room for all. Those of a name go together, unless
    /// they do not fit.
    private List<Entry> batch(int most) {
        var byName = new LinkedHashMap<Object, List<Entry>>();
        entries.values()
                .forEach(e -> byName.computeIfAbsent(e.record().name(), _ -> new ArrayList<>())
                        .add(e));
        var batch = new ArrayList<Entry>();
        var spent = 0;
        for (var together : cost > most ? inTurn(byName.values()) : byName.values()) {
            var costs = together.stream().mapToInt(Entry::cost).sum();
            if (!batch.isEmpty() && spent + costs > most) {
                continue;
            }
            for (var entry : together) {
                if (batch.isEmpty() || spent + entry.cost() <= most) {
                    batch.add(entry);
                    spent += entry.cost();
                }
            }
        }
        batch.forEach(e -> entries.remove(e.record()));
        cost -= spent;
        remain();
        first = entries.isEmpty() ? Instant.MAX : first;
        return batch;
    }

    private static Collection<List<Entry>> inTurn(Collection<List<Entry>> all) {
        var met = new HashMap<String, Integer>();
        var byTurn = new TreeMap<Integer, List<List<Entry>>>();
        for (var together : all) {
            var turn = met.merge(together.getFirst().caller().tenant(), 1, Integer::sum);
            byTurn.computeIfAbsent(turn, _ -> new ArrayList<>()).add(together);
        }
        return byTurn.values().stream().flatMap(List::stream).toList();
    }

    List<Part> all() {
        var all = new ArrayList<>(parts);
        all.addAll(odd.values());
        if (!entries.isEmpty()) {
            all.add(Part.of(List.copyOf(entries.values())));
        }
        return all;
    }
}
