package dev.acme53.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Specs as the peer's structs are written in JSON, octet for octet, since names are hashes of it (behaviour.md §0.5):
/// members in the order of the structs, unset ones as there, canonical durations.
final class HashedSpecs {
    private static final ObjectMapper JSON = new JsonMapper();
    private static final List<String> PROVIDERS_BEFORE_ROUTE53 = List.of("akamai", "cloudDNS", "cloudflare");
    private static final List<String> PROVIDERS_AFTER_ROUTE53 =
            List.of("azureDNS", "digitalocean", "acmeDNS", "rfc2136", "webhook");

    private HashedSpecs() {}

    /// With `request` null, whatever it is.
    static String order(OrderSpec spec) {
        return GoJson.text(orderNode(spec));
    }

    static String orderOf(String certificateRequest, OrderSpec spec) {
        var node = object().put("certificateRequestName", certificateRequest);
        node.set("spec", orderNode(spec));
        return GoJson.text(node);
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
        return GoJson.text(node);
    }

    static String solverText(Solver solver) {
        return GoJson.text(solver(solver));
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
}
