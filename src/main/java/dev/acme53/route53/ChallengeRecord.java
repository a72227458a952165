package dev.acme53.route53;

import dev.acme53.names.DnsName;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/// The TXT record that proves control of one identifier (RFC 8555 §8.4).
///
/// @param name where it stands, `_acme-challenge.` included, or the end of a CNAME chain from there
/// @param value unquoted: base64url of a SHA-256, 43 characters
public record ChallengeRecord(DnsName name, String value) {
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final long TTL = 10;

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

    /// The exact shape that the peer writes and deletes too (route53.md R37): one multivalue record set for each value,
    /// so that records for `x` and `*.x`, and those of two controllers, stand side by side.
    ResourceRecordSet recordSet() {
        return ResourceRecordSet.builder()
                .name(name.absolute())
                .type(RRType.TXT)
                .ttl(TTL)
                .multiValueAnswer(true)
                .setIdentifier(quoted())
                .resourceRecords(ResourceRecord.builder().value(quoted()).build())
                .build();
    }
}
