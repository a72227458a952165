package dev.acme53.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// An IAM identity policy, evaluated as IAM does: an explicit Deny wins, without an Allow nothing is allowed.
/// Conditions are those on Route 53's three keys about record changes; any other element is refused at parsing,
/// never ignored.
public record IamPolicy(List<Statement> statements) {
    public IamPolicy {
        statements = List.copyOf(statements);
    }

    record Statement(boolean allow, List<String> actions, List<String> resources, List<Condition> conditions) {
        boolean matches(IamRequest request) {
            return actions.stream().anyMatch(a -> like(a.toLowerCase(Locale.ROOT), lower(request.action())))
                    && resources.stream().anyMatch(r -> like(r, request.resource()))
                    && conditions.stream().allMatch(c -> c.holds(request));
        }
    }

    record Condition(boolean all, boolean patterns, String key, List<String> values) {
        /// `ForAllValues` holds for a request without the key.
        boolean holds(IamRequest request) {
            var asked = request.keys().getOrDefault(key, List.of());
            return all ? asked.stream().allMatch(this::matches) : asked.stream().anyMatch(this::matches);
        }

        private boolean matches(String asked) {
            return values.stream().anyMatch(v -> patterns ? like(v, asked) : v.equals(asked));
        }
    }

    /// The policy that the documentation tells users to attach (route53.md R4).
    public static IamPolicy documented() {
        return parse("""
                {"Version":"2012-10-17","Statement":[
                 {"Effect":"Allow","Action":["route53:GetChange"],"Resource":["arn:aws:route53:::change/*"]},
                 {"Effect":"Allow","Action":["route53:ChangeResourceRecordSets","route53:ListResourceRecordSets"],
                  "Resource":["arn:aws:route53:::hostedzone/*"]},
                 {"Effect":"Allow","Action":["route53:ListHostedZonesByName"],"Resource":["*"]}]}""");
    }

    /// The documented policy narrowed to one zone, without the look-up (R5, R6).
    public static IamPolicy documentedFor(String zoneId) {
        return parse("""
                {"Version":"2012-10-17","Statement":[
                 {"Effect":"Allow","Action":"route53:GetChange","Resource":"arn:aws:route53:::change/*"},
                 {"Effect":"Allow","Action":["route53:ChangeResourceRecordSets","route53:ListResourceRecordSets"],
                  "Resource":"arn:aws:route53:::hostedzone/%s"}]}""".formatted(zoneId));
    }

    public static IamPolicy everything() {
        return parse("""
                {"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""");
    }

    public static IamPolicy nothing() {
        return new IamPolicy(List.of());
    }

    /// This policy with one more statement that denies an action.
    ///
    /// @param action `route53:GetChange`, wildcards allowed
    /// @param resource an ARN, wildcards allowed
    public IamPolicy denying(String action, String resource) {
        return with(new Statement(false, List.of(action), List.of(resource), List.of()));
    }

    /// This policy with one more statement that allows an action.
    public IamPolicy allowing(String action, String resource) {
        return with(new Statement(true, List.of(action), List.of(resource), List.of()));
    }

    private IamPolicy with(Statement statement) {
        var more = new ArrayList<>(statements);
        more.add(statement);
        return new IamPolicy(more);
    }

    boolean allows(IamRequest request) {
        return statements.stream().anyMatch(s -> s.allow() && s.matches(request))
                && statements.stream().noneMatch(s -> !s.allow() && s.matches(request));
    }

    /// @param json a policy document
    public static IamPolicy parse(String json) {
        try {
            var statements = new ArrayList<Statement>();
            var node = JsonMapper.builder().build().readTree(json).path("Statement");
            for (var statement : node.isArray() ? node : List.of(node)) {
                statements.add(statement(statement));
            }
            return new IamPolicy(statements);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static Statement statement(JsonNode node) {
        for (var field : (Iterable<String>) node::fieldNames) {
            if (!List.of("Sid", "Effect", "Action", "Resource", "Condition").contains(field)) {
                throw new IllegalArgumentException("not simulated: " + field);
            }
        }
        var conditions = new ArrayList<Condition>();
        node.path("Condition")
                .properties()
                .forEach(operator -> operator.getValue()
                        .properties()
                        .forEach(key ->
                                conditions.add(condition(operator.getKey(), key.getKey(), texts(key.getValue())))));
        return new Statement(
                node.path("Effect").asText().equals("Allow"),
                texts(node.path("Action")),
                texts(node.path("Resource")),
                conditions);
    }

    private static Condition condition(String operator, String key, List<String> values) {
        if (!key.startsWith("route53:ChangeResourceRecordSets")) {
            throw new IllegalArgumentException("not simulated: " + key);
        }
        return switch (operator) {
            case "ForAllValues:StringEquals" -> new Condition(true, false, key, values);
            case "ForAllValues:StringLike" -> new Condition(true, true, key, values);
            case "ForAnyValue:StringEquals" -> new Condition(false, false, key, values);
            case "ForAnyValue:StringLike" -> new Condition(false, true, key, values);
            default -> throw new IllegalArgumentException("not simulated: " + operator);
        };
    }

    private static List<String> texts(JsonNode node) {
        var texts = new ArrayList<String>();
        if (node.isArray()) {
            node.forEach(n -> texts.add(n.asText()));
        } else {
            texts.add(node.asText());
        }
        return List.copyOf(texts);
    }

    private static boolean like(String pattern, String text) {
        var regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            regex.append(
                    switch (c) {
                        case '*' -> ".*";
                        case '?' -> ".";
                        default -> Pattern.quote(String.valueOf(c));
                    });
        }
        return Pattern.matches(regex.toString(), text);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
