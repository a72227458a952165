package dev.acme53.sim;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/// The operations of Route 53's REST XML protocol of 2013-04-01, for a caller who may call them.
final class Route53Operations {
    static final String NAMESPACE = "https://route53.amazonaws.com/doc/2013-04-01/";

    private final HostedZones zones;
    private final SimulatorSettings settings;

    Route53Operations(HostedZones zones, SimulatorSettings settings) {
        this.zones = zones;
        this.settings = settings;
    }

    String changeRecords(String zoneId, BatchXml batch, HostedZones.Caller caller) {
        var change = zones.submit(zoneId, batch.comment(), batch.changes(), caller);
        return Xml.document("ChangeResourceRecordSetsResponse", NAMESPACE, changeInfo(change, false));
    }

    /// @param id as the request has it, without `/change/`
    String getChange(String id, String account) {
        var change =
                zones.change(id).filter(c -> c.account().equals(account)).orElseThrow(() -> Refusal.noSuchChange(id));
        return Xml.document("GetChangeResponse", NAMESPACE, changeInfo(change, zones.polled(change)));
    }

    private static String changeInfo(SubmittedChange change, boolean insync) {
        return Xml.tag(
                "ChangeInfo",
                Xml.text("Id", "/change/" + change.id()),
                Xml.text("Status", insync ? "INSYNC" : "PENDING"),
                Xml.text("SubmittedAt", millis(change.submittedAt())),
                Xml.textIfAny("Comment", change.comment()));
    }

