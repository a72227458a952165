package dev.acme53.sim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/// One value of a record set: AWS's checks of its text, and the DNS record it stands for.
final class RecordData {
    /// A quoted character string: octal escapes, escaped quotes and backslashes, or any other character.
    private static final Pattern CHARACTER_STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"", Pattern.DOTALL);

    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3}|.)", Pattern.DOTALL);

    private RecordData() {}

    /// AWS's message about a bad value; empty when the value is good.
    static String problem(String type, String value) {
        if (type.equals("TXT")) {
            try {
                characterStrings(value);
                return "";
            } catch (IllegalArgumentException e) {
                return e.getMessage();
            }
        }
        try {
            Record.fromString(Name.root, Type.value(type), DClass.IN, 0, value, Name.root);
            return "";
        } catch (IOException | IllegalArgumentException e) {
            return switch (type) {
                case "A" -> fatal("ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)", value);
                case "AAAA" -> fatal("AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)", value);
                default -> fatal("RRDATAInvalid (Value is not valid for this type)", value);
            };
        }
    }

    static Record dnsRecord(Name owner, RecordSet set, String value) {
        if (set.type().equals("TXT")) {
            return new TXTRecord(
                    owner,
                    DClass.IN,
                    set.ttl(),
                    characterStrings(value).stream().map(RecordData::presented).toList());
        }
        try {
            return Record.fromString(owner, Type.value(set.type()), DClass.IN, set.ttl(), value, Name.root);
        } catch (IOException e) {
            throw new IllegalStateException(set.toString(), e);
        }
    }

    /// The octets of each quoted string of a TXT value.
    private static List<byte[]> characterStrings(String value) {
        var strings = new ArrayList<byte[]>();
        var matcher = CHARACTER_STRING.matcher(value);
        int end = 0;
        while (matcher.find(end) && value.substring(end, matcher.start()).isBlank()) {
            var octets = unescaped(matcher.group(1));
            if (octets.length > 255) {
                throw new IllegalArgumentException(fatal("CharacterStringTooLong (Value is too long)", value));
            }
            strings.add(octets);
            end = matcher.end();
        }
        if (strings.isEmpty() || !value.substring(end).isBlank()) {
            throw new IllegalArgumentException(
                    fatal("InvalidCharacterString (Value should be enclosed in quotation marks)", value));
        }
        return strings;
    }

    private static byte[] unescaped(String string) {
        var octets = new StringBuilder();
        var matcher = ESCAPE.matcher(new String(string.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            var escape = matcher.group(1);
            var octet = escape.length() == 3 ? String.valueOf((char) Integer.parseInt(escape, 8)) : escape;
            matcher.appendReplacement(octets, Matcher.quoteReplacement(octet));
        }
        matcher.appendTail(octets);
        return octets.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /// dnsjava's constructor reads `\` escapes, so that everything but plain ASCII goes in as `\DDD`.
    private static String presented(byte[] octets) {
        var text = new StringBuilder();
        for (byte b : octets) {
            int octet = b & 0xff;
            boolean plain = octet >= 0x20 && octet < 0x7f && octet != '"' && octet != '\\';
            text.append(plain ? String.valueOf((char) octet) : "\\%03d".formatted(octet));
        }
        return text.toString();
    }

    private static String fatal(String problem, String value) {
        return "Invalid Resource Record: FATAL problem: %s encountered with '%s'".formatted(problem, value);
    }
}
