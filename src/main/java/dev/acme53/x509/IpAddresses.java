package dev.acme53.x509;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/// IP addresses as text and as the octets of a certificate: 4 for IPv4 (also when written as IPv4-mapped IPv6), 16
/// for IPv6. Nothing here asks DNS.
public final class IpAddresses {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    private IpAddresses() {}

    /// The octets of an address, or empty when the text is none. Refused: zones (`%eth0`), leading zeros, IPv4 of
    /// fewer than four parts.
    public static Optional<byte[]> parse(String text) {
        var v6 = text.contains(":");
        if (!(v6 ? V6 : V4).matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text).getAddress());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// The usual text of an address: dotted for 4 octets, RFC 5952 for 16.
    /// @throws IllegalArgumentException for any other number of octets
    public static String text(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets) instanceof Inet6Address v6
                    ? compressed(v6.getAddress())
                    : dotted(InetAddress.getByAddress(octets).getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an IP address of " + octets.length + " octets", e);
        }
    }

    /// An address in its usual text, or empty when the text is no address.
    public static Optional<String> canonical(String text) {
        return parse(text).map(IpAddresses::text);
    }

    private static String dotted(byte[] octets) {
        return (octets[0] & 255) + "." + (octets[1] & 255) + "." + (octets[2] & 255) + "." + (octets[3] & 255);
    }

    /// RFC 5952 §4: lower case, no leading zeros, the longest run of two or more zero groups (the first of equals)
    /// as `::`.
    private static String compressed(byte[] octets) {
        var groups = new int[8];
        for (var i = 0; i < 8; i++) {
            groups[i] = (octets[2 * i] & 255) << 8 | (octets[2 * i + 1] & 255);
        }
        var from = -1;
        var length = 1;
        for (var i = 0; i < 8; i++) {
            var end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                from = i;
                length = end - i;
            }
        }
        var text = new StringBuilder();
        for (var i = 0; i < 8; i++) {
            if (i == from) {
                text.append("::");
                i += length - 1;
            } else {
                if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
