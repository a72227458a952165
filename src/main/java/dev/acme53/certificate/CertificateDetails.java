package dev.acme53.certificate;

import dev.acme53.api.Annotations;
import dev.acme53.x509.Leaf;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The annotations that say what the certificate in a target Secret says (behaviour.md §1.7).
final class CertificateDetails {
    /// All names such an annotation can have.
    static final Set<String> NAMES = Set.of(
            Annotations.COMMON_NAME,
            Annotations.ALT_NAMES,
            Annotations.IP_SANS,
            Annotations.URI_SANS,
            Annotations.EMAIL_SANS,
            Annotations.SUBJECT_ORGANIZATIONS,
            Annotations.SUBJECT_ORGANIZATIONAL_UNITS,
            Annotations.SUBJECT_COUNTRIES,
            Annotations.SUBJECT_PROVINCES,
            Annotations.SUBJECT_LOCALITIES,
            Annotations.SUBJECT_POSTAL_CODES,
            Annotations.SUBJECT_STREET_ADDRESSES,
            Annotations.SUBJECT_SERIAL_NUMBER);

    private CertificateDetails() {}

    /// Four are there always, empty when there is nothing to say; the others only when there is.
    static Map<String, String> of(Leaf leaf) {
        var details = new TreeMap<String, String>();
        details.put(Annotations.COMMON_NAME, leaf.commonName());
        details.put(Annotations.ALT_NAMES, csv(leaf.dnsNames()));
        details.put(Annotations.IP_SANS, csv(leaf.ipAddresses()));
        details.put(Annotations.URI_SANS, csv(leaf.uris()));
        var subject = leaf.subject();
        putAny(details, Annotations.EMAIL_SANS, csv(leaf.emailAddresses()));
        putAny(details, Annotations.SUBJECT_ORGANIZATIONS, csv(subject.organizations()));
        putAny(details, Annotations.SUBJECT_ORGANIZATIONAL_UNITS, csv(subject.organizationalUnits()));
        putAny(details, Annotations.SUBJECT_COUNTRIES, csv(subject.countries()));
        putAny(details, Annotations.SUBJECT_PROVINCES, csv(subject.provinces()));
        putAny(details, Annotations.SUBJECT_LOCALITIES, csv(subject.localities()));
        putAny(details, Annotations.SUBJECT_POSTAL_CODES, csv(subject.postalCodes()));
        putAny(details, Annotations.SUBJECT_STREET_ADDRESSES, csv(subject.streetAddresses()));
        putAny(details, Annotations.SUBJECT_SERIAL_NUMBER, subject.serialNumber());
        return details;
    }

    /// One record of RFC 4180 without a line end; fields are quoted when they must be, or begin with a space.
    static String csv(List<String> fields) {
        return fields.stream().map(CertificateDetails::field).collect(Collectors.joining(","));
    }

    private static String field(String text) {
        var quoted = !text.isEmpty()
                && (text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
                        || text.equals("\\.")
                        || Character.isWhitespace(text.codePointAt(0)));
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    private static void putAny(Map<String, String> details, String name, String value) {
        if (!value.isEmpty()) {
            details.put(name, value);
        }
    }
}
