package dev.acme53.acme;

import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;

/// Hosts that no CA has and that are never asked for one, whoever names them: link-local addresses, among them the
/// IPv4 one of instance metadata (RFC 3927, RFC 4291 §2.5.6), and `fd00:ec2::/32`, where AWS has the IPv6 ones.
public final class UnaskedHosts {
    private static final byte[] AWS = {(byte) 0xfd, 0, 0x0e, (byte) 0xc2};

    private UnaskedHosts() {}

    /// Whether the host is such an address, written as one. Names are not looked up.
    public static boolean has(URI url) {
        var host = url.getHost();
        if (host == null) {
            return false;
        }
        try {
            var address = InetAddress.ofLiteral(host.replaceAll("^\\[|%.*|]$", ""));
            return address.isLinkLocalAddress() || isAws(address.getAddress());
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean isAws(byte[] address) {
        return address.length == 16 && Arrays.equals(address, 0, AWS.length, AWS, 0, AWS.length);
    }
}
