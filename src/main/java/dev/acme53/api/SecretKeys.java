package dev.acme53.api;

/// Keys of Secret data (behaviour.md §1.7).
public final class SecretKeys {
    public static final String PRIVATE_KEY = "tls.key";
    public static final String CERTIFICATE = "tls.crt";

    /// Only when the issuer gave one: never on the ACME path.
    public static final String CA = "ca.crt";

    /// The type of a target Secret that we create.
    public static final String TLS_TYPE = "kubernetes.io/tls";

    private SecretKeys() {}
}
