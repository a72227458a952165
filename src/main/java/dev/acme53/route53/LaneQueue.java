package dev.acme53.route53;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// What is wanted in one zone and not yet sent: one queue for each identity, served in turn ([IdentityQueue]).
///
/// Guarded by its lane.
final class LaneQueue {
    /// 350 UPSERTs of 45 characters, counted twice, stay below 32,000 characters; 1,000 elements are not reached.
    static final int FULL = 700;

    private final Function<Caller, Duration> lead;

    /// In the order of their turns.
    private final Map<String, IdentityQueue> byIdentity = new LinkedHashMap<>();

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

    /// Parts to be sent as they are, in this order; what else of their identity is due goes between them.
    void addParts(List<Part> parts) {
        for (var part : parts.reversed()) {
            of(part.entries().getFirst()).addFirst(part);
        }
    }

    /// One that Route 53 has complained of: when nothing else of its identity is due.
    void addOdd(Part odd) {
        of(odd.entries().getFirst()).addOdd(odd);
    }

    private IdentityQueue of(Entry entry) {
        return byIdentity.computeIfAbsent(entry.caller().identity(), _ -> new IdentityQueue(lead));
    }

    /// How long until something is due; empty when nothing waits.
    Optional<Duration> untilDue(Instant now) {
        return byIdentity.values().stream().map(queue -> queue.untilDue(now)).min(Duration::compareTo);
    }

    /// Whose turn it is: of those with something due the first, and of its tenants the one who waited longest.
    Optional<Caller> turn(Instant now) {
        return byIdentity.values().stream()
                .filter(queue -> queue.untilDue(now).isZero())
                .findFirst()
                .map(queue -> queue.firstDue(now));
    }

    /// In whose names a call can be made that is waited for anyway: one for each tenant whose identity has a batch
    /// due, and who wants something present and has waited for company.
    /// @param isCalled whether anything of an identity needs a call
    List<Caller> callers(Instant now, Predicate<String> isCalled) {
        return byIdentity.entrySet().stream()
                .filter(queue -> isCalled.test(queue.getKey()))
                .flatMap(queue -> queue.getValue().callers(now))
                .toList();
    }

    /// The part that an identity's next call is made for, when it is to be sent as it is.
    Optional<Part> nextPart(String identity, Instant now) {
        return Optional.ofNullable(byIdentity.get(identity)).flatMap(queue -> queue.nextPart(now));
    }

    /// All that one identity's next call has room for, whether due or come since; then it is the last in turn.
    /// @param most what it may cost
    Optional<Part> take(String identity, int most, Instant now) {
        var waiting = byIdentity.remove(identity);
        if (waiting == null) {
            return Optional.empty();
        }
        var part = waiting.take(most, now);
        if (!waiting.isEmpty()) {
            byIdentity.put(identity, waiting);
        }
        return Optional.of(part);
    }

    /// Everything, to be told that it will not be sent.
    List<Part> takeAll() {
        var all = byIdentity.values().stream()
                .flatMap(queue -> queue.all().stream())
                .toList();
        byIdentity.clear();
        return all;
    }
}
