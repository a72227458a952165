package dev.acme53.names;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/// Hosts that no CA or public resolver has and that are never asked, whoever names them: link-local addresses, among
/// them the IPv4 ones of instance metadata and of agents for credentials (RFC 3927, RFC 4291 §2.5.6), and
/// `fd00:ec2::/32`, where AWS has the IPv6 ones.
public final class UnaskedHosts {
    private static final byte[] AWS = {(byte) 0xfd, 0, 0x0e, (byte) 0xc2};

    private UnaskedHosts() {}

    /// Looks a name up.
    @FunctionalInterface
    public interface Lookup {
        /// All addresses of a name. Blocks.
        ///
        /// @throws UnknownHostException when it has none
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /// Whether the host is such an address, written as one. Names are not looked up.
    public static boolean has(URI url) {
        return literal(url).filter(UnaskedHosts::isOne).isPresent();
    }

    /// As [#has], or its name leads to one. A name is looked up where no proxy is between, since a proxy looks it up
    /// itself; the JVM keeps the answer, so that the connection then goes where was looked. Blocks.
    public static boolean isReachedBy(URI url, ProxySelector proxies, Lookup lookup) {
        if (url.getHost() == null || literal(url).isPresent()) {
            return has(url);
        }
        var direct = proxies.select(url).stream().anyMatch(proxy -> proxy.type() == Proxy.Type.DIRECT);
        try {
            return direct && Arrays.stream(lookup.addresses(url.getHost())).anyMatch(UnaskedHosts::isOne);
        } catch (UnknownHostException _) {
            return false; // the connection will say so
        }
    }

    private static Optional<InetAddress> literal(URI url) {
        var host = url.getHost();
        if (host == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(host.replaceAll("^\\[|%.*|]$", "")));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static boolean isOne(InetAddress address) {
        return address.isLinkLocalAddress()
                || isAws(address.getAddress())
                || embedded(address.getAddress()).anyMatch(InetAddress::isLinkLocalAddress);
    }

    private static boolean isAws(byte[] address) {
        return address.length == 16 && startsWith(address, AWS);
    }

    /// The IPv4 address that an IPv6 one stands for, to whoever translates: NAT64 (RFC 6052 §2.1, RFC 8215), 6to4
    /// (RFC 3056 §2) and the old "IPv4-compatible" form (RFC 4291 §2.5.5.1).
    private static Stream<Inet4Address> embedded(byte[] address) {
        if (address.length != 16) {
            return Stream.empty();
        }
        if (startsWith(address, 0x20, 0x02)) {
            return Stream.of(ofIpv4(address, 2));
        }
        var last = startsWith(address, 0, 0x64, 0xff, 0x9b) || startsWith(address, new byte[12]);
        return last ? Stream.of(ofIpv4(address, 12)) : Stream.empty();
    }

    private static Inet4Address ofIpv4(byte[] address, int from) {
        try {
            return (Inet4Address) InetAddress.getByAddress(Arrays.copyOfRange(address, from, from + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four octets", e);
        }
    }

    private static boolean startsWith(byte[] address, int... octets) {
        var prefix = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            prefix[i] = (byte) octets[i];
        }
        return startsWith(address, prefix);
    }

    private static boolean startsWith(byte[] address, byte[] prefix) {
        return Arrays.equals(address, 0, prefix.length, prefix, 0, prefix.length);
    }
}
