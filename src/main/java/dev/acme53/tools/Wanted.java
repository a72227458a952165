package dev.acme53.tools;

import dev.acme53.names.DnsName;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;

/// What one identity has to do, gathered solver by solver.
final class Wanted {
    private final SortedSet<String> zones = new TreeSet<>();
    private final SortedSet<DnsName> records = new TreeSet<>(Comparator.comparing(DnsName::text));
    private final SortedSet<String> patterns = new TreeSet<>();
    private final SortedSet<String> roles = new TreeSet<>();
    private final String partition;
    private boolean lookUp;

    Wanted(String partition) {
        this.partition = partition;
    }

    /// A zone by its id; without one it has to be looked up.
    void zone(String id) {
        if (id.isEmpty()) {
            lookUp = true;
        } else {
            zones.add(id);
        }
    }

    void record(DnsName name) {
        records.add(name);
    }

    /// Records of which nothing is known but their form.
    void records(RecordNames names) {
        patterns.addAll(names.texts());
    }

    void role(RoleArn role) {
        roles.add(role.text());
    }

    /// Whether the records' names did not fit into a policy.
    boolean isWidened() {
        return patterns.isEmpty() && records.size() > 0 && policy().records().patterns();
    }

    PermissionPolicy policy() {
        if (patterns.isEmpty()) {
            var fitting = PermissionPolicy.fitting(partition, zones, lookUp, records);
            return new PermissionPolicy(partition, zones, lookUp, fitting.records(), roles);
        }
        var all = new TreeSet<>(patterns);
        all.addAll(RecordNames.exactly(records).texts());
        return new PermissionPolicy(partition, zones, lookUp, new RecordNames(all, true), roles);
    }
}
