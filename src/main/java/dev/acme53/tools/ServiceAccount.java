package dev.acme53.tools;

import java.util.Optional;
import java.util.regex.Pattern;

/// A ServiceAccount of the cluster.
public record ServiceAccount(String namespace, String name) {
    private static final Pattern FORM = Pattern.compile("([a-z0-9-]{1,63})/([a-z0-9.-]{1,253})");

    /// The account that `namespace/name` writes.
    public static Optional<ServiceAccount> parse(String text) {
        var parts = FORM.matcher(text);
        return parts.matches() ? Optional.of(new ServiceAccount(parts.group(1), parts.group(2))) : Optional.empty();
    }

    /// The `sub` of its tokens.
    public String subject() {
        return "system:serviceaccount:" + namespace + ":" + name;
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
