package dev.acme53.account;

import dev.acme53.acme.AcmeAccount;
import dev.acme53.acme.AcmeAccounts;
import dev.acme53.acme.AcmeServer;
import dev.acme53.api.AcmeIssuer;
import dev.acme53.api.AnyIssuer;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// From an issuer that is set up to the login at its CA.
///
/// A login is kept per issuer (by UID) as long as server, trust, account URL and key hash stay what they were,
/// so that the key Secret is read once and not on every use; the issuer stage notices a changed key and puts
/// its hash into the status. May be used from any number of threads.
public final class AccountLogins {
    private static final int KEPT = 1000;

    private final AccountKeys keys;
    private final AcmeAccounts accounts;
    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > KEPT;
        }
    };

    public AccountLogins(AccountKeys keys, AcmeAccounts accounts) {
        this.keys = keys;
        this.accounts = accounts;
    }

    /// Whether there is a login.
    public sealed interface Login {
        record Ready(AcmeAccount account) implements Login {}

        /// Not now. The issuer's next status change may bring one; a Secret or API server that was away needs
        /// another try.
        ///
        /// @param reason a stable sentence part for users that names the issuer
        record NotReady(String reason) implements Login {}
    }

    /// The login of an issuer whose Ready condition is True for its present generation.
    ///
    /// Blocks while the key Secret is read, which is when nothing is kept yet. Never throws for what the API
    /// server says.
    public Login login(AnyIssuer issuer) {
        var named = issuer.getKind() + " \"" + issuer.getMetadata().getName() + "\"";
        var acme = issuer.getSpec().acme();
        if (acme == null) {
            return new Login.NotReady(named + " is not an ACME issuer");
        }
        var account = issuer.statusOrEmpty().acme();
        if (!isSetUp(issuer) || account == null) {
            return new Login.NotReady(named + " is not ready");
        }
        var server = NamedServer.of(acme);
        var url = NamedServer.https(account.uri());
        if (server.isEmpty() || url.isEmpty()) {
            return new Login.NotReady(named + " has no account at an https server");
        }
        var identity = new Identity(server.get(), url.get(), account.lastPrivateKeyHash());
        return find(issuer.getMetadata().getUid(), identity)
                .<Login>map(Login.Ready::new)
                .orElseGet(() -> login(issuer, acme, identity, named));
    }

    private Login login(AnyIssuer issuer, AcmeIssuer acme, Identity identity, String named) {
        try {
            return switch (keys.find(issuer, acme)) {
                case AccountKey.NoSecret(var namespace, var name) ->
                    new Login.NotReady(named + ": there is no account key Secret " + namespace + "/" + name);
                case AccountKey.Unusable(var reason) -> new Login.NotReady(named + ": " + reason);
                case AccountKey.Found(var pair, var hash) -> {
                    if (!hash.equals(identity.keyHash)) {
                        yield new Login.NotReady(named + " is not yet registered with its new account key");
                    }
                    var account = accounts.login(identity.server, pair, identity.account);
                    keep(issuer.getMetadata().getUid(), new Known(identity, account));
                    yield new Login.Ready(account);
                }
            };
        } catch (KubernetesClientException e) {
            return new Login.NotReady(named + ": the account key Secret cannot be read (" + e.getCode() + ")");
        }
    }

    private static boolean isSetUp(AnyIssuer issuer) {
        return issuer.hasReady()
                && Conditions.find(issuer.statusOrEmpty().conditions(), ConditionTypes.READY)
                        .filter(c -> c.observedGeneration() == null
                                || Objects.equals(
                                        c.observedGeneration(),
                                        issuer.getMetadata().getGeneration()))
                        .isPresent();
    }

    private synchronized Optional<AcmeAccount> find(String uid, Identity identity) {
        return Optional.ofNullable(known.get(uid))
                .filter(k -> k.identity.equals(identity))
                .map(Known::account);
    }

    private synchronized void keep(String uid, Known login) {
        known.put(uid, login);
    }

    /// What must stay as it was for a login to be used again.
    private record Identity(AcmeServer server, URI account, String keyHash) {}

    private record Known(Identity identity, AcmeAccount account) {}
}
