package dev.acme53.sim;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// The record sets of one zone in the order of Route 53's listings. Not thread-safe: [HostedZones] guards every
/// use.
final class RecordSets {
    private final TreeMap<RecordSet.Key, RecordSet> sets = new TreeMap<>();

    RecordSets() {}

    private RecordSets(RecordSets other) {
        sets.putAll(other.sets);
    }

    RecordSets copy() {
        return new RecordSets(this);
    }

    void apply(RecordChange change) {
        switch (change.action()) {
            case CREATE, UPSERT -> put(change.recordSet());
            case DELETE -> sets.remove(change.recordSet().key());
        }
    }

    void put(RecordSet set) {
        sets.put(set.key(), set);
    }

    Optional<RecordSet> find(RecordSet.Key key) {
        return Optional.ofNullable(sets.get(key));
    }

    /// All record sets of a name, whatever their type.
    List<RecordSet> named(String normalName) {
        var name = Names.reversed(normalName);
        return List.copyOf(sets.subMap(new RecordSet.Key(name, "", ""), new RecordSet.Key(name, "\uffff", ""))
                .values());
    }

    /// Is there a record set at the name or anywhere below it (an empty non-terminal)?
    boolean hasNameAtOrBelow(String normalName) {
        var prefix = Names.reversed(normalName);
        var next = sets.ceilingKey(new RecordSet.Key(prefix, "", ""));
        return next != null && next.reversedName().startsWith(prefix);
    }

    /// From a key on, that key included.
    Collection<RecordSet> from(RecordSet.Key start) {
        return sets.tailMap(start, true).values();
    }

    List<RecordSet> all() {
        return List.copyOf(sets.values());
    }

    /// Route 53's quota counts record sets, not values.
    int size() {
        return sets.size();
    }
}
