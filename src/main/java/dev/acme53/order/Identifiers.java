package dev.acme53.order;

import dev.acme53.api.OrderSpec;
import dev.acme53.names.DnsName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What an order asks the CA to certify (RFC 8555 §7.1.3, behaviour.md §3.2): each list sorted, without duplicates.
sealed interface Identifiers {
    /// The common name is among them.
    record Named(List<DnsName> dns, List<String> ips) implements Identifiers {
        public Named {
            dns = List.copyOf(dns);
            ips = List.copyOf(ips);
        }
    }

    /// The spec names nothing that can be ordered.
    /// @param reason for users
    record Unusable(String reason) implements Identifiers {}

    /// Nothing else than an address has this form; a wrong one is the CA's to refuse.
    Pattern ADDRESS = Pattern.compile("[0-9]+(\\.[0-9]+){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

    /// The identifiers of `spec`: `dnsNames`, `ipAddresses` and the common name when it is an address or a name
    /// of more than one label.
    static Identifiers of(OrderSpec spec) {
        var commonName = spec.commonName();
        var address = ADDRESS.matcher(commonName).matches();
        var names = new ArrayList<DnsName>();
        var texts = new TreeSet<>(spec.dnsNames());
        if (!address && commonName.contains(".") && DnsName.parse(commonName).isPresent()) {
            texts.add(commonName);
        }
        for (var text : texts) {
            try {
                names.add(DnsName.of(text));
            } catch (IllegalArgumentException e) {
                return new Unusable("spec.dnsNames: " + e.getMessage());
            }
        }
        var ips = new TreeSet<>(spec.ipAddresses());
        if (address) {
            ips.add(commonName);
        }
        if (names.isEmpty() && ips.isEmpty()) {
            return new Unusable("the order names nothing to certify: give the Certificate dnsNames");
        }
        return new Named(
                names.stream()
                        .distinct()
                        .sorted(Comparator.comparing(DnsName::text))
                        .toList(),
                List.copyOf(ips));
    }
}
