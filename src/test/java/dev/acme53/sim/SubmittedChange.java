package dev.acme53.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// An accepted change batch on its way from PENDING to INSYNC. It is INSYNC when its time has come and, if it
/// was so set, enough polls were answered PENDING. Not thread-safe: [HostedZones] guards every use.
final class SubmittedChange {
    private final String id;
    private final String zoneId;
    private final String account;
    private final String comment;
    private final List<RecordChange> batch;
    private final Instant submittedAt;
    private final Instant due;
    private int pendingPolls;
    private Instant insyncAt;

    SubmittedChange(
            String id, Zone zone, String comment, List<RecordChange> batch, Instant at, Instant due, int pendingPolls) {
        this.id = id;
        this.zoneId = zone.id();
        this.account = zone.account();
        this.comment = comment;
        this.batch = List.copyOf(batch);
        this.submittedAt = at;
        this.due = due;
        this.pendingPolls = pendingPolls;
        this.insyncAt = pendingPolls > 0 ? Instant.MAX : due;
    }

    /// Answers one `GetChange`.
    boolean polled(Instant now) {
        if (pendingPolls > 0) {
            pendingPolls--;
        } else if (insyncAt.equals(Instant.MAX) && !now.isBefore(due)) {
            insyncAt = now;
        }
        return insync(now);
    }

    boolean insync(Instant now) {
        return !now.isBefore(insyncAt);
    }

    boolean visible(Instant now, Duration lag) {
        return !insyncAt.equals(Instant.MAX) && !now.isBefore(insyncAt.plus(lag));
    }

    String id() {
        return id;
    }

    String zoneId() {
        return zoneId;
    }

    String account() {
        return account;
    }

    String comment() {
        return comment;
    }

    List<RecordChange> batch() {
        return batch;
    }

    Instant submittedAt() {
        return submittedAt;
    }
}
