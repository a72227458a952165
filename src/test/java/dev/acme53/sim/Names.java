package dev.acme53.sim;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/// Domain names in Route 53's form: absolute with a trailing dot, lower case, every octet other than `a-z`,
/// `0-9`, `-` and `_` written as an octal escape (`\052` for `*`), as its developer guide says under "DNS
/// domain name format".
final class Names {
    private Names() {}

    /// @param given absolute or not, literal or with octal escapes
    static String normal(String given) {
        var labels = labels(given);
        return labels.isEmpty() ? "." : labels.stream().map(Names::escaped).collect(Collectors.joining(".", "", "."));
    }

    /// The order of Route 53's listings is the ASCII order of this text: `com.example.www.`.
    static String reversed(String normal) {
        if (normal.equals(".")) {
            return "";
        }
        var labels = new ArrayList<>(List.of(normal.split("\\.")));
        Collections.reverse(labels);
        return String.join(".", labels) + ".";
    }

    /// Is `name` the zone's apex or below it? Both in normal form.
    static boolean within(String name, String zone) {
        return zone.equals(".") || name.equals(zone) || name.endsWith("." + zone);
    }

    static Name dns(String normal) {
        var text = labels(normal).stream().map(Names::decimal).collect(Collectors.joining(".", "", "."));
        try {
            return Name.fromString(text);
        } catch (TextParseException e) {
            throw new IllegalArgumentException(normal, e);
        }
    }

    static String ofDns(Name name) {
        var labels = new ArrayList<String>();
        for (int i = 0; i < name.labels() - 1; i++) {
            var wire = name.getLabel(i);
            labels.add(escaped(lower(Arrays.copyOfRange(wire, 1, wire.length))));
        }
        return labels.isEmpty() ? "." : String.join(".", labels) + ".";
    }

    private static List<byte[]> labels(String given) {
        var labels = new ArrayList<byte[]>();
        if (given.equals(".")) {
            return labels;
        }
        var label = new ByteArrayOutputStream();
        var octets = given.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '.') {
                labels.add(finished(label, given));
            } else if (octets[i] == '\\' && isOctal(octets, i + 1)) {
                label.write((octets[i + 1] - '0') * 64 + (octets[i + 2] - '0') * 8 + octets[i + 3] - '0');
                i += 3;
            } else {
                label.write(octets[i]);
            }
        }
        if (label.size() > 0) {
            labels.add(finished(label, given));
        }
        if (labels.stream().mapToInt(l -> l.length + 1).sum() > 254) {
            throw fatal("DomainNameTooLong (Domain name is too long)", given);
        }
        return labels;
    }

    private static byte[] finished(ByteArrayOutputStream label, String given) {
        if (label.size() == 0) {
            throw fatal("DomainLabelEmpty (Domain label is empty)", given);
        }
        if (label.size() > 63) {
            throw fatal("DomainLabelTooLong (Domain label is too long)", given);
        }
        var octets = lower(label.toByteArray());
        label.reset();
        return octets;
    }

    private static IllegalArgumentException fatal(String problem, String given) {
        return new IllegalArgumentException("FATAL problem: %s encountered with '%s'".formatted(problem, given));
    }

    private static boolean isOctal(byte[] octets, int from) {
        if (from + 2 >= octets.length || octets[from] > '3') {
            return false;
        }
        for (int i = from; i < from + 3; i++) {
            if (octets[i] < '0' || octets[i] > '7') {
                return false;
            }
        }
        return true;
    }

    private static byte[] lower(byte[] octets) {
        var lower = octets.clone();
        for (int i = 0; i < lower.length; i++) {
            if (lower[i] >= 'A' && lower[i] <= 'Z') {
                lower[i] += 'a' - 'A';
            }
        }
        return lower;
    }

    private static String escaped(byte[] label) {
        var text = new StringBuilder();
        for (byte b : label) {
            int octet = b & 0xff;
            text.append(isPlain(octet) ? String.valueOf((char) octet) : "\\%03o".formatted(octet));
        }
        return text.toString();
    }

    private static String decimal(byte[] label) {
        var text = new StringBuilder();
        for (byte b : label) {
            int octet = b & 0xff;
            text.append(isPlain(octet) || octet == '*' ? String.valueOf((char) octet) : "\\%03d".formatted(octet));
        }
        return text.toString();
    }

    private static boolean isPlain(int octet) {
        return octet >= 'a' && octet <= 'z' || octet >= '0' && octet <= '9' || octet == '-' || octet == '_';
    }
}
