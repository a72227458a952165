package dev.acme53.dns;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.regex.Pattern;

/// A server that answers DNS questions.
public sealed interface Nameserver {
    int PORT = 53;

    /// Who is asked when nothing names a server (behaviour.md §4.3).
    List<Nameserver> LAST_RESORT = List.of(new Plain("8.8.8.8", PORT), new Plain("8.8.4.4", PORT));

    /// By UDP and TCP.
    ///
    /// @param host an IP address, an IPv6 one without brackets, or a name that the system resolves
    record Plain(String host, int port) implements Nameserver {
        /// Not yet resolved: names may move.
        InetSocketAddress address() {
            return new InetSocketAddress(host, port);
        }

        @Override
        public String toString() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /// By HTTPS (RFC 8484).
    record Doh(URI url) implements Nameserver {
        @Override
        public String toString() {
            return url.toString();
        }
    }

    /// The server that `text` names: `host:port`, `[ipv6]:port` or a URL `https://host…`.
    ///
    /// @throws IllegalArgumentException with a sentence that says what is wrong
    static Nameserver of(String text) {
        return text.startsWith("https://") ? doh(text) : plain(text);
    }

    /// The servers that the text of a `resolv.conf` names, [#LAST_RESORT] when there are none.
    static List<Nameserver> ofResolvConf(String text) {
        var servers = text.lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length > 1 && words[0].equals("nameserver"))
                .<Nameserver>map(words -> new Plain(words[1], PORT))
                .toList();
        return servers.isEmpty() ? LAST_RESORT : servers;
    }

    private static Nameserver doh(String text) {
        try {
            var url = new URI(text);
            if (url.getHost() == null || url.getUserInfo() != null) {
                throw unreadable(text);
            }
            return new Doh(url);
        } catch (URISyntaxException _) {
            throw unreadable(text);
        }
    }

    private static Nameserver plain(String text) {
        var parts = Form.HOST_AND_PORT.matcher(text);
        if (!parts.matches()) {
            throw unreadable(text);
        }
        var port = Integer.parseInt(parts.group("port"));
        if (port < 1 || port > 65535) {
            throw unreadable(text);
        }
        var ipv6 = parts.group("ipv6");
        return new Plain(ipv6 == null ? parts.group("host") : ipv6, port);
    }

    private static IllegalArgumentException unreadable(String text) {
        var shown = text.length() > 100 ? text.substring(0, 100) + "…" : text;
        return new IllegalArgumentException(
                "must be <host>:<port> or https://<DoH server>, not \"" + shown.replaceAll("[\\p{C}\"]", "?") + "\"");
    }

    /// The written form.
    final class Form {
        private static final Pattern HOST_AND_PORT = Pattern.compile(
                "(?:\\[(?<ipv6>[0-9A-Fa-f:.]{2,45})]|(?<host>[A-Za-z0-9._-]{1,253})):(?<port>[0-9]{1,5})");

        private Form() {}
    }
}
