package dev.acme53.api;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is read where JSON had nothing.
final class Absent {
    private Absent() {}

    static String or(@Nullable String text) {
        return text == null ? "" : text;
    }

    /// The one text that is equal to this: for what many objects say alike, so that it is kept once.
    static String orShared(@Nullable String text) {
        return text == null ? "" : text.intern();
    }

    /// An immutable copy; elements that could not be read are left out.
    static <T> List<T> or(@Nullable List<? extends @Nullable T> list) {
        if (list == null) {
            return List.of();
        }
        var known = new ArrayList<T>(list.size());
        for (var element : list) {
            if (element != null) {
                known.add(element);
            }
        }
        return List.copyOf(known);
    }

    /// An immutable copy in the order given.
    static <V> Map<String, V> or(@Nullable Map<String, V> map) {
        return map == null || map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /// Kubernetes stores whole seconds: a status with more would never equal what is stored.
    static @Nullable Instant orSeconds(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS);
    }
}
