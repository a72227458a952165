package dev.acme53.route53;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What listings showed, by key; asked for once at a time, however many want it.
final class ZoneCache<K, V> {
    static final Duration FOUND = Duration.ofMinutes(10);
    static final Duration NOT_FOUND = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final Map<K, Slot<V>> slots = new ConcurrentHashMap<>();

    ZoneCache(InstantSource clock) {
        this.clock = clock;
    }

    /// What is known, if it is younger than it may be, else what `listing` says now. What it throws is not kept.
    ///
    /// @param answers whether something says what the caller wants to know. Then it is kept for ten minutes,
    /// else for 30 s: the zone may just have been made
    V get(K key, Predicate<V> answers, Supplier<V> listing) {
        slots.values().removeIf(slot -> slot.isOlderThan(FOUND, clock.instant()));
        var slot = slots.computeIfAbsent(key, _ -> new Slot<>());
        slot.lock.lock();
        try {
            var known = slot.known;
            if (known != null && !slot.isOlderThan(answers.test(known) ? FOUND : NOT_FOUND, clock.instant())) {
                return known;
            }
            var fresh = listing.get();
            slot.keep(fresh, clock.instant());
            return fresh;
        } finally {
            slot.lock.unlock();
        }
    }

    void forget(K key) {
        slots.remove(key);
    }

    private static final class Slot<V> {
        private final ReentrantLock lock = new ReentrantLock();
        private volatile @Nullable V known;
        private volatile Instant since = Instant.MAX;

        void keep(V fresh, Instant now) {
            this.known = fresh;
            this.since = now;
        }

        /// A slot that is being filled for the first time is of no age.
        boolean isOlderThan(Duration age, Instant now) {
            var filled = since;
            return !filled.equals(Instant.MAX) && !now.isBefore(filled.plus(age));
        }
    }
}
