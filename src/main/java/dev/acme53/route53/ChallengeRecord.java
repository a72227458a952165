package dev.acme53.route53;

import dev.acme53.names.DnsName;
import java.util.regex.Pattern;

/// The TXT record that proves control of one identifier (RFC 8555 §8.4).
///
/// @param name where it stands, `_acme-challenge.` included, or the end of a CNAME chain from there
/// @param value unquoted: base64url of a SHA-256, 43 characters
public record ChallengeRecord(DnsName name, String value) {
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{43}");

    /// Checks the value's form.
    /// @throws IllegalArgumentException when `value` has another form: it comes from an object that anyone with the
    /// right to create one may have written, and a quote in it would change the record
    public ChallengeRecord {
        if (!isValue(value)) {
            throw new IllegalArgumentException("the value of a DNS-01 record has 43 characters of base64url");
        }
    }

    /// Whether `text` has the form of a DNS-01 value.
    public static boolean isValue(String text) {
        return VALUE.matcher(text).matches();
    }

    /// As Route 53 stores it, in double quotes; also the record's set identifier.
    String quoted() {
        return '"' + value + '"';
    }
}