    private static String millis(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    String listZonesByName(String account, Map<String, String> query) {
        var dnsName = query.getOrDefault("dnsname", "");
        var zoneId = bareId(query.getOrDefault("hostedzoneid", ""));
        if (dnsName.isEmpty() && !zoneId.isEmpty()) {
            throw Refusal.invalidInput("The hostedzoneid parameter needs dnsname as well");
        }
        int max = page(query.get("maxitems"), settings.zonesPerPage());
        var start = dnsName.isEmpty() ? "" : Names.reversed(zoneName(dnsName));
        var found = zones.ofAccount(account).stream()
                .filter(z -> isFrom(z, start, zoneId))
                .limit(max + 1L)
                .toList();
        boolean truncated = found.size() > max;
        var next = truncated
                ? Xml.text("NextDNSName", found.get(max).name())
                        + Xml.text("NextHostedZoneId", found.get(max).id())
                : "";
        return Xml.document(
                "ListHostedZonesByNameResponse",
                NAMESPACE,
                Xml.tag(
                        "HostedZones",
                        found.stream().limit(max).map(this::zoneXml).toList()),
                Xml.textIfAny("DNSName", dnsName),
                Xml.textIfAny("HostedZoneId", zoneId),
                Xml.text("IsTruncated", truncated),
                next,
                Xml.text("MaxItems", max));
    }

    private static boolean isFrom(Zone zone, String start, String zoneId) {
        int order = Names.reversed(zone.name()).compareTo(start);
        return order > 0 || order == 0 && zone.id().compareTo(zoneId) >= 0;
    }

    private String zoneXml(Zone zone) {
        var config = settings.zonesWithoutConfig() ? "" : Xml.tag("Config", Xml.text("PrivateZone", zone.isPrivate()));
        return Xml.tag(
                "HostedZone",
                Xml.text("Id", "/hostedzone/" + zone.id()),
                Xml.text("Name", zone.name()),
                Xml.text("CallerReference", zone.id()),
                config,
                Xml.text("ResourceRecordSetCount", zones.recordCount(zone.id())));
    }

    String listRecords(String zoneId, Map<String, String> query) {
        var name = query.getOrDefault("name", "");
        var type = query.getOrDefault("type", "");
        var identifier = query.getOrDefault("identifier", "");
        if (name.isEmpty() && !type.isEmpty() || type.isEmpty() && !identifier.isEmpty()) {
            throw Refusal.invalidInput("The type parameter needs name, and identifier needs type");
        }
        int max = page(query.get("maxitems"), settings.recordSetsPerPage());
        var start = new RecordSet.Key(name.isEmpty() ? "" : Names.reversed(zoneName(name)), type, identifier);
        var found = zones.records(zoneId).stream()
                .filter(s -> s.key().compareTo(start) >= 0)
                .limit(max + 1L)
                .toList();
        boolean truncated = found.size() > max;
        return Xml.document(
                "ListResourceRecordSetsResponse",
                NAMESPACE,
                Xml.tag(
                        "ResourceRecordSets",
                        found.stream()
                                .limit(max)
                                .map(Route53Operations::recordSetXml)
                                .toList()),
                Xml.text("IsTruncated", truncated),
                truncated ? nextRecord(found.get(max)) : "",
                Xml.text("MaxItems", max));
    }

    private static String nextRecord(RecordSet next) {
        return Xml.text("NextRecordName", next.name())
                + Xml.text("NextRecordType", next.type())
                + Xml.textIfAny("NextRecordIdentifier", next.setIdentifier());
    }

    private static String recordSetXml(RecordSet set) {
        return Xml.tag(
                "ResourceRecordSet",
                Xml.text("Name", set.name()),
                Xml.text("Type", set.type()),
                Xml.textIfAny("SetIdentifier", set.setIdentifier()),
                switch (set.routing()) {
                    case SIMPLE -> "";
                    case MULTIVALUE -> Xml.text("MultiValueAnswer", true);
                    case WEIGHTED -> Xml.text("Weight", set.routingDetail());
                    case LATENCY -> Xml.text("Region", set.routingDetail());
                    case FAILOVER -> Xml.text("Failover", set.routingDetail());
                },
                Xml.text("TTL", set.ttl()),
                Xml.tag(
                        "ResourceRecords",
                        set.values().stream()
                                .map(v -> Xml.tag("ResourceRecord", Xml.text("Value", v)))
                                .toList()));
    }

    String createZone(String account, byte[] body) {
        var request = Xml.parse(body);
        var name = Xml.childText(request, "Name").orElseThrow(() -> Refusal.invalidInput("Invalid request"));
        boolean isPrivate = Xml.child(request, "HostedZoneConfig")
                .flatMap(c -> Xml.childText(c, "PrivateZone"))
                .map(Boolean::parseBoolean)
                .orElse(false);
        var wanted = NewZone.named(zoneName(name)).inAccount(account);
        var zone = zones.create(isPrivate ? wanted.privately() : wanted);
        return Xml.document(
                "CreateHostedZoneResponse",
                NAMESPACE,
                zoneXml(zone),
                Xml.tag(
                        "ChangeInfo",
                        Xml.text("Id", "/change/" + zone.id()),
                        Xml.text("Status", "INSYNC"),
                        Xml.text("SubmittedAt", millis(settings.clock().instant()))),
                Xml.tag(
                        "DelegationSet",
                        Xml.tag(
                                "NameServers",
                                zone.nameServers().stream()
                                        .map(s -> Xml.text("NameServer", withoutDot(s)))
                                        .toList())));
    }

    private static String zoneName(String name) {
        try {
            return Names.normal(name);
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "InvalidDomainName", String.valueOf(e.getMessage()));
        }
    }

    private static String bareId(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }

    private static String withoutDot(String name) {
        return name.substring(0, name.length() - 1);
    }

    private static int page(String maxItems, int most) {
        if (maxItems == null) {
            return most;
        }
        if (!maxItems.matches("[0-9]{1,9}") || Integer.parseInt(maxItems) == 0) {
            throw Refusal.invalidInput("Invalid maxitems: " + maxItems);
        }
        return Math.min(most, Integer.parseInt(maxItems));
    }

    /// What a change call asks of the IAM condition keys.
    static IamRequest iamRequest(String zoneId, List<RecordChange> changes) {
        return new IamRequest(
                Operation.CHANGE_RESOURCE_RECORD_SETS.iamAction(),
                zoneArn(zoneId),
                Map.of(
                        "route53:ChangeResourceRecordSetsNormalizedRecordNames",
                        changes.stream()
                                .map(c -> withoutDot(c.recordSet().name()))
                                .toList(),
                        "route53:ChangeResourceRecordSetsRecordTypes",
                        changes.stream().map(c -> c.recordSet().type()).toList(),
                        "route53:ChangeResourceRecordSetsActions",
                        changes.stream().map(c -> c.action().name()).toList()));
    }

    static String zoneArn(String zoneId) {
        return "arn:aws:route53:::hostedzone/" + zoneId;
    }
}
