package dev.acme53.names;

import java.util.regex.Pattern;

/// The form of most Kubernetes objects' names: a subdomain by RFC 1123, of at most 253 characters.
///
/// A name goes into a request's path as it is. Text from an object that is not of this form names nothing, and must
/// not be asked for: `../../other/secrets/x` would leave the namespace.
public final class SubdomainName {
    private static final int LONGEST = 253;
    private static final Pattern FORM =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private SubdomainName() {}

    /// Whether an object can have this name.
    public static boolean isOne(String text) {
        return text.length() <= LONGEST && FORM.matcher(text).matches();
    }
}
