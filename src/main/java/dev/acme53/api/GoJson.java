package dev.acme53.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Specs as Go's encoding/json writes the peer's structs, octet for octet, since names are hashes of it
/// (behaviour.md §0.5): members in the order of the structs, unset ones as there, canonical durations, `<`, `>`
/// and `&` escaped.
final class GoJson {
    private static final ObjectMapper JSON = new JsonMapper();
    private static final List<String> PROVIDERS_BEFORE_ROUTE53 = List.of("akamai", "cloudDNS", "cloudflare");
    private static final List<String> PROVIDERS_AFTER_ROUTE53 =
            List.of("azureDNS", "digitalocean", "acmeDNS", "rfc2136", "webhook");

    private GoJson() {}

    /// With `request` null, whatever it is.
    static String order(OrderSpec spec) {
        return text(orderNode(spec));
    }

    static String orderOf(String certificateRequest, OrderSpec spec) {
        var node = object().put("certificateRequestName", certificateRequest);
        node.set("spec", orderNode(spec));
        return text(node);
    }

    private static ObjectNode orderNode(OrderSpec spec) {
        var node = object().putNull("request");
        node.set("issuerRef", tree(spec.issuerRef()));
        putUnlessEmpty(node, "commonName", spec.commonName());
        putUnlessEmpty(node, "dnsNames", spec.dnsNames());
        putUnlessEmpty(node, "ipAddresses", spec.ipAddresses());
        putUnlessEmpty(node, "duration", canonical(spec.duration()));
        putUnlessEmpty(node, "profile", spec.profile());
        putUnlessEmpty(node, "replaces", spec.replaces());
        return node;
    }

    /// With `key` empty, whatever it is.
    static String challenge(ChallengeSpec spec) {
        var node = object().put("url", spec.url())
                .put("authorizationURL", spec.authorizationURL())
                .put("dnsName", spec.dnsName())
                .put("wildcard", spec.wildcard())
                .put("type", spec.type() == null ? "" : spec.type().text())
                .put("token", spec.token())
                .put("key", "");
        node.set("solver", solver(spec.solver()));
        node.set("issuerRef", tree(spec.issuerRef()));
        return text(node);
    }

    private static ObjectNode solver(Solver solver) {
        var node = object();
        var selector = solver.selector();
        if (selector != null) {
            var part = object();
            if (!selector.matchLabels().isEmpty()) {
                part.set("matchLabels", tree(new TreeMap<>(selector.matchLabels())));
            }
            putUnlessEmpty(part, "dnsNames", selector.dnsNames());
            putUnlessEmpty(part, "dnsZones", selector.dnsZones());
            node.set("selector", part);
        }
        if (solver.http01() != null) {
            node.set("http01", solver.http01().json());
        }
        if (solver.dns01() != null) {
            node.set("dns01", dns01(solver.dns01()));
        }
        if (solver.waitInsteadOfSelfCheck() != null) {
            node.put("waitInsteadOfSelfCheck", canonical(solver.waitInsteadOfSelfCheck()));
        }
        return node;
    }

    private static ObjectNode dns01(Dns01Solver dns01) {
        var node = object();
        if (dns01.cnameStrategy() != null) {
            node.put("cnameStrategy", dns01.cnameStrategy().text());
        }
        putUnlessEmpty(node, "nameservers", dns01.nameservers());
        putProviders(node, dns01.otherProviders(), PROVIDERS_BEFORE_ROUTE53);
        if (dns01.route53() != null) {
            node.set("route53", route53(dns01.route53()));
        }
        putProviders(node, dns01.otherProviders(), PROVIDERS_AFTER_ROUTE53);
        return node;
    }

    private static ObjectNode route53(Route53Solver route53) {
        var node = object();
        if (route53.auth() != null) {
            node.set("auth", tree(route53.auth()));
        }
        putUnlessEmpty(node, "accessKeyID", route53.accessKeyID());
        if (route53.accessKeyIDSecretRef() != null) {
            node.set("accessKeyIDSecretRef", tree(route53.accessKeyIDSecretRef()));
        }
        node.set("secretAccessKeySecretRef", tree(SecretKeySelector.or(route53.secretAccessKeySecretRef())));
        putUnlessEmpty(node, "role", route53.role());
        putUnlessEmpty(node, "hostedZoneID", route53.hostedZoneID());
        putUnlessEmpty(node, "region", route53.region());
        return node;
    }

    private static void putProviders(ObjectNode node, Map<String, Preserved> given, List<String> names) {
        for (var name : names) {
            var provider = given.get(name);
            if (provider != null) {
                node.set(name, provider.json());
            }
        }
    }

    private static void putUnlessEmpty(ObjectNode node, String name, String text) {
        if (!text.isEmpty()) {
            node.put(name, text);
        }
    }

    private static void putUnlessEmpty(ObjectNode node, String name, List<String> list) {
        if (!list.isEmpty()) {
            node.set(name, tree(list));
        }
    }

    /// Text that is no duration stays as it is: the API server refuses it before it comes here.
    private static String canonical(String duration) {
        return GoDuration.parse(duration).map(GoDuration::format).orElse(duration);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static JsonNode tree(Object value) {
        return JSON.valueToTree(value);
    }

    private static String text(JsonNode node) {
        var out = new StringBuilder();
        write(node, out);
        return out.toString();
    }

    private static void write(JsonNode node, StringBuilder out) {
        if (node.isObject()) {
            var separator = '{';
            for (var member : node.properties()) {
                out.append(separator);
                quote(member.getKey(), out);
                out.append(':');
                write(member.getValue(), out);
                separator = ',';
            }
            out.append(node.isEmpty() ? "{}" : "}");
        } else if (node.isArray()) {
            var separator = '[';
            for (var element : node) {
                out.append(separator);
                write(element, out);
                separator = ',';
            }
            out.append(node.isEmpty() ? "[]" : "]");
        } else if (node.isTextual()) {
            quote(node.textValue(), out);
        } else {
            out.append(node.asText());
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '<', '>', '&', '\u2028', '\u2029' -> out.append("\\u%04x".formatted((int) c));
                default -> {
                    if (c < ' ') {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
