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
/// Guarded by its budget.
final class WritePace {
    /// So long does a share wait at most.
    static final Duration MOST = Duration.ofSeconds(10);

    private static final double PART = 0.4;

    private final double burst;
    private final Map<String, Double> changes = new HashMap<>();

    /// @param burst how many changes are no lead
    WritePace(double burst) {
        this.burst = burst;
    }

    /// A change was made that will be asked for.
    void changed(String share) {
        changes.merge(share, 1.0, Double::sum);
    }

    /// Some time has passed.
    /// @param requests how many were granted in it
    /// @param rate requests a second that are granted now
    void passed(double requests, double rate) {
        var most = burst + seconds(MOST) * rate * PART;
        var less = requests * PART / Math.max(1, changes.size());
        changes.replaceAll((_, ahead) -> Math.min(ahead, most) - less);
        changes.values().removeIf(ahead -> ahead <= 0);
    }

    /// How long until `share` leads no more if it changes nothing; zero for one that does not lead.
    Duration lead(String share, double rate) {
        var ahead = (changes.getOrDefault(share, 0.0) - burst) / (rate * PART);
        return Duration.ofMillis((long) (Math.clamp(ahead, 0, seconds(MOST)) * 1000));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
