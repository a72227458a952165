package dev.acme53.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The requests that the API server has answered about the kinds a controller works on, by everybody together.
record ApiRequests(Map<Kind, Long> counts) {
    private static final Pattern SAMPLE = Pattern.compile("apiserver_request_total\\{([^}]*)} ([0-9.e+]+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final Set<String> OURS = Set.of("cert-manager.io", "acme.cert-manager.io");
    private static final Set<String> CORE = Set.of("secrets", "events");
    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "APPLY", "DELETE");

    ApiRequests {
        counts = Map.copyOf(counts);
    }

    /// @param resource with its subresource: `orders/status`
    /// @param verb as the API server counts: server-side apply is `APPLY`, one object is `GET`
    record Kind(String resource, String verb, String code) implements Comparable<Kind> {
        boolean isWrite() {
            return WRITES.contains(verb);
        }

        boolean isRefused() {
            return !code.startsWith("2");
        }

        @Override
        public int compareTo(Kind other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return verb + " " + resource + (isRefused() ? " refused with " + code : "");
        }
    }

    /// @param metrics the text of the API server's `/metrics`
    static ApiRequests of(String metrics) {
        var counts = new HashMap<Kind, Long>();
        var samples = SAMPLE.matcher(metrics);
        while (samples.find()) {
            var labels = new HashMap<String, String>();
            LABEL.matcher(samples.group(1)).results().forEach(l -> labels.put(l.group(1), l.group(2)));
            var resource = labels.getOrDefault("resource", "");
            if (OURS.contains(labels.getOrDefault("group", "")) || CORE.contains(resource)) {
                var sub = labels.getOrDefault("subresource", "");
                counts.merge(
                        new Kind(
                                sub.isEmpty() ? resource : resource + "/" + sub,
                                labels.getOrDefault("verb", ""),
                                labels.getOrDefault("code", "")),
                        (long) Double.parseDouble(samples.group(2)),
                        Long::sum);
            }
        }
        return new ApiRequests(counts);
    }

    /// What came between `earlier` and this.
    ApiRequests since(ApiRequests earlier) {
        var more = new HashMap<Kind, Long>();
        counts.forEach((kind, count) -> {
            var added = count - earlier.counts.getOrDefault(kind, 0L);
            if (added > 0) {
                more.put(kind, added);
            }
        });
        return new ApiRequests(more);
    }

    /// Those of some kinds only.
    ApiRequests only(Predicate<Kind> wanted) {
        var some = new HashMap<>(counts);
        some.keySet().removeIf(wanted.negate());
        return new ApiRequests(some);
    }

    /// In the order of their names.
    Map<Kind, Long> sorted() {
        return new TreeMap<>(counts);
    }

    long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
