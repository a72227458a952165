package dev.acme53.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The users, roles, policies, token providers and sessions of all accounts.
final class Accounts {
    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final SimulatorSettings settings;
    private final Map<String, Identity> identities = new HashMap<>();
    private final Map<String, IamPolicy> policies = new HashMap<>();
    private final Map<String, Role> roles = new HashMap<>();
    private final Map<String, OidcProvider> providers = new HashMap<>();

    Accounts(SimulatorSettings settings) {
        this.settings = settings;
    }

    synchronized AccessKey addUser(String account, String name, IamPolicy policy) {
        var arn = "arn:aws:iam::%s:user/%s".formatted(account, name);
        policies.put(arn, policy);
        return addKey(arn);
    }

    /// One more key of a user, as in a rotation.
    synchronized AccessKey addKey(String userArn) {
        var key = new AccessKey("AKIA" + random(16), random(40).toLowerCase(Locale.ROOT));
        identities.put(key.id(), new Identity(key, userArn, userArn, userArn.split(":")[4], "", Instant.MAX));
        return key;
    }

    synchronized void removeKey(String accessKeyId) {
        identities.remove(accessKeyId);
    }

    synchronized void addRole(Role role) {
        roles.put(role.arn(), role);
        policies.put(role.arn(), role.policy());
    }

    synchronized void addProvider(OidcProvider provider) {
        providers.put(provider.issuer(), provider);
    }

    synchronized void policy(String arn, IamPolicy policy) {
        policies.put(arn, policy);
    }

    synchronized Optional<Identity> identity(String accessKeyId) {
        return Optional.ofNullable(identities.get(accessKeyId));
    }

    synchronized Optional<Role> role(String arn) {
        return Optional.ofNullable(roles.get(arn));
    }

    synchronized Optional<OidcProvider> provider(String issuer) {
        return Optional.ofNullable(providers.get(issuer));
    }

    /// A new session of a role.
    synchronized Identity session(Role role, String sessionName, Duration lifetime) {
        var arn = "arn:aws:sts::%s:assumed-role/%s/%s".formatted(role.account(), role.name(), sessionName);
        var session = new Identity(
                new AccessKey("ASIA" + random(16), random(40).toLowerCase(Locale.ROOT)),
                arn,
                role.arn(),
                role.account(),
                random(120),
                settings.clock().instant().plus(lifetime));
        identities.put(session.key().id(), session);
        return session;
    }

    /// Ends every session now, whatever lifetime it had.
    synchronized void expireSessions() {
        var now = settings.clock().instant();
        identities.replaceAll((_, i) ->
                i.isSession() ? new Identity(i.key(), i.arn(), i.policyArn(), i.account(), i.sessionToken(), now) : i);
    }

    /// Every session that was ever given, ended ones too.
    synchronized List<SessionKey> sessions() {
        return identities.values().stream()
                .filter(Identity::isSession)
                .map(i -> new SessionKey(i.key(), i.sessionToken(), i.expires()))
                .toList();
    }

    synchronized boolean allows(Identity identity, IamRequest request) {
        var policy = policies.get(identity.policyArn());
        return policy != null && policy.allows(request);
    }

    /// @throws Refusal `AccessDenied`
    void require(Identity identity, IamRequest request) {
        if (!allows(identity, request)) {
            throw Refusal.accessDenied(identity.arn(), request.action(), request.resource());
        }
    }

    private String random(int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(CHARACTERS.charAt(settings.nextInt(CHARACTERS.length())));
        }
        return text.toString();
    }
}
