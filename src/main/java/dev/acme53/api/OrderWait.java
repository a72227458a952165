package dev.acme53.api;

import java.util.regex.Pattern;

/// How a CertificateRequest's Ready condition begins while the request waits for its Order; what holds the Order up
/// follows after a semicolon.
public final class OrderWait {
    private static final Pattern ALONE = Pattern.compile("Waiting on certificate issuance from order \\S+: \"[a-z]+\"");

    private OrderWait() {}

    /// What is said while nothing holds the Order up.
    /// @param order as `namespace/name`
    public static String of(String order, State state) {
        return "Waiting on certificate issuance from order " + order + ": \"" + state.text() + "\"";
    }

    /// Whether `message` says that an Order is waited for and nothing more: it goes its way.
    public static boolean isAllOf(String message) {
        return ALONE.matcher(message).matches();
    }
}
