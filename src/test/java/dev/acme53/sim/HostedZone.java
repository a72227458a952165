package dev.acme53.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A hosted zone with its records: as the API shows them at once, and as each DNS server shows them once
/// changes have reached it. Not thread-safe: [HostedZones] guards every use.
final class HostedZone {
    private final Zone facts;
    private final List<View> views = new ArrayList<>();
    private final List<SubmittedChange> changes = new ArrayList<>();
    private RecordSets current = new RecordSets();
    private boolean delegated;
    private Instant busyUntil = Instant.MIN;

    /// What one DNS server knows.
    private static final class View {
        private final RecordSets records = new RecordSets();
        private int seen;
    }

    HostedZone(Zone facts, boolean delegated, int servers) {
        this.facts = facts;
        this.delegated = delegated;
        for (int i = 0; i < servers; i++) {
            views.add(new View());
        }
    }

    Zone facts() {
        return facts;
    }

    boolean delegated() {
        return delegated;
    }

    void delegated(boolean now) {
        delegated = now;
    }

    RecordSets current() {
        return current;
    }

    /// Is an earlier change still being processed? Then AWS answers `PriorRequestNotComplete`.
    boolean busy(Instant now) {
        return now.isBefore(busyUntil);
    }

    void busyUntil(Instant until) {
        busyUntil = until;
    }

    void submitted(SubmittedChange change, RecordSets result) {
        changes.add(change);
        current = result;
    }

    /// A record that was always there: visible in the API and on every server at once.
    void put(RecordSet set) {
        current.put(set);
        views.forEach(v -> v.records.put(set));
    }

    /// Removes a record everywhere at once.
    void remove(RecordSet set) {
        var deletion = new RecordChange(RecordChange.Action.DELETE, set);
        current.apply(deletion);
        views.forEach(v -> v.records.apply(deletion));
    }

    /// The records as one server shows them now: changes arrive in the order they were made, each when INSYNC
    /// plus the server's lag is over.
    RecordSets seenBy(int server, Instant now, NameServerLags lags) {
        var view = views.get(server);
        while (view.seen < changes.size() && changes.get(view.seen).visible(now, lags.of(server))) {
            changes.get(view.seen++).batch().forEach(view.records::apply);
        }
        return view.records;
    }

    /// How far behind INSYNC each DNS server is.
    interface NameServerLags {
        Duration of(int server);
    }
}
