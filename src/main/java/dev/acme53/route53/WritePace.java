package dev.acme53.route53;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Whether an account's shares make more changes than can be asked for.
///
/// A change costs two requests, and the second comes when the change is in sync: twenty seconds of writes at the full
/// rate would leave the news of them to wait in line for as long as the writes, which go first, go on. So two fifths of
/// the rate are for changes, as much is for their questions, and the rest for removals and look-ups. A share that is
/// ahead of that is to wait longer for company, and makes fewer changes. One rested burst is no lead. What is granted
/// makes up for it, whoever uses it: for all shares alike.
///
/// Within a share it is those tenants who wait so long that had part in more than an even part of what is no lead. The
/// others, for whom it is none of their making, wait no longer than a little. A tenant who comes with its first is one
/// of these, however many such there are.
///
/// Guarded by its budget.
final class WritePace {
    /// So long does a share wait at most.
    static final Duration MOST = Duration.ofSeconds(10);

    /// So long do tenants of it that are not ahead themselves.
    static final Duration MOST_FOR_OTHERS = Duration.ofMillis(1500);

    private static final double PART = 0.4;

    private final double burst;
    private final Map<String, Ahead> shares = new HashMap<>();

    /// @param burst how many changes are no lead
    WritePace(double burst) {
        this.burst = burst;
    }

    /// Changes that were made and not made up for.
    private static final class Ahead {
        private double changes;
        private final Map<String, Double> byTenant = new HashMap<>();

        void makeUp(double less, double most) {
            changes = Math.min(changes, most) - less;
            byTenant.replaceAll((_, ahead) -> Math.min(ahead, most) - less);
            byTenant.values().removeIf(ahead -> ahead <= 0);
        }
    }

    /// A change was made that will be asked for.
    void changed(String share) {
        shares.computeIfAbsent(share, _ -> new Ahead()).changes++;
    }

    /// A change of `share` that counts as made has something of `tenant` in it.
    void tookPart(String share, String tenant) {
        var ahead = shares.get(share);
        if (ahead != null) {
            ahead.byTenant.merge(tenant, 1.0, Double::sum);
        }
    }

    /// Some time has passed.
    /// @param requests how many were granted in it
    /// @param rate requests a second that are granted now
    void passed(double requests, double rate) {
        var most = burst + seconds(MOST) * rate * PART;
        var less = requests * PART / Math.max(1, shares.size());
        shares.values().forEach(ahead -> ahead.makeUp(less, most));
        shares.values().removeIf(ahead -> ahead.changes <= 0);
    }

    /// How long until `share` leads no more if it changes nothing, and a little at most for a tenant that does not lead
    /// itself; zero for a share that does not.
    Duration lead(String share, String tenant, double rate) {
        var ahead = shares.get(share);
        if (ahead == null) {
            return Duration.ZERO;
        }
        var even = burst / Math.max(1, ahead.byTenant.size());
        var most = ahead.byTenant.getOrDefault(tenant, 0.0) > even ? MOST : MOST_FOR_OTHERS;
        var lead = (ahead.changes - burst) / (rate * PART);
        return Duration.ofMillis((long) (Math.clamp(lead, 0, seconds(most)) * 1000));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
