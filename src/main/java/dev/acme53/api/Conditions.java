package dev.acme53.api;

import dev.acme53.api.Condition.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The conditions of one status: pure functions on the list, which holds each type at most once.
public final class Conditions {
    /// What a CertificateRequest's schema takes (api.md §10); longer texts are cut.
    private static final int LONGEST_REASON = 1024;

    private static final int LONGEST_MESSAGE = 32_768;

    private Conditions() {}

    /// The condition of `type`, if there is one.
    public static Optional<Condition> find(List<Condition> all, String type) {
        return all.stream().filter(c -> c.type().equals(type)).findFirst();
    }

    /// Whether the condition of `type` is there and True.
    public static boolean isTrue(List<Condition> all, String type) {
        return find(all, type).map(Condition::status).equals(Optional.of(Status.TRUE));
    }

    /// The reason of the condition of `type`; empty text when there is none.
    public static String reason(List<Condition> all, String type) {
        return find(all, type).map(Condition::reason).orElse("");
    }

    /// `all` with the condition of `type` as given, in its old place or at the end.
    ///
    /// `lastTransitionTime` becomes `now` only when the status changes; the rest is overwritten always.
    ///
    /// @param observedGeneration null for a CertificateRequest, whose conditions have none
    public static List<Condition> set(
            List<Condition> all,
            String type,
            Status status,
            String reason,
            String message,
            @Nullable Long observedGeneration,
            Instant now) {
        var since = find(all, type)
                .filter(c -> c.status() == status && c.lastTransitionTime() != null)
                .map(Condition::lastTransitionTime)
                .orElse(now);
        var wanted = new Condition(
                type, status, since, cut(reason, LONGEST_REASON), cut(message, LONGEST_MESSAGE), observedGeneration);
        var changed = new ArrayList<>(all);
        changed.replaceAll(c -> c.type().equals(type) ? wanted : c);
        if (!changed.contains(wanted)) {
            changed.add(wanted);
        }
        return List.copyOf(changed);
    }

    /// `all` without the condition of `type`.
    public static List<Condition> remove(List<Condition> all, String type) {
        return all.stream().filter(c -> !c.type().equals(type)).toList();
    }

    /// Not in the middle of a surrogate pair.
    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end);
    }
}
