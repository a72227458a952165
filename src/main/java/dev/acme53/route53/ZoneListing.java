package dev.acme53.route53;

import dev.acme53.names.DnsName;
import dev.acme53.route53.RequestBudget.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameResponse;

/// `ListHostedZonesByName`, which lists zones by their labels from right to left: all below a name follow that name.
final class ZoneListing {
    private static final int PAGES = 5;

    private final AccountCalls calls;
    private final Caller caller;

    ZoneListing(AccountCalls calls, Caller caller) {
        this.calls = calls;
        this.caller = caller;
    }

    /// The public zones at or below `suffix`; empty when they fill more than five pages.
    Optional<List<ZoneEntry>> atOrBelow(DnsName suffix) {
        return list(suffix, name -> name.isEqualOrBelow(suffix), PAGES);
    }

    /// The public zones of exactly this name.
    List<ZoneEntry> named(DnsName name) {
        return list(name, name::equals, Integer.MAX_VALUE).orElseThrow();
    }

    private Optional<List<ZoneEntry>> list(DnsName from, Predicate<DnsName> wanted, int pages) {
        var found = new ArrayList<ZoneEntry>();
        var page = page(r -> r.dnsName(from.text()));
        for (var read = 1; ; read++) {
            for (var zone : page.hostedZones()) {
                entry(zone).filter(e -> wanted.test(e.name())).ifPresent(found::add);
            }
            if (!goesOn(page, wanted)) {
                return Optional.of(List.copyOf(found));
            }
            if (read == pages) {
                return Optional.empty();
            }
            var last = page;
            page = page(r -> r.dnsName(last.nextDNSName()).hostedZoneId(last.nextHostedZoneId()));
        }
    }

    private ListHostedZonesByNameResponse page(Consumer<ListHostedZonesByNameRequest.Builder> request) {
        return calls.callPatiently(caller, Use.LOOKUP, client -> client.listHostedZonesByName(request));
    }

    private static boolean goesOn(ListHostedZonesByNameResponse page, Predicate<DnsName> wanted) {
        return Boolean.TRUE.equals(page.isTruncated())
                && Optional.ofNullable(page.nextDNSName())
                        .flatMap(ZoneNames::of)
                        .filter(wanted)
                        .isPresent();
    }

    /// Empty for a private zone: nobody outside sees its records. A zone without configuration is public.
    private static Optional<ZoneEntry> entry(HostedZone zone) {
        var config = zone.config();
        return config != null && Boolean.TRUE.equals(config.privateZone())
                ? Optional.empty()
                : ZoneNames.of(zone.name()).map(name -> new ZoneEntry(ZoneNames.idOf(zone.id()), name));
    }
}
