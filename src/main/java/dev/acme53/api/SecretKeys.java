package dev.acme53.api;

/// Keys of Secret data (behaviour.md §1.7).
public final class SecretKeys {
    public static final String PRIVATE_KEY = "tls.key";
    public static final String CERTIFICATE = "tls.crt";

    /// Only when the issuer gave one: never on the ACME path.
    public static final String CA = "ca.crt";

    public static final String PRIVATE_KEY_DER = "key.der";
    public static final String COMBINED_PEM = "tls-combined.pem";
    public static final String JKS = "keystore.jks";
    public static final String JKS_TRUST = "truststore.jks";
    public static final String PKCS12 = "keystore.p12";
    public static final String PKCS12_TRUST = "truststore.p12";

    /// The type of a target Secret that we create.
    public static final String TLS_TYPE = "kubernetes.io/tls";

    private SecretKeys() {}
}
