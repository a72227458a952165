package dev.acme53.acme;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.security.KeyPair;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.shredzone.acme4j.Login;

/// The sessions of one account. A session of acme4j has one nonce and is locked over each POST, so calls that
/// are to run side by side need several; how many is also what one account may ask of its CA at the same time (ADR 25).
final class SessionPool {
    private final Ca ca;
    private final URL account;
    private final KeyPair key;
    private final Semaphore free;
    private final Deque<Login> idle = new ConcurrentLinkedDeque<>();

    /// @param most of its sessions; made when they are needed
    SessionPool(Ca ca, URI account, KeyPair key, int most) {
        this.ca = ca;
        this.key = key;
        free = new Semaphore(most, true);
        try {
            this.account = account.toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    KeyPair key() {
        return key;
    }

    /// What a call does, logged in.
    @FunctionalInterface
    interface Use<T> {
        T with(Login login) throws Exception;
    }

    /// Makes a call by a session that nobody else uses meanwhile; waits for one when all are in use.
    <T> AcmeResult<T> call(String action, Use<T> use) {
        try {
            free.acquire();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new AcmeResult.Refused<>(new AcmeFailure.Transient("interrupted", Optional.empty()));
        }
        try {
            // The one used last has the freshest nonce
            var taken = idle.poll();
            var login = taken != null ? taken : new AcmeSession(ca).login(account, key);
            var result = ca.call((AcmeSession) login.getSession(), action, () -> use.with(login));
            idle.push(login);
            return result;
        } finally {
            free.release();
        }
    }
}
