package dev.acme53.x509;

import java.util.List;

/// Name constraints that a CA certificate asks for, RFC 5280 §4.2.1.10.
public record NameConstraints(boolean critical, Subtrees permitted, Subtrees excluded) {
    /// Names a constraint speaks of.
    ///
    /// @param ipRanges in CIDR notation
    public record Subtrees(
            List<String> dnsDomains, List<String> ipRanges, List<String> emailAddresses, List<String> uriDomains) {
        public static final Subtrees NONE = new Subtrees(List.of(), List.of(), List.of(), List.of());

        public Subtrees {
            dnsDomains = List.copyOf(dnsDomains);
            ipRanges = List.copyOf(ipRanges);
            emailAddresses = List.copyOf(emailAddresses);
            uriDomains = List.copyOf(uriDomains);
        }
    }
}
