package dev.acme53.servers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How a Pebble behaves: always strict, always validating, otherwise Pebble's own defaults (5 % of good nonces refused,
/// valid authorizations reused half of the time) except that validation does not idle up to 5 s first.
/// Immutable; each `with` is a changed copy.
public final class PebbleSettings {
    private final InetSocketAddress dns;
    private final Map<String, String> environment;
    private final Map<String, Object> configuration;
    private final String name;

    private PebbleSettings(
            InetSocketAddress dns, Map<String, String> environment, Map<String, Object> configuration, String name) {
        this.dns = dns;
        this.environment = Map.copyOf(environment);
        this.configuration = Map.copyOf(configuration);
        this.name = name;
    }

    /// Names are looked up at `dns`, by TCP, and nowhere else.
    public static PebbleSettings resolvingAt(InetSocketAddress dns) {
        return new PebbleSettings(dns, Map.of("PEBBLE_VA_NOSLEEP", "1"), Map.of(), "")
                .withBadNonces(5)
                .withAuthorizationReuse(50)
                .withRetryAfter(Duration.ofSeconds(1), Duration.ofSeconds(1))
                .withProfiles(Map.of("default", Duration.ofDays(90), "shortlived", Duration.ofDays(6)));
    }

    /// The percentage of good nonces that are refused as bad.
    public PebbleSettings withBadNonces(int percent) {
        return set("PEBBLE_WFE_NONCEREJECT", Integer.toString(percent));
    }

    /// How often, in percent, a valid authorization of an earlier order is used again.
    public PebbleSettings withAuthorizationReuse(int percent) {
        return set("PEBBLE_AUTHZREUSE", Integer.toString(percent));
    }

    /// How many chains to further roots the CA offers beside the default one.
    public PebbleSettings withAlternateRoots(int count) {
        return set("PEBBLE_ALTERNATE_ROOTS", Integer.toString(count));
    }

    /// How many intermediates stand between a leaf and its root, at least one.
    public PebbleSettings withChainLength(int intermediates) {
        return set("PEBBLE_CHAIN_LENGTH", Integer.toString(intermediates));
    }

    /// Each validation idles up to 5 s first.
    public PebbleSettings withIdleBeforeValidation() {
        return set("PEBBLE_VA_NOSLEEP", "0");
    }

    /// Every new account must be bound to one of these: key identifier to MAC key (base64url without padding).
    public PebbleSettings withExternalAccounts(Map<String, String> macKeys) {
        return set("externalAccountBindingRequired", true).set("externalAccountMACKeys", macKeys);
    }

    /// Names that newOrder refuses, with everything below them.
    public PebbleSettings withBlocked(List<String> names) {
        return set("domainBlocklist", names);
    }

    /// The profiles offered, by the validity of their certificates.
    public PebbleSettings withProfiles(Map<String, Duration> validities) {
        return set(
                "profiles",
                validities.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                profile -> Map.of(
                                        "description", profile.getKey(),
                                        "validityPeriod", profile.getValue().toSeconds()))));
    }

    /// What `Retry-After` says while an authorization or an order is processing; zero leaves it out.
    public PebbleSettings withRetryAfter(Duration authorization, Duration order) {
        return set("retryAfter", Map.of("authz", authorization.toSeconds(), "order", order.toSeconds()));
    }

    /// The CA is also reached under `name`, a host name or address, which its TLS certificate then has.
    public PebbleSettings withName(String name) {
        return new PebbleSettings(dns, environment, configuration, name);
    }

    /// The names for its TLS certificate.
    List<String> names(String... own) {
        return Stream.concat(Stream.of(own), Stream.of(name).filter(n -> !n.isEmpty()))
                .toList();
    }

    InetSocketAddress dns() {
        return dns;
    }

    Map<String, String> environment() {
        return environment;
    }

    /// The configuration file of a Pebble that listens at these two addresses with these two files, which lie in its
    /// working folder.
    String configuration(String acme, String management, String certificate, String key) {
        var all = new HashMap<>(configuration);
        all.put("listenAddress", acme);
        all.put("managementListenAddress", management);
        all.put("certificate", certificate);
        all.put("privateKey", key);
        all.put("keyAlgorithm", "ecdsa");
        try {
            return new JsonMapper().writeValueAsString(Map.of("pebble", all));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private PebbleSettings set(String variable, String value) {
        var changed = new HashMap<>(environment);
        changed.put(variable, value);
        return new PebbleSettings(dns, changed, configuration, name);
    }

    private PebbleSettings set(String key, Object value) {
        var changed = new HashMap<>(configuration);
        changed.put(key, value);
        return new PebbleSettings(dns, environment, changed, name);
    }
}
