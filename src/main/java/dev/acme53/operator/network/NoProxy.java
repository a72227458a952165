package dev.acme53.operator.network;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The hosts of `NO_PROXY`, by the rules of Go's programs: a name stands for itself and all below it, a name with a
/// leading dot (or `*.`) for those below only, an address or a range of addresses (CIDR) for hosts given as addresses,
/// `*` for all. A port limits a name or an address to that port. Names are not looked up.
record NoProxy(List<Rule> rules) {
    NoProxy {
        rules = List.copyOf(rules);
    }

    /// @param text what the variable holds: entries separated by commas; malformed ones are passed over
    static NoProxy parse(String text) {
        return new NoProxy(Arrays.stream(text.split(","))
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .flatMap(NoProxy::rule)
                .toList());
    }

    /// @param host lower case, without brackets
    boolean covers(String host, int port) {
        var address = IpLiteral.of(host);
        return rules.stream().anyMatch(rule -> switch (rule) {
            case Rule.Everything _ -> true;
            case Rule.Range range -> address.filter(range::contains).isPresent();
            case Rule.Address one -> address.filter(one.address::equals).isPresent() && one.port.covers(port);
            case Rule.Name name -> name.covers(host) && name.port.covers(port);
        });
    }

    private static Stream<Rule> rule(String entry) {
        if (entry.equals("*")) {
            return Stream.of(new Rule.Everything());
        }
        var range = Rule.Range.parse(entry);
        return range.isPresent()
                ? range.stream().map(Rule.class::cast)
                : HostPort.split(entry).stream().flatMap(NoProxy::rule);
    }

    private static Stream<Rule> rule(HostPort parts) {
        var address = IpLiteral.of(parts.host);
        if (address.isPresent()) {
            return Stream.of(new Rule.Address(address.get(), parts.port));
        }
        var host = parts.host.startsWith("*.") ? parts.host.substring(1) : parts.host;
        return host.isEmpty() || host.equals(".")
                ? Stream.empty()
                : Stream.of(
                        host.startsWith(".")
                                ? new Rule.Name(host, false, parts.port)
                                : new Rule.Name("." + host, true, parts.port));
    }

    /// A port, or any.
    record Port(Optional<Integer> number) {
        boolean covers(int port) {
            return number.isEmpty() || number.get() == port;
        }
    }

    private record HostPort(String host, Port port) {
        private static final Port ANY = new Port(Optional.empty());

        static Optional<HostPort> split(String entry) {
            if (IpLiteral.of(entry).isPresent()) {
                return Optional.of(new HostPort(entry, ANY));
            }
            var colon = entry.lastIndexOf(':');
            var end = entry.lastIndexOf(']');
            var host = colon > end ? entry.substring(0, colon) : entry;
            var bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
            if (colon <= end) {
                return Optional.of(new HostPort(bare, ANY));
            }
            var port = entry.substring(colon + 1);
            return port.matches("[0-9]{1,5}")
                    ? Optional.of(new HostPort(bare, new Port(Optional.of(Integer.valueOf(port)))))
                    : Optional.empty();
        }
    }

    /// One entry.
    sealed interface Rule {
        record Everything() implements Rule {}

        record Address(InetAddress address, Port port) implements Rule {}

        /// A name, or all below it.
        /// @param suffix begins with a dot
        record Name(String suffix, boolean itself, Port port) implements Rule {
            boolean covers(String host) {
                return host.endsWith(suffix) || (itself && host.equals(suffix.substring(1)));
            }
        }

        /// The addresses that begin with the first `bits` bits of `network`.
        record Range(InetAddress network, int bits) implements Rule {
            static Optional<Range> parse(String entry) {
                var slash = entry.indexOf('/');
                var bits = entry.substring(slash + 1);
                if (slash < 0 || !bits.matches("[0-9]{1,3}")) {
                    return Optional.empty();
                }
                return IpLiteral.of(entry.substring(0, slash))
                        .map(network -> new Range(network, Integer.parseInt(bits)))
                        .filter(range -> range.bits <= 8 * range.network.getAddress().length);
            }

            boolean contains(InetAddress address) {
                var ours = network.getAddress();
                var theirs = address.getAddress();
                if (ours.length != theirs.length) {
                    return false;
                }
                return new BigInteger(1, ours)
                                .xor(new BigInteger(1, theirs))
                                .shiftRight(8 * ours.length - bits)
                                .signum()
                        == 0;
            }
        }
    }
}
