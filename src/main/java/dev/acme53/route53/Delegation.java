package dev.acme53.route53;

import dev.acme53.names.DnsName;
import java.util.Optional;
import java.util.Set;

/// What public DNS says about where a name belongs. Asked only when Route 53's own list leaves a choice.
@FunctionalInterface
public interface Delegation {
    /// The zone that holds `name`, or empty when DNS does not say. May block.
    Optional<Cut> of(DnsName name);

    /// A zone of public DNS.
    /// @param zone its apex
    /// @param nameservers of the apex; empty when they are not known
    record Cut(DnsName zone, Set<DnsName> nameservers) {}
}
