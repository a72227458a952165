package dev.acme53.route53;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/// What listings showed, by key; asked for once at a time, however many want it.
final class ZoneCache<K, V> {
    static final Duration FOUND = Duration.ofMinutes(10);
    static final Duration NOT_FOUND = Duration.ofSeconds(30);
    static final Duration FAILED = Duration.ofSeconds(5);

    private final InstantSource clock;
    private final Map<K, Slot<V>> slots = new ConcurrentHashMap<>();

    ZoneCache(InstantSource clock) {
        this.clock = clock;
    }

    /// What is known, if it is younger than it may be, else what `listing` says now. What it throws
    /// is thrown to all who ask within five seconds, so that a crowd does not ask one by one to be refused.
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
            var failure = slot.failure;
            if (failure != null && !slot.isOlderThan(FAILED, clock.instant())) {
                throw failure;
            }
            return slot.filledBy(listing, clock);
        } finally {
            slot.lock.unlock();
        }
    }

    /// All that is known at the moment.
    Stream<V> known() {
        return known(_ -> true);
    }

    /// The same, of some keys.
    Stream<V> known(Predicate<K> keys) {
        return slots.entrySet().stream()
                .filter(slot -> keys.test(slot.getKey()))
                .flatMap(slot -> Stream.ofNullable(slot.getValue().known));
    }

    void forget(K key) {
        slots.remove(key);
    }

    void forgetIf(Predicate<K> is) {
        slots.keySet().removeIf(is);
    }

    private static final class Slot<V> {
        private final ReentrantLock lock = new ReentrantLock();
        private volatile @Nullable V known;
        private @Nullable SdkException failure;
        private volatile Instant since = Instant.MAX;

        V filledBy(Supplier<V> listing, InstantSource clock) {
            try {
                var fresh = listing.get();
                known = fresh;
                failure = null;
                return fresh;
            } catch (SdkException e) {
                known = null;
                failure = e;
                throw e;
            } finally {
                since = clock.instant();
            }
        }

        /// A slot that is being filled for the first time is of no age.
        boolean isOlderThan(Duration age, Instant now) {
            var filled = since;
            return !filled.equals(Instant.MAX) && !now.isBefore(filled.plus(age));
        }
    }
}
