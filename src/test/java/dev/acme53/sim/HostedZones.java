package dev.acme53.sim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The hosted zones of all accounts, their records and their changes: one monitor guards them all.
final class HostedZones {
    /// The zone in which the name servers of all hosted zones have their addresses.
    static final String NAME_SERVERS = "nameservers.test.";

    private final SimulatorSettings settings;
    private final Map<String, HostedZone> zones = new LinkedHashMap<>();
    private final Map<String, SubmittedChange> changes = new HashMap<>();
    private final Set<String> answering = new HashSet<>();
    private final List<HistoryEntry> history = new ArrayList<>();
    private int created;

    HostedZones(SimulatorSettings settings) {
        this.settings = settings;
    }

    /// Who asks for a change.
    record Caller(String principal, String accessKeyId) {}

    synchronized Zone create(NewZone wanted) {
        var id = id("Z", 14);
        var name = Names.normal(wanted.name());
        var servers = new ArrayList<String>();
        created++;
        for (int i = 0; i < settings.nameServers(); i++) {
            servers.add("ns%d.z%d.%s".formatted(i, created, NAME_SERVERS));
        }
        var account = wanted.account().isEmpty() ? settings.account() : wanted.account();
        var facts = new Zone(id, name, account, wanted.isPrivate(), servers);
        boolean taken = zones.values().stream()
                .anyMatch(z -> z.delegated() && z.facts().name().equals(name));
        var zone = new HostedZone(facts, wanted.delegated() && !wanted.isPrivate() && !taken, settings.nameServers());
        zone.put(new RecordSet(name, "NS", 172_800, "", RoutingPolicy.SIMPLE, "", servers));
        zone.put(RecordSet.simple(
                name, "SOA", 900, servers.getFirst() + " awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400"));
        zones.put(id, zone);
        return facts;
    }

    synchronized void delete(String id) {
        zones.remove(id);
    }

    /// Moves the delegation of a name to this public zone.
    synchronized void delegate(String id) {
        var chosen = zone(id);
        zones.values().stream()
                .filter(z -> z.facts().name().equals(chosen.facts().name()))
                .forEach(z -> z.delegated(z == chosen));
    }

    synchronized Optional<Zone> find(String id) {
        return Optional.ofNullable(zones.get(id)).map(HostedZone::facts);
    }

    synchronized List<Zone> all() {
        return zones.values().stream().map(HostedZone::facts).toList();
    }

    /// The zones of an account in the order of `ListHostedZonesByName`.
    synchronized List<Zone> ofAccount(String account) {
        return zones.values().stream()
                .map(HostedZone::facts)
                .filter(z -> z.account().equals(account))
                .sorted(Comparator.comparing((Zone z) -> Names.reversed(z.name()))
                        .thenComparing(Zone::id))
                .toList();
    }

    synchronized List<RecordSet> records(String id) {
        return zone(id).current().all();
    }

    synchronized int recordCount(String id) {
        return Optional.ofNullable(zones.get(id)).map(z -> z.current().size()).orElse(0);
    }

    synchronized void put(String id, RecordSet set) {
        zone(id).put(set);
    }

    synchronized void remove(String id, RecordSet set) {
        zone(id).remove(set);
    }

    /// Marks the zone as having a change call open, until [#answered].
    ///
    /// @throws Refusal `PriorRequestNotComplete`
    synchronized void begin(String zoneId) {
        if (answering.contains(zoneId) || zone(zoneId).busy(settings.clock().instant())) {
            throw Refusal.priorRequestNotComplete();
        }
        answering.add(zoneId);
    }

    synchronized void answered(String zoneId) {
        answering.remove(zoneId);
    }

    /// Applies a batch, all or nothing.
    ///
    /// @throws Refusal `InvalidChangeBatch` with every bad change
    synchronized SubmittedChange submit(String zoneId, String comment, List<RecordChange> batch, Caller caller) {
        var zone = zone(zoneId);
        var verdict = RecordRules.judge(zone.facts(), zone.current(), batch);
        if (!verdict.messages().isEmpty()) {
            throw Refusal.invalidChangeBatch(verdict.messages());
        }
        var now = settings.clock().instant();
        var change = new SubmittedChange(
                id("C", 20),
                zone.facts(),
                comment,
                batch,
                now,
                now.plus(settings.insyncAfter()),
                settings.insyncAfterPolls());
        zone.submitted(change, verdict.result());
        zone.busyUntil(now.plus(settings.zoneBusyAfterChange()));
        changes.put(change.id(), change);
        for (var element : batch) {
            history.add(new HistoryEntry(
                    now,
                    caller.principal(),
                    caller.accessKeyId(),
                    change.id(),
                    zoneId,
                    element.action(),
                    element.recordSet()));
        }
        return change;
    }

    synchronized Optional<SubmittedChange> change(String id) {
        return Optional.ofNullable(changes.get(id));
    }

    /// One poll of a change: is it INSYNC?
    synchronized boolean polled(SubmittedChange change) {
        return change.polled(settings.clock().instant());
    }

    /// Forgets changes, as AWS does after a while: `GetChange` then answers `NoSuchChange`.
    synchronized void forgetChanges() {
        changes.clear();
    }

    synchronized List<HistoryEntry> history() {
        return List.copyOf(history);
    }

    /// Reads what one DNS server shows of the delegated zone that holds a name, under the lock.
    synchronized <T> Optional<T> inDns(String name, int server, Function<DnsZone, T> question) {
        Instant now = settings.clock().instant();
        return zones.values().stream()
                .filter(z -> z.delegated() && Names.within(name, z.facts().name()))
                .max(Comparator.comparingInt(z -> z.facts().name().length()))
                .map(z -> question.apply(new DnsZone(z.facts(), z.seenBy(server, now, settings::lag))));
    }

    /// Is the name above a delegated zone, so that it exists though nobody here serves it?
    synchronized boolean isAboveAZone(String name) {
        return zones.values().stream()
                .anyMatch(z -> z.delegated() && Names.within(z.facts().name(), name));
    }

    /// A zone as a DNS server shows it.
    record DnsZone(Zone facts, RecordSets records) {}

    private HostedZone zone(String id) {
        var zone = zones.get(id);
        if (zone == null) {
            throw Refusal.noSuchHostedZone(id);
        }
        return zone;
    }

    private String id(String prefix, int length) {
        var text = new StringBuilder(prefix);
        for (int i = 0; i < length; i++) {
            text.append("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".charAt(settings.nextInt(36)));
        }
        return text.toString();
    }
}
