package dev.acme53.x509;

/// How many octets of PEM text are read at most; more is refused unread (behaviour.md §6.2).
///
/// @param certificate one certificate or one certificate signing request
/// @param privateKey one private key
/// @param chain a chain that a CA issued
/// @param bundle a list of trusted CAs
public record PemLimits(int certificate, int privateKey, int chain, int bundle) {
    /// The flags' defaults.
    public static final PemLimits DEFAULTS = new PemLimits(36_500, 13_000, 95_000, 330_000);

    public PemLimits {
        if (certificate <= 0 || privateKey <= 0 || chain <= 0 || bundle <= 0) {
            throw new IllegalArgumentException("PEM size limits must be positive");
        }
    }
}
