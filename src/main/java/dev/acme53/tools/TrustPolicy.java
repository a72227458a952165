package dev.acme53.tools;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/// Who may take a role (route53.md R8, R9).
sealed interface TrustPolicy {
    /// A ServiceAccount by a token of its cluster: IRSA, or the `serviceAccountRef` of an issuer.
    ///
    /// @param provider `oidc.eks.eu-central-1.amazonaws.com/id/…`, without `https://`
    /// @param audiences of the token
    record WebIdentity(
            String partition, String account, String provider, ServiceAccount subject, SortedSet<String> audiences)
            implements TrustPolicy {}

    /// A ServiceAccount by EKS Pod Identity.
    record PodIdentity(ServiceAccount subject) implements TrustPolicy {}

    /// A role or user by its ARN.
    record ByName(RoleArn principal) implements TrustPolicy {}

    /// A role or user by its account, which must allow it too; goes on to work when the principal is made anew.
    record ByAccount(RoleArn principal) implements TrustPolicy {}

    default Document document(String purpose) {
        return new Document(purpose, PermissionPolicy.policy(List.of(statement())));
    }

    private Map<String, Object> statement() {
        return switch (this) {
            case WebIdentity token ->
                statement(
                        Map.of(
                                "Federated",
                                "arn:" + token.partition + ":iam::" + token.account + ":oidc-provider/"
                                        + token.provider),
                        List.of("sts:AssumeRoleWithWebIdentity"),
                        "StringEquals",
                        ordered(
                                token.provider + ":sub", token.subject.subject(),
                                token.provider + ":aud", PermissionPolicy.oneOrMany(token.audiences)));
            case PodIdentity pod ->
                statement(
                        Map.of("Service", "pods.eks.amazonaws.com"),
                        List.of("sts:AssumeRole", "sts:TagSession"),
                        "StringEquals",
                        ordered(
                                "aws:RequestTag/kubernetes-namespace", pod.subject.namespace(),
                                "aws:RequestTag/kubernetes-service-account", pod.subject.name()));
            case ByName by -> statement(Map.of("AWS", by.principal.text()), List.of("sts:AssumeRole"), "", Map.of());
            case ByAccount by ->
                statement(
                        Map.of("AWS", by.principal.everybody()),
                        List.of("sts:AssumeRole"),
                        "ArnEquals",
                        Map.of("aws:PrincipalArn", by.principal.text()));
        };
    }

    private static Map<String, Object> ordered(String key, Object value, String nextKey, Object nextValue) {
        var map = new LinkedHashMap<String, Object>();
        map.put(key, value);
        map.put(nextKey, nextValue);
        return map;
    }

    private static Map<String, Object> statement(
            Map<String, Object> principal, List<String> actions, String operator, Map<String, Object> conditions) {
        var statement = new LinkedHashMap<String, Object>();
        statement.put("Effect", "Allow");
        statement.put("Principal", principal);
        statement.put("Action", PermissionPolicy.oneOrMany(actions));
        if (!conditions.isEmpty()) {
            statement.put("Condition", Map.of(operator, conditions));
        }
        return statement;
    }
}
