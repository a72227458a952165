package dev.acme53.sim;

import dev.acme53.sim.RecordChange.Action;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What Route 53 accepts in one change batch, and what it says otherwise. A batch is all or nothing, its
/// changes are read in order (deleting an A and creating a CNAME of its name works in this order only), and the
/// answer names every bad change.
///
/// Texts are AWS's own as far as reports of users show them; [#TOO_MANY_MULTIVALUE] and the per-type value
/// problems other than TXT's are guesses.
final class RecordRules {
    static final int MAX_ELEMENTS = 1_000;
    static final int MAX_CHARACTERS = 32_000;
    static final int MAX_VALUES = 400;
    static final int MAX_SETS = 10_000;
    static final int MAX_MULTIVALUE = 100;

    private static final String TOO_MANY_MULTIVALUE =
            "Cannot have more than 100 multivalue answer RRSets with the same name and type, DNS name %s, type %s.";

    private final Zone zone;
    private final RecordSets working;
    private final List<String> messages = new ArrayList<>();

    private RecordRules(Zone zone, RecordSets working) {
        this.zone = zone;
        this.working = working;
    }

    /// @param messages why nothing was applied; empty when `result` is the zone after the batch
    record Verdict(List<String> messages, RecordSets result) {}

    static Verdict judge(Zone zone, RecordSets current, List<RecordChange> batch) {
        var rules = new RecordRules(zone, current.copy());
        rules.limits(batch);
        if (rules.messages.isEmpty()) {
            rules.repetitions(batch);
        }
        if (rules.messages.isEmpty()) {
            batch.forEach(rules::consider);
        }
        if (rules.messages.isEmpty() && rules.working.size() > MAX_SETS) {
            rules.messages.add("Exceeded limit MAX_RRSETS_BY_ZONE for zone: " + zone.id());
        }
        return new Verdict(List.copyOf(rules.messages), rules.working);
    }

    /// An UPSERT's elements and characters count twice.
    private void limits(List<RecordChange> batch) {
        int elements = 0;
        int characters = 0;
        for (var change : batch) {
            int weight = change.action() == Action.UPSERT ? 2 : 1;
            elements += weight * change.recordSet().values().size();
            characters += weight
                    * change.recordSet().values().stream()
                            .mapToInt(String::length)
                            .sum();
        }
        if (elements > MAX_ELEMENTS) {
            messages.add("Number of records limit of %d exceeded.".formatted(MAX_ELEMENTS));
        }
        if (characters > MAX_CHARACTERS) {
            messages.add("RDATA character limit of %d exceeded.".formatted(MAX_CHARACTERS));
        }
    }

    /// One record set may occur twice in a batch only as a DELETE followed by a CREATE.
    private void repetitions(List<RecordChange> batch) {
        Map<RecordSet.Key, List<Action>> actions = new HashMap<>();
        for (var change : batch) {
            var earlier = actions.computeIfAbsent(change.recordSet().key(), _ -> new ArrayList<>());
            earlier.add(change.action());
            if (earlier.size() > 1 && !earlier.equals(List.of(Action.DELETE, Action.CREATE))) {
                messages.add("The request contains an invalid set of changes for a resource record set '%s %s'"
                        .formatted(change.recordSet().type(), change.recordSet().name()));
            }
        }
    }

    private void consider(RecordChange change) {
        var problem = problem(change);
        problem.ifPresentOrElse(messages::add, () -> working.apply(change));
    }

    private Optional<String> problem(RecordChange change) {
        var set = change.recordSet();
        if (!Names.within(set.name(), zone.name())) {
            return says("RRSet with DNS name %s is not permitted in zone %s", set.name(), zone.name());
        }
        var stored = working.find(set.key());
        return switch (change.action()) {
            case DELETE ->
                stored.isEmpty()
                        ? says("Tried to delete resource record set %s but it was not found", set.label())
                        : deletion(set, stored.get());
            case CREATE ->
                stored.isPresent()
                        ? says("Tried to create resource record set %s but it already exists", set.label())
                        : values(set).or(() -> neighbours(set));
            case UPSERT -> values(set).or(() -> neighbours(set));
        };
    }

    private Optional<String> deletion(RecordSet set, RecordSet stored) {
        if (!set.equalsStored(stored)) {
            return says(
                    "Tried to delete resource record set %s but the values provided do not match the current values",
                    set.label());
        }
        if (!set.name().equals(zone.name())) {
            return Optional.empty();
        }
        return switch (set.type()) {
            case "NS" -> says("A HostedZone must contain at least one NS record for the zone itself.");
            case "SOA" -> says("A HostedZone must contain exactly one SOA record.");
            default -> Optional.empty();
        };
    }

    private static Optional<String> values(RecordSet set) {
        if (set.values().size() > MAX_VALUES) {
            return says("Cannot have more than %d records in a RRSet.", MAX_VALUES);
        }
        var seen = new HashSet<String>();
        for (var value : set.values()) {
            if (!seen.add(value)) {
                return says("Duplicate Resource Record: '%s'", value);
            }
            var problem = RecordData.problem(set.type(), value);
            if (!problem.isEmpty()) {
                return Optional.of(problem);
            }
        }
        return Optional.empty();
    }

    /// The record sets that already have the name: CNAMEs stand alone, routing policies do not mix.
    private Optional<String> neighbours(RecordSet set) {
        if (set.type().equals("CNAME") && set.name().equals(zone.name())) {
            return says(
                    "RRSet of type CNAME with DNS name %s is not permitted at apex in zone %s",
                    set.name(), zone.name());
        }
        int multivalue = 0;
        for (var other : working.named(set.name())) {
            if (other.key().equals(set.key())) {
                continue;
            }
            if (!other.type().equals(set.type())) {
                if (set.type().equals("CNAME")) {
                    return says(
                            "RRSet of type CNAME with DNS name %s is not permitted as it conflicts with other records with the "
                                    + "same DNS name in zone %s",
                            set.name(), zone.name());
                }
                if (other.type().equals("CNAME")) {
                    return says(
                            "RRSet of type %s with DNS name %s is not permitted because a conflicting RRSet of type  CNAME with "
                                    + "the same DNS name already exists in zone %s",
                            set.type(), set.name(), zone.name());
                }
            } else if (set.routing() == RoutingPolicy.SIMPLE) {
                return says(
                        "RRSet with DNS name %s, type %s cannot be created as other RRSets exist with the same name and type.",
                        set.name(), set.type());
            } else if (other.routing() != set.routing()) {
                return says(
                        "RRSet with DNS name %s, type %s, SetIdentifier %s cannot be created because a non %s rrset exists with "
                                + "the same name and type.",
                        set.name(),
                        set.type(),
                        set.setIdentifier(),
                        set.routing().words());
            } else {
                multivalue++;
            }
        }
        return set.routing() == RoutingPolicy.MULTIVALUE && multivalue >= MAX_MULTIVALUE
                ? says(TOO_MANY_MULTIVALUE, set.name(), set.type())
                : Optional.empty();
    }

    private static Optional<String> says(String text, Object... words) {
        return Optional.of(text.formatted(words));
    }
}
