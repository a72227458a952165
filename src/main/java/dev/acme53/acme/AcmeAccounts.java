package dev.acme53.acme;

import java.net.URI;
import java.security.KeyPair;
import java.util.Optional;

/// Accounts at CAs. The registering calls block and are safe to repeat: a key has one account at a CA.
public interface AcmeAccounts {
    /// The account of this key, made when there is none (RFC 8555 §7.3).
    ///
    /// An account that exists is given as it is, its contact unchanged.
    AcmeResult<RegisteredAccount> register(AcmeServer server, KeyPair key, Registration registration);

    /// Makes `email` the only contact of the account; empty: no contact at all (RFC 8555 §7.3.2).
    AcmeResult<RegisteredAccount> updateEmail(AcmeServer server, KeyPair key, URI account, Optional<String> email);

    /// The account behind a key and a URL, without asking the CA whether they belong together. Never blocks.
    AcmeAccount login(AcmeServer server, KeyPair key, URI account);
}
