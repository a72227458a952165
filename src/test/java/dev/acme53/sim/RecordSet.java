package dev.acme53.sim;

import java.util.List;

/// One resource record set.
///
/// @param name in Route 53's form, absolute with a trailing dot
/// @param ttl seconds
/// @param setIdentifier empty for a simple record set
/// @param routingDetail the weight, the region or the failover role; empty for the policies that have none
/// @param values as Route 53 writes them: a TXT value in double quotes
public record RecordSet(
        String name,
        String type,
        long ttl,
        String setIdentifier,
        RoutingPolicy routing,
        String routingDetail,
        List<String> values) {

    public RecordSet {
        name = Names.normal(name);
        values = List.copyOf(values);
    }

    public static RecordSet simple(String name, String type, long ttl, String... values) {
        return new RecordSet(name, type, ttl, "", RoutingPolicy.SIMPLE, "", List.of(values));
    }

    /// The shape of one ACME challenge's record (route53.md R37).
    ///
    /// @param value without quotes
    public static RecordSet challenge(String name, String value) {
        var quoted = '"' + value + '"';
        return new RecordSet(name, "TXT", 10, quoted, RoutingPolicy.MULTIVALUE, "", List.of(quoted));
    }

    Key key() {
        return new Key(Names.reversed(name), type, setIdentifier);
    }

    /// Does a DELETE of `this` match the stored set? Values count in any order, everything else exactly.
    boolean equalsStored(RecordSet stored) {
        return key().equals(stored.key())
                && ttl == stored.ttl
                && routing == stored.routing
                && routingDetail.equals(stored.routingDetail)
                && values.stream()
                        .sorted()
                        .toList()
                        .equals(stored.values.stream().sorted().toList());
    }

    /// `[name='a.', type='TXT', set-identifier='"b"']`, as AWS names a record set in its messages.
    String label() {
        var identifier = setIdentifier.isEmpty() ? "" : ", set-identifier='%s'".formatted(setIdentifier);
        return "[name='%s', type='%s'%s]".formatted(name, type, identifier);
    }

    /// What makes a record set unique in its zone, in the order of Route 53's listings.
    record Key(String reversedName, String type, String setIdentifier) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byName = reversedName.compareTo(other.reversedName);
            int byType = byName != 0 ? byName : type.compareTo(other.type);
            return byType != 0 ? byType : setIdentifier.compareTo(other.setIdentifier);
        }
    }
}
