package dev.acme53.it.rbac;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// One verb on one kind of resource, as RBAC counts.
///
/// @param group empty for core
/// @param resource plural, with `/subresource`
record Permission(String group, String resource, String verb) {
    private static final Pattern CALL =
            Pattern.compile("API request method=\"(\\w+)\" path=\"([^\"]+)\" watch=\"(\\w+)\"");
    private static final Pattern PATH =
            Pattern.compile("/(?:api/v1|apis/([^/]+)/[^/]+)(?:/namespaces/[^/]+)?/([^/]+)(?:/([^/]+)(?:/([^/]+))?)?");

    /// Every combination of a role's rules.
    static Set<Permission> grantedBy(JsonNode role) {
        var all = new ArrayList<Permission>();
        for (var rule : role.get("rules")) {
            for (var group : texts(rule.get("apiGroups"))) {
                for (var resource : texts(rule.get("resources"))) {
                    texts(rule.get("verbs")).forEach(verb -> all.add(new Permission(group, resource, verb)));
                }
            }
        }
        return Set.copyOf(all);
    }

    /// What the requests in a controller's log (`--v=5`) need; discovery, which everybody may read, left out.
    static Set<Permission> neededBy(String log) {
        return CALL.matcher(log)
                .results()
                .flatMap(call -> of(call.group(1), call.group(2), call.group(3).equals("true")).stream())
                .collect(Collectors.toSet());
    }

    private static Optional<Permission> of(String method, String path, boolean watch) {
        var parts = PATH.matcher(path);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var group = parts.group(1) == null ? "" : parts.group(1);
        var subresource = parts.group(4) == null ? "" : "/" + parts.group(4);
        var named = parts.group(3) != null;
        var verb = switch (method) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> "delete";
            default -> watch ? "watch" : named ? "get" : "list";
        };
        return Optional.of(new Permission(group, parts.group(2) + subresource, verb));
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
