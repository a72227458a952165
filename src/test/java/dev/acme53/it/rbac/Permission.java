package dev.acme53.it.rbac;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acme53.servers.AuditLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/// One verb on one kind of resource, as RBAC counts.
///
/// @param group empty for core
/// @param resource plural, with `/subresource`
record Permission(String group, String resource, String verb) {
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

    /// What a request needs.
    static Permission of(AuditLog.Request request) {
        return new Permission(request.group(), request.resource(), request.verb());
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
