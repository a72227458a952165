package dev.acme53.api;

/// Labels that we write or select by (api.md §9.3).
public final class Labels {
    /// On target and next-key Secrets, value [#TRUE]: only these are cached in full.
    public static final String CACHED = "controller.cert-manager.io/fao";

    /// On the Secret of a key that is not yet certified, value [#TRUE].
    public static final String NEXT_PRIVATE_KEY = "cert-manager.io/next-private-key";

    /// On account key Secrets, value [#MANAGER].
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    public static final String MANAGER = "cert-manager";
    public static final String TRUE = "true";

    private Labels() {}
}
