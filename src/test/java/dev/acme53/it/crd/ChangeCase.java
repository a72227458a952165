package dev.acme53.it.crd;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// One change of an object that is stored, for one rule: from the state `before` (merged into a valid object, spec and
/// status) to `before` with `change` merged into it, accepted or refused.
///
/// @param message the rule's message; null for a change that the rule accepts
record ChangeCase(String rule, String at, String before, String change, String message) {
    static ChangeCase accepts(String rule, String at, String before, String change) {
        return new ChangeCase(rule, at, before, change, null);
    }

    static ChangeCase refuses(String rule, String at, String before, String change, String message) {
        return new ChangeCase(rule, at, before, change, message);
    }

    boolean changesSpec() {
        return Api.yaml(change).has("spec");
    }

    /// Stores `valid` in the state before, then says what the API server would answer to the change.
    String refusal(Api api, ObjectNode valid) {
        var wanted = Api.merged(valid, Api.yaml(before));
        var stored = api.create(wanted);
        if (wanted.has("status")) {
            stored.set("status", wanted.get("status"));
            stored = api.replaceStatus(stored);
        }
        var changed = Api.merged(stored, Api.yaml(change));
        return (changesSpec() ? api.refusalToReplace(changed) : api.refusalToReplaceStatus(changed)).orElse("");
    }

    /// Rules (place and message) that `cases` refuse something by.
    static Set<String> refusedIn(List<ChangeCase> cases) {
        var found = new TreeSet<String>();
        cases.stream().filter(c -> c.message != null).forEach(c -> found.add(c.at + ": " + c.message));
        return found;
    }

    /// Rules without an accepted or without a refused case.
    static List<String> oneSided(List<ChangeCase> cases) {
        var sides = new TreeMap<String, Set<Boolean>>();
        cases.forEach(c -> sides.computeIfAbsent(c.rule, _ -> new TreeSet<>()).add(c.message == null));
        return sides.entrySet().stream()
                .filter(e -> e.getValue().size() == 1)
                .map(e -> e.getKey())
                .toList();
    }

    @Override
    public String toString() {
        return rule + (message == null ? " accepts " : " refuses ") + change + " after " + before;
    }
}
