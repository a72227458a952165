package dev.acme53.operator.flags;

import java.net.InetSocketAddress;

/// Where a server listens: host (a name, an address, or empty for every address) and port (0: any free one).
public record ListenAddress(String host, int port) {
    static ListenAddress parse(String text) {
        var colon = text.lastIndexOf(':');
        var host = colon < 0 ? "" : text.substring(0, colon);
        var bracketed = host.startsWith("[") && host.endsWith("]");
        if (colon < 0 || (host.contains(":") && !bracketed)) {
            throw new ValueType.Refused(text, "must look like host:port, :port or [address]:port");
        }
        try {
            var port = Integer.parseInt(text.substring(colon + 1));
            if (port >= 0 && port <= 65535) {
                return new ListenAddress(bracketed ? host.substring(1, host.length() - 1) : host, port);
            }
        } catch (NumberFormatException e) {
            throw new ValueType.Refused(text, "the port must be a number");
        }
        throw new ValueType.Refused(text, "the port must be between 0 and 65535");
    }

    /// The address to bind; unresolved when the host is a name that is not known.
    public InetSocketAddress socketAddress() {
        return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
