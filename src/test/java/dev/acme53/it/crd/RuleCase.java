package dev.acme53.it.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// One object for one rule: `change` is merged into a valid spec, and the result is accepted, or refused by the rule.
///
/// @param rule the rule's id in the contract of the API
/// @param at where the rule stands in the schema, as `spec.ipAddresses[]`; the root is the empty text
/// @param message the rule's message; null for an object that the rule accepts
record RuleCase(String rule, String at, String message, String change) {
    static RuleCase accepts(String rule, String at, String change) {
        return new RuleCase(rule, at, null, change);
    }

    static RuleCase refuses(String rule, String at, String change, String message) {
        return new RuleCase(rule, at, message, change);
    }

    ObjectNode applied(ObjectNode valid) {
        return Api.merged(valid, Api.yaml("spec: " + change));
    }

    /// The part of the field's path that the error must name: up to the first list index.
    String field() {
        return at.replaceAll("\\[].*", "");
    }

    /// Rules (place and message) in the file of one kind.
    static Set<String> inFile(String file) {
        try {
            var found = new TreeSet<String>();
            var crd = Api.yaml(java.nio.file.Files.readString(Path.of("crds", file)));
            collect("", crd.at("/spec/versions/0/schema/openAPIV3Schema"), found);
            return found;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// Rules that `cases` refuse something by, for comparison with [#inFile].
    static Set<String> refusedIn(List<RuleCase> cases) {
        var found = new TreeSet<String>();
        cases.stream().filter(c -> c.message != null).forEach(c -> found.add(c.at + ": " + c.message));
        return found;
    }

    /// Rules that only one side of the table stands for: each id has an accepted and a refused case.
    static List<String> oneSided(List<RuleCase> cases) {
        Map<String, Set<Boolean>> sides = new TreeMap<>();
        cases.forEach(c -> sides.computeIfAbsent(c.rule + " at " + c.at, _ -> new TreeSet<>())
                .add(c.message == null));
        var missing = new ArrayList<String>();
        sides.forEach((rule, side) -> {
            if (side.size() == 1) {
                missing.add(rule);
            }
        });
        return missing;
    }

    private static void collect(String path, JsonNode schema, Set<String> found) {
        schema.path("x-kubernetes-validations")
                .forEach(r -> found.add(path + ": " + r.get("message").asText()));
        schema.path("properties")
                .properties()
                .forEach(m -> collect(path + (path.isEmpty() ? "" : ".") + m.getKey(), m.getValue(), found));
        collectInner(path + "[]", schema.path("items"), found);
        collectInner(path + "{}", schema.path("additionalProperties"), found);
    }

    private static void collectInner(String path, JsonNode schema, Set<String> found) {
        if (schema.isObject()) {
            collect(path, schema, found);
        }
    }

    @Override
    public String toString() {
        return rule + (message == null ? " accepts " : " refuses ") + change;
    }
}
