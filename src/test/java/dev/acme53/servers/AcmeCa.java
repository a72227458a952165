package dev.acme53.servers;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;

/// A running, strict ACME CA that validates by DNS and forgets everything when it restarts.
public interface AcmeCa extends AutoCloseable {
    /// The directory's URL, `https`.
    URI directory();

    /// The root of the CA's own TLS certificate, PEM: what an issuer's `caBundle` holds.
    String tlsRoot();

    /// The roots of what it issues: the default chain's first, then those of the alternate chains. A restart makes
    /// new ones.
    List<X509Certificate> issuanceRoots();

    /// What it has logged.
    String log();

    /// How many orders it was asked for and made.
    default long orders() {
        return log().lines().filter(line -> line.contains("Added order ")).count();
    }

    /// Stops the CA and starts it again at the same address: accounts, orders and keys are gone.
    void restart();

    /// Stops the CA until [#restart]: connections are refused.
    void stop();

    @Override
    void close();
}
