package dev.acme53.acme;

import java.net.URI;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.Optional;

/// Accounts at CAs. The registering calls block and are safe to repeat: a key has one account at a CA.
public interface AcmeAccounts {
    /// How many requests of one account are under way at the same time (ADR 25).
    int AT_ONCE = 8;

    /// Accounts at real CAs.
    ///
    /// @param observer is told of every request
    static AcmeAccounts over(HttpSettings settings, AcmeRequestObserver observer, InstantSource clock) {
        return over(settings, observer, clock, AT_ONCE);
    }

    /// The same with another number of requests of one account at the same time.
    static AcmeAccounts over(HttpSettings settings, AcmeRequestObserver observer, InstantSource clock, int atOnce) {
        return new CaAccounts(settings, observer, clock, atOnce);
    }

    /// The account of this key, made when there is none (RFC 8555 §7.3).
    ///
    /// An account that exists is given as it is, its contact unchanged. The email is sent in lower case; one
    /// that is no address is [AcmeFailure.NotSent].
    AcmeResult<RegisteredAccount> register(AcmeServer server, KeyPair key, Registration registration);

    /// Makes `email` the only contact of the account; empty: no contact at all (RFC 8555 §7.3.2).
    AcmeResult<RegisteredAccount> updateEmail(AcmeServer server, KeyPair key, URI account, Optional<String> email);

    /// The account behind a key and a URL, without asking the CA whether they belong together. Never blocks.
    AcmeAccount login(AcmeServer server, KeyPair key, URI account);
}
