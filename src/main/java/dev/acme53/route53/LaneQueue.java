package dev.acme53.route53;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/// What is wanted in one zone and not yet sent: one queue for each identity, served in turn.
///
/// A queue is due when 250 ms have passed without a new entry, one second after its first at the latest; with nothing
/// but deletions in it, for which nobody waits, after one second of quiet and four at the latest, and from five of them
/// on after five seconds of quiet and fifteen at the latest; at once when it fills a batch. Where the budget is short
/// ([WritePace]) and the zone was written to just before, UPSERTs wait for up to ten seconds, those of tenants who have
/// not made it short for one and a half, and few deletions as many do. What is wanted later of the same record replaces
/// what was wanted before.
///
/// Guarded by its lane.
final class LaneQueue {
    /// 350 UPSERTs of 45 characters, counted twice, stay below 32,000 characters; 1,000 elements are not reached.
    static final int FULL = 700;

    private static final Duration QUIET = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final Duration QUIET_DELETIONS = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELETIONS = Duration.ofSeconds(4);

    /// So many deletions are of much work at once, of which more ends soon; fewer, most likely, of somebody who looks
    /// on.
    private static final int MANY = 5;

    private static final Duration QUIET_MANY = Duration.ofSeconds(5);
    private static final Duration LONGEST_MANY = Duration.ofSeconds(15);

    private final Function<Caller, Duration> lead;

    /// In the order of their turns.
    private final Map<String, Waiting> byIdentity = new LinkedHashMap<>();

    /// @param lead how long somebody's writes are to wait for company, zero unless the budget is short
    LaneQueue(Function<Caller, Duration> lead) {
        this.lead = lead;
    }

    boolean isEmpty() {
        return byIdentity.isEmpty();
    }

    void add(Entry entry, Instant now) {
        of(entry).add(entry, now);
    }

    /// What was sent and is to be sent again: in front, with what was wanted since.
    void putBack(Part part) {
        of(part.entries().getFirst()).putBack(part);
    }

    /// Parts to be sent as they are, in this order, before anything else of their identity.
    void addParts(List<Part> parts) {
        for (var part : parts.reversed()) {
            of(part.entries().getFirst()).parts.addFirst(part);
        }
    }

    private Waiting of(Entry entry) {
        return byIdentity.computeIfAbsent(entry.caller().identity(), _ -> new Waiting());
    }

    /// How long until something is due; empty when nothing waits.
    Optional<Duration> untilDue(Instant now) {
        return byIdentity.values().stream().map(w -> untilDue(w, now)).min(Duration::compareTo);
    }

    private Duration untilDue(Waiting waiting, Instant now) {
        return waiting.isUrgent() ? Duration.ZERO : waiting.untilDue(now, lead);
    }

    /// Whose turn it is: of those with something due the first, and of its tenants the one who waited longest.
    Optional<Caller> turn(Instant now) {
        return byIdentity.values().stream()
                .filter(w -> untilDue(w, now).isZero())
                .findFirst()
                .map(w -> w.firstDue(now, lead));
    }

    /// The part that an identity's next call is made for, when it is to be sent as it is.
    Optional<Part> asItIs(String identity) {
        return Optional.ofNullable(byIdentity.get(identity)).map(w -> w.parts.peekFirst());
    }

    /// All that one identity's next call has room for, whether due or come since; then it is the last in turn.
    /// @param most what it may cost
    Optional<Part> take(String identity, int most) {
        var waiting = byIdentity.remove(identity);
        if (waiting == null) {
            return Optional.empty();
        }
        var part = waiting.take(most);
        if (!waiting.isEmpty()) {
            byIdentity.put(identity, waiting);
        }
        return Optional.of(part);
    }

    /// Everything, to be told that it will not be sent.
    List<Part> takeAll() {
        var all = byIdentity.values().stream().flatMap(w -> w.all().stream()).toList();
        byIdentity.clear();
        return all;
    }

    /// One identity's.
    private static final class Waiting {
        private record First(Caller caller, Instant since) {}

        private final Deque<Part> parts = new ArrayDeque<>();
        private final SequencedMap<ChallengeRecord, Entry> entries = new LinkedHashMap<>();
        private Instant first = Instant.MAX;
        private Instant last = Instant.MIN;

        /// Of each tenant that wants something present.
        private final SequencedMap<String, First> firsts = new LinkedHashMap<>();

        private int cost;

        boolean isEmpty() {
            return parts.isEmpty() && entries.isEmpty();
        }

        Caller caller() {
            return parts.isEmpty()
                    ? entries.lastEntry().getValue().caller()
                    : parts.getFirst().caller();
        }

        void add(Entry entry, Instant now) {
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
            if (entry.isWantedPresent()) {
                firsts.putIfAbsent(entry.caller().tenant(), new First(entry.caller(), now));
            }
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
            first = Instant.MIN;
        }

        boolean isUrgent() {
            return !parts.isEmpty() || cost >= FULL || first.equals(Instant.MIN);
        }

        Duration untilDue(Instant now, Function<Caller, Duration> lead) {
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
        Caller firstDue(Instant now, Function<Caller, Duration> lead) {
            return parts.isEmpty()
                    ? firsts.values().stream()
                            .min(Comparator.comparing(first -> untilDue(first, now, lead.apply(first.caller))))
                            .map(First::caller)
                            .orElseGet(this::caller)
                    : caller();
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

        Part take(int most) {
            return parts.isEmpty() ? Part.of(batch(most)) : parts.removeFirst();
        }

        /// The oldest entries, all of a name together as long as they fit.
        private List<Entry> batch(int most) {
            var byName = new LinkedHashMap<Object, List<Entry>>();
            entries.values()
                    .forEach(e -> byName.computeIfAbsent(e.record().name(), _ -> new ArrayList<>())
                            .add(e));
            var batch = new ArrayList<Entry>();
            var spent = 0;
            for (var together : byName.values()) {
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
            first = entries.isEmpty() ? Instant.MAX : Instant.MIN;
            firsts.clear();
            return batch;
        }

        List<Part> all() {
            var all = new ArrayList<>(parts);
            if (!entries.isEmpty()) {
                all.add(Part.of(List.copyOf(entries.values())));
            }
            return all;
        }
    }
}
