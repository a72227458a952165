package dev.acme53.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/// What was used within the last two hours, by key, and of that the most recently used: credentials and clients of
/// issuers that are gone do not stay.
final class Recent<K, V> {
    private static final Duration KEPT = Duration.ofHours(2);
    private final int most;
    private final int mostOfOne;
    private final Function<K, String> group;
    private final InstantSource clock;

    /// The least recently used first.
    private final Map<K, Used<V>> entries = new LinkedHashMap<>(16, 0.75f, true);

    private record Used<V>(V value, Instant at) {}

    Recent(int most, InstantSource clock) {
        this(most, most, _ -> "", clock);
    }

    /// @param mostOfOne how many keys of one group are kept
    Recent(int most, int mostOfOne, Function<K, String> group, InstantSource clock) {
        this.most = most;
        this.mostOfOne = mostOfOne;
        this.group = group;
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
        if (mostOfOne < most && !entries.containsKey(key)) {
            makeRoom(group.apply(key));
        }
        entries.put(key, new Used<>(value, now));
        var oldest = entries.values().iterator();
        while (oldest.hasNext() && (oldest.next().at.plus(KEPT).isBefore(now) || entries.size() > most)) {
            oldest.remove();
        }
    }

    /// For one more of a group.
    private void makeRoom(String full) {
        var ofGroup = entries.keySet().stream()
                .filter(k -> group.apply(k).equals(full))
                .toList();
        ofGroup.stream().limit(Math.max(0, ofGroup.size() - mostOfOne + 1)).forEach(entries::remove);
    }
}
