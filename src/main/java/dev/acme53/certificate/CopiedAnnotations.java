package dev.acme53.certificate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which annotations of a Certificate its requests inherit (behaviour.md §1.5): prefixes in their order add keys, those
/// that begin with `-` take away what was added before; with `*` anywhere in the list every adding entry adds all.
final class CopiedAnnotations {
    private CopiedAnnotations() {}

    static Map<String, String> of(Map<String, String> annotations, List<String> prefixes) {
        var copied = new TreeMap<String, String>();
        var all = prefixes.contains("*");
        for (var prefix : prefixes) {
            if (prefix.startsWith("-")) {
                copied.keySet().removeIf(key -> key.startsWith(prefix.substring(1)));
            } else {
                annotations.forEach((key, value) -> {
                    if (all || key.startsWith(prefix)) {
                        copied.put(key, value);
                    }
                });
            }
        }
        return copied;
    }
}
