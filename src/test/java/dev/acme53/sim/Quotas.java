package dev.acme53.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// AWS's token buckets: per account over all operations, per account and operation, and per account over single
/// record changes. A refused call takes nothing.
public final class Quotas {
    private final SimulatorSettings settings;
    private final Map<String, Bucket> buckets = new HashMap<>();

    Quotas(SimulatorSettings settings) {
        this.settings = settings;
    }

    /// @param burst the size of the bucket
    /// @param perSecond its refill
    public record Limit(double burst, double perSecond) {
        static final Limit NONE = new Limit(Double.POSITIVE_INFINITY, 0);
    }

    /// @param account over all operations of an account
    /// @param operation over each operation of an account
    /// @param changes over the record changes of an account, counted one by one
    public record Limits(Limit account, Limit operation, Limit changes) {
        public static Limits none() {
            return new Limits(Limit.NONE, Limit.NONE, Limit.NONE);
        }

        /// In force since 2026-07-30. The size of the change bucket is not published: none here.
        public static Limits aws() {
            return new Limits(new Limit(50, 10), new Limit(50, 10), Limit.NONE);
        }

        /// Before 2026-07-30.
        public static Limits fivePerSecond() {
            return new Limits(new Limit(5, 5), Limit.NONE, Limit.NONE);
        }

        public Limits withChanges(double burst, double perSecond) {
            return new Limits(account, operation, new Limit(burst, perSecond));
        }
    }

    /// Takes what a call costs.
    ///
    /// @param changes the number of record changes in the call
    /// @throws Refusal `Throttling`, and nothing is taken
    synchronized void take(String account, Operation operation, int changes) {
        var limits = settings.quotas();
        var now = settings.clock().instant();
        var whole = bucket(account, limits.account(), now);
        var single = bucket(account + "/" + operation, limits.operation(), now);
        var throughput = bucket(account + "/changes", limits.changes(), now);
        if (whole.tokens < 1 || single.tokens < 1 || throughput.tokens < changes) {
            throw Refusal.throttling();
        }
        whole.tokens -= 1;
        single.tokens -= 1;
        throughput.tokens -= changes;
    }

    private Bucket bucket(String key, Limit limit, Instant now) {
        var bucket = buckets.get(key);
        if (bucket == null || !bucket.limit.equals(limit)) {
            bucket = new Bucket(limit, now);
            buckets.put(key, bucket);
        }
        bucket.refill(now);
        return bucket;
    }

    private static final class Bucket {
        private final Limit limit;
        private double tokens;
        private Instant filled;

        Bucket(Limit limit, Instant now) {
            this.limit = limit;
            this.tokens = limit.burst();
            this.filled = now;
        }

        void refill(Instant now) {
            double seconds = Duration.between(filled, now).toNanos() / 1e9;
            tokens = Math.min(limit.burst(), tokens + Math.max(0, seconds) * limit.perSecond());
            filled = now;
        }
    }
}
