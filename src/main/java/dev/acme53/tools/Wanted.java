package dev.acme53.tools;

import dev.acme53.names.DnsName;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// What one identity has to do, gathered solver by solver.
final class Wanted {
    private static final String TOO_LONG =
            "the names do not fit into one policy of " + PermissionPolicy.LONGEST + " characters, so ";

    private final SortedSet<String> zones = new TreeSet<>();
    private final SortedSet<DnsName> records = new TreeSet<>(Comparator.comparing(DnsName::text));
    private final SortedSet<String> patterns = new TreeSet<>();
    private final SortedSet<String> roles = new TreeSet<>();
    private final SortedSet<String> askers = new TreeSet<>();
    private final SortedSet<String> places = new TreeSet<>();
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

    /// @param issuer kind and name of one that asks
    /// @param place who may write that issuer: a namespace, or all that may write ClusterIssuers
    void asker(String issuer, String place) {
        askers.add(issuer);
        places.add(place);
    }

    /// Who asks, to follow a purpose; empty when it is not known.
    String askedBy() {
        return askedBy(List.of(this));
    }

    /// Who asks for one of several.
    static String askedBy(Collection<Wanted> all) {
        var askers = all.stream()
                .flatMap(wanted -> wanted.askers.stream())
                .sorted()
                .distinct()
                .toList();
        return askers.isEmpty() ? "" : ", asked by " + String.join(", ", askers);
    }

    /// Where those who ask are.
    SortedSet<String> places() {
        return places;
    }

    /// The tightest policy that is short enough, else the shortest.
    PermissionPolicy policy() {
        var all = policies();
        return all.stream().filter(PermissionPolicy::fits).findFirst().orElseGet(all::getLast);
    }

    /// What has to be known when not all fits as it is asked.
    Optional<String> note() {
        var all = policies();
        var policy = policy();
        if (policy.records().equals(all.getFirst().records()) && policy.fits()) {
            return Optional.empty();
        }
        var names = policy.records().texts();
        if (!policy.fits()) {
            return Optional.of("its zones and roles do not fit into one policy of " + PermissionPolicy.LONGEST
                    + " characters: divide it");
        }
        if (names.contains("*")) {
            return Optional.of(TOO_LONG + "any TXT record of its zones is allowed");
        }
        return Optional.of(TOO_LONG + "all below their domains are allowed"
                + (names.stream().anyMatch(name -> name.startsWith("*."))
                        ? ", and all beside the names that CNAMEs lead to"
                        : ""));
    }

    private List<PermissionPolicy> policies() {
        var exact = new PermissionPolicy(partition, zones, lookUp, RecordNames.exactly(records), roles);
        return RecordNames.widening(records, patterns).map(exact::with).toList();
    }
}
