package dev.acme53.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One side of name constraints; `ipRanges` are CIDRs.
@OmitEmpty
public record NameConstraintItem(
        List<String> dnsDomains, List<String> ipRanges, List<String> emailAddresses, List<String> uriDomains) {

    public NameConstraintItem(
            @Nullable List<String> dnsDomains,
            @Nullable List<String> ipRanges,
            @Nullable List<String> emailAddresses,
            @Nullable List<String> uriDomains) {
        this.dnsDomains = Absent.or(dnsDomains);
        this.ipRanges = Absent.or(ipRanges);
        this.emailAddresses = Absent.or(emailAddresses);
        this.uriDomains = Absent.or(uriDomains);
    }
}
