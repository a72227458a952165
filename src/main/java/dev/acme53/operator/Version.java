package dev.acme53.operator;

import java.util.Objects;

/// This program's version, and that of the API it serves.
final class Version {
    /// The release of cert-manager whose API this program serves.
    static final String API = "v1.21.1";

    private Version() {}

    /// The version in the jar's manifest; `dev` when run from classes.
    static String own() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "dev");
    }

    /// What the API server's audit log shows (behaviour.md §0.3). Every write names its field manager itself.
    static String userAgent() {
        return "cert-manager-acme53/" + own() + " ("
                + System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT) + "/" + System.getProperty("os.arch")
                + ") acme53";
    }
}
