package dev.acme53.tools;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/// What an identity must be allowed to do in Route 53 (route53.md R4 to R7), as tight as IAM can say it.
///
/// @param partition `aws`, `aws-cn` …
/// @param zones ids of the hosted zones; any zone when one has to be looked up
/// @param lookUp whether zones have to be found by name
/// @param records whose records are written
/// @param roles ARNs of roles to be taken
record PermissionPolicy(
        String partition, SortedSet<String> zones, boolean lookUp, RecordNames records, SortedSet<String> roles) {
    /// The longest managed policy, blanks not counted.
    static final int LONGEST = 6144;

    private static final String KEY = "route53:ChangeResourceRecordSets";

    PermissionPolicy with(RecordNames others) {
        return new PermissionPolicy(partition, zones, lookUp, others, roles);
    }

    boolean fits() {
        return document("").json().replaceAll("\\s", "").length() <= LONGEST;
    }

    Document document(String purpose) {
        var statements = new ArrayList<Object>();
        if (!records.texts().isEmpty()) {
            statements.add(statement("WaitForChanges", "route53:GetChange", arns("change", List.of("*")), Map.of()));
            statements.add(statement("ReadRecords", "route53:ListResourceRecordSets", zoneArns(), Map.of()));
            statements.add(
                    statement("WriteChallengeRecords", "route53:ChangeResourceRecordSets", zoneArns(), conditions()));
            if (lookUp) {
                statements.add(statement("FindZones", "route53:ListHostedZonesByName", List.of("*"), Map.of()));
            }
        }
        if (!roles.isEmpty()) {
            statements.add(statement("TakeRoles", "sts:AssumeRole", List.copyOf(roles), Map.of()));
        }
        return new Document(purpose, policy(statements));
    }

    static Map<String, Object> policy(List<Object> statements) {
        var policy = new LinkedHashMap<String, Object>();
        policy.put("Version", "2012-10-17");
        policy.put("Statement", statements);
        return policy;
    }

    /// IAM takes a text for a list of one.
    static Object oneOrMany(Collection<String> texts) {
        return texts.size() == 1 ? texts.iterator().next() : List.copyOf(texts);
    }

    private static Map<String, Object> statement(
            String id, String action, List<String> resources, Map<String, Object> conditions) {
        var statement = new LinkedHashMap<String, Object>();
        statement.put("Sid", id);
        statement.put("Effect", "Allow");
        statement.put("Action", action);
        statement.put("Resource", oneOrMany(resources));
        if (!conditions.isEmpty()) {
            statement.put("Condition", conditions);
        }
        return statement;
    }

    /// A batch passes only if all its changes do.
    private Map<String, Object> conditions() {
        var equal = new LinkedHashMap<String, Object>();
        equal.put(KEY + "RecordTypes", "TXT");
        equal.put(KEY + "Actions", List.of("DELETE", "UPSERT"));
        var names = KEY + "NormalizedRecordNames";
        var conditions = new LinkedHashMap<String, Object>();
        conditions.put("ForAllValues:StringEquals", equal);
        if (records.patterns()) {
            conditions.put("ForAllValues:StringLike", Map.of(names, oneOrMany(records.texts())));
        } else {
            equal.put(names, oneOrMany(records.texts()));
        }
        return conditions;
    }

    private List<String> zoneArns() {
        return arns("hostedzone", lookUp || zones.isEmpty() ? List.of("*") : zones);
    }

    private List<String> arns(String kind, Collection<String> ids) {
        return ids.stream()
                .map(id -> "arn:" + partition + ":route53:::" + kind + "/" + id)
                .toList();
    }
}
