package dev.acme53.sim;

import dev.acme53.sim.RecordChange.Action;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/// The body of `ChangeResourceRecordSets`: what AWS's schema refuses before any record rule is asked.
record BatchXml(String comment, List<RecordChange> changes) {
    private static final Set<String> SIMULATED = Set.of(
            "Name",
            "Type",
            "TTL",
            "SetIdentifier",
            "Weight",
            "Region",
            "Failover",
            "MultiValueAnswer",
            "ResourceRecords");

    private static final Set<String> TYPES = Set.of(
            "SOA", "A", "TXT", "NS", "CNAME", "MX", "NAPTR", "PTR", "SRV", "SPF", "AAAA", "CAA", "DS", "TLSA", "SSHFP",
            "SVCB", "HTTPS");

    /// @throws Refusal `MalformedInput`, `InvalidInput`, `InvalidChangeBatch` (a name that is none)
    static BatchXml parse(byte[] body) {
        var root = Xml.parse(body);
        if (!root.getLocalName().equals("ChangeResourceRecordSetsRequest")) {
            throw new Refusal(
                    400, "MalformedInput", "ChangeBatch is not valid, expected ChangeResourceRecordSetsRequest");
        }
        var batch = Xml.child(root, "ChangeBatch").orElseThrow(() -> Refusal.invalidInput("Invalid request"));
        var elements =
                Xml.child(batch, "Changes").map(c -> Xml.children(c, "Change")).orElse(List.of());
        if (elements.isEmpty()) {
            throw new Refusal(
                    400,
                    "InvalidInput",
                    "Invalid XML ; cvc-complex-type.2.4.b: The content of element 'Changes' is not complete.");
        }
        var changes = new ArrayList<RecordChange>();
        elements.forEach(e -> changes.add(change(e)));
        return new BatchXml(Xml.childText(batch, "Comment").orElse(""), List.copyOf(changes));
    }

    private static RecordChange change(Element element) {
        var name = Xml.childText(element, "Action").orElse("");
        var action = Arrays.stream(Action.values())
                .filter(a -> a.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.invalidInput("Invalid XML ; cvc-enumeration-valid: Value '" + name
                        + "' is not facet-valid with respect to enumeration '[CREATE, DELETE, UPSERT]'. It must be a value from "
                        + "the enumeration."));
        var set = Xml.child(element, "ResourceRecordSet").orElseThrow(() -> Refusal.invalidInput("Invalid request"));
        return new RecordChange(action, recordSet(action, set));
    }

    private static RecordSet recordSet(Action action, Element set) {
        for (var name : Xml.childNames(set)) {
            if (!SIMULATED.contains(name)) {
                throw Refusal.invalidInput("Invalid request: this simulator does not know " + name);
            }
        }
        var name = Xml.childText(set, "Name").orElseThrow(() -> Refusal.invalidInput("Invalid request"));
        var type = Xml.childText(set, "Type")
                .filter(TYPES::contains)
                .orElseThrow(() -> Refusal.invalidInput("Invalid request"));
        var identifier = Xml.childText(set, "SetIdentifier").orElse("");
        var where = " in Change with [Action=%s, Name=%s, Type=%s, SetIdentifier=%s]"
                .formatted(action, name, type, identifier.isEmpty() ? "null" : identifier);
        var values = Xml.child(set, "ResourceRecords")
                .map(r -> Xml.children(r, "ResourceRecord").stream()
                        .map(e -> Xml.childText(e, "Value").orElse(""))
                        .toList())
                .orElse(List.of());
        var ttl = Xml.childText(set, "TTL");
        if (ttl.isEmpty() || values.isEmpty()) {
            throw Refusal.invalidInput(
                    "Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or "
                            + "TrafficPolicyInstanceId], but found none" + where);
        }
        var routing = routing(set, identifier, where);
        try {
            return new RecordSet(name, type, seconds(ttl.get()), identifier, routing.policy, routing.detail, values);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalidChangeBatch(List.of(String.valueOf(e.getMessage())));
        }
    }

    private record Routing(RoutingPolicy policy, String detail) {}

    private static Routing routing(Element set, String identifier, String where) {
        var found = new ArrayList<Routing>();
        Xml.childText(set, "Weight").ifPresent(w -> found.add(new Routing(RoutingPolicy.WEIGHTED, w)));
        Xml.childText(set, "Region").ifPresent(r -> found.add(new Routing(RoutingPolicy.LATENCY, r)));
        Xml.childText(set, "Failover").ifPresent(f -> found.add(new Routing(RoutingPolicy.FAILOVER, f)));
        Xml.childText(set, "MultiValueAnswer")
                .filter(Boolean::parseBoolean)
                .ifPresent(_ -> found.add(new Routing(RoutingPolicy.MULTIVALUE, "")));
        if (found.size() > 1 || found.isEmpty() && !identifier.isEmpty()) {
            throw Refusal.invalidInput(
                    "Invalid request: Expected exactly one of [Weight, Region, Failover, GeoLocation, MultiValueAnswer, "
                            + "CidrRoutingConfig, or GeoProximityLocation], but found "
                            + (found.isEmpty() ? "none" : "more than one") + where);
        }
        if (!found.isEmpty() && identifier.isEmpty()) {
            throw Refusal.invalidInput("Invalid request: Missing field 'SetIdentifier'" + where);
        }
        return found.isEmpty() ? new Routing(RoutingPolicy.SIMPLE, "") : found.getFirst();
    }

    private static long seconds(String ttl) {
        return Optional.of(ttl)
                .filter(t -> t.matches("[0-9]{1,10}"))
                .map(Long::parseLong)
                .filter(t -> t <= Integer.MAX_VALUE)
                .orElseThrow(() -> Refusal.invalidInput("Invalid request"));
    }
}
