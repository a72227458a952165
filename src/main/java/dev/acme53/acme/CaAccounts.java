package dev.acme53.acme;

import java.net.URI;
import java.net.URISyntaxException;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.toolbox.AcmeUtils;
import org.shredzone.acme4j.toolbox.JSONBuilder;

/// Accounts by acme4j. Issuers that name the same CA in the same way share its directory, those that trust
/// alike share connections.
final class CaAccounts implements AcmeAccounts {
    private static final int KEPT = 64;

    private final HttpSettings settings;
    private final AcmeRequestObserver observer;
    private final InstantSource clock;
    private final int sessions;
    private final Map<CaTrust, CaHttp> clients = new Recent<>();
    private final Map<AcmeServer, Ca> cas = new Recent<>();

    CaAccounts(HttpSettings settings, AcmeRequestObserver observer, InstantSource clock, int sessions) {
        this.settings = settings;
        this.observer = observer;
        this.clock = clock;
        this.sessions = sessions;
    }

    @Override
    public AcmeResult<RegisteredAccount> register(AcmeServer server, KeyPair key, Registration registration) {
        return at(server, ca -> {
            var session = new AcmeSession(ca);
            return ca.call(session, "register_account", () -> register(session, key, registration));
        });
    }

    private static RegisteredAccount register(AcmeSession session, KeyPair key, Registration registration)
            throws AcmeException, URISyntaxException {
        var builder = new AccountBuilder().useKeyPair(key);
        if (registration.email().isPresent()) {
            builder.addContact(contact(registration.email().get()));
        }
        if (session.getMetadata().getTermsOfService().isPresent()) {
            builder.agreeToTermsOfService();
        }
        registration
                .eab()
                .ifPresent(eab ->
                        builder.withKeyIdentifier(eab.keyId(), eab.macKey()).withMacAlgorithm("HS256"));
        var login = builder.createLogin(session);
        return Views.account(
                login.getAccountLocation().toURI(), login.getAccount().getJSON(), session.status() == 201);
    }

    @Override
    public AcmeResult<RegisteredAccount> updateEmail(
            AcmeServer server, KeyPair key, URI account, Optional<String> email) {
        return at(
                server,
                ca -> new SessionPool(ca, account, key, 1).call("update_registration", login -> {
                    var contacts = email.isPresent() ? List.of(contact(email.get())) : List.of();
                    var claims = new JSONBuilder().array("contact", contacts);
                    return Views.account(account, CaAccount.post(login, account, claims), false);
                }));
    }

    @Override
    public AcmeAccount login(AcmeServer server, KeyPair key, URI account) {
        if (!CaDirectory.isHttps(server.directory()) || !CaDirectory.isHttps(account)) {
            throw new IllegalArgumentException("a CA and its accounts have https URLs");
        }
        return new CaAccount(new SessionPool(ca(server), account, key, sessions));
    }

    private <T> AcmeResult<T> at(AcmeServer server, Function<Ca, AcmeResult<T>> call) {
        return CaDirectory.isHttps(server.directory())
                ? call.apply(ca(server))
                : new AcmeResult.Refused<>(
                        new AcmeFailure.NotSent("the CA's directory must be an https URL (RFC 8555 section 6.1)"));
    }

    private synchronized Ca ca(AcmeServer server) {
        var http = clients.computeIfAbsent(CaTrust.of(server), trust -> new CaHttp(trust, settings, observer, clock));
        return cas.computeIfAbsent(server, s -> new Ca(s, http, clock));
    }

    /// CAs compare contacts as text, so the case of an address is not kept (behaviour.md §5.1 step 8).
    private static URI contact(String email) throws NotSentException {
        try {
            var contact = new URI("mailto:" + email.toLowerCase(Locale.ROOT));
            AcmeUtils.validateContact(contact);
            return contact;
        } catch (URISyntaxException | IllegalArgumentException _) {
            throw new NotSentException("\"" + ProblemText.cleaned(email) + "\" is not one email address");
        }
    }

    /// The entries used last; a CA that is dropped here is only read anew.
    private static final class Recent<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > KEPT;
        }
    }
}
