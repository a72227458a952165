package dev.acme53.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// What was used within the last two hours, by key, and of that the most recently used: credentials and clients of
/// issuers that are gone do not stay.
final class Recent<K, V> {
    private static final Duration KEPT = Duration.ofHours(2);
    private final int most;
    private final InstantSource clock;

    /// The least recently used first.
    private final Map<K, Used<V>> entries = new LinkedHashMap<>(16, 0.75f, true);

    private record Used<V>(V value, Instant at) {}

    Recent(int most, InstantSource clock) {
        this.most = most;
        this.clock = clock;
    }

    /// The value of `key`, made when there is none. Making it must be quick: others wait.
    synchronized V get(K key, Supplier<V> made) {
        var known = entries.get(key);
        var value = known == null ? made.get() : known.value;
        use(key, value);
        return value;
    }

    /// Whether `key` was not there; from now on it is.
    synchronized boolean add(K key, V value) {
        var isNew = !entries.containsKey(key);
        use(key, value);
        return isNew;
    }

    private void use(K key, V value) {
        var now = clock.instant();
        entries.put(key, new Used<>(value, now));
        var oldest = entries.values().iterator();
        while (oldest.hasNext() && (oldest.next().at.plus(KEPT).isBefore(now) || entries.size() > most)) {
            oldest.remove();
        }
    }
}
