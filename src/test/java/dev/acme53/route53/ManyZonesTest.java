package dev.acme53.route53;

import static dev.acme53.route53.FakeRoute53.zone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.names.DnsName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameResponse;

/// The choice of a zone in an account that has thousands.
class ManyZonesTest {
    private final FakeRoute53 route53 = new FakeRoute53();
    private Instant now = Instant.parse("2026-11-24T00:00:00Z");
    private final HostedZones zones = new HostedZones(
            new AccountCalls(new RequestLimits(10, 0.4), () -> now, pause -> now = now.plus(pause)), () -> now);

    private ZoneChoice choose(String name) {
        return zones.zoneFor(route53.caller("me"), DnsName.of(name), _ -> Optional.empty());
    }

    private List<ListHostedZonesByNameRequest> listings() {
        return route53.requests(ListHostedZonesByNameRequest.class);
    }

    @Test
    void ofAnAccountWith5000ZonesOnlyThoseBesideTheNameAreListed() {
        var account = new ManyZones(5_000);
        route53.zones(account::page);
        assertThat(choose("_acme-challenge.www.d2500.example")).isEqualTo(new ZoneChoice.Found("Z2500"));
        assertThat(listings()).hasSize(1);
        for (int i = 0; i < 5_000; i++) {
            assertThat(choose("_acme-challenge.d%04d.example".formatted(i))).isEqualTo(new ZoneChoice.Found("Z" + i));
        }
        assertThat(listings()).hasSize(5_000);
    }

    @Test
    void of5000ZonesBelowOneNameEachIsFoundByTheNamesAboveTheRecord() {
        var account = new ManyZones(5_000).below("big.example.");
        route53.zones(account::page);
        for (int i = 0; i < 100; i++) {
            assertThat(choose("_acme-challenge.d%04d.big.example".formatted(i)))
                    .isEqualTo(new ZoneChoice.Found("Z" + i));
        }
        // that there is no zone of the name they share is kept for 30 s, some seconds less than this takes
        assertThat(listings()).hasSize(5 + 2 * 100 + 2);
    }

    /// An account whose zones `d0000`, `d0001` and so on are listed a hundred at a time, by their labels from right to
    /// left.
    private record ManyZones(int count, String parent) {
        ManyZones(int count) {
            this(count, "example.");
        }

        ManyZones below(String name) {
            return new ManyZones(count, name);
        }

        ListHostedZonesByNameResponse page(ListHostedZonesByNameRequest request) {
            var name = request.dnsName().endsWith(".") ? request.dnsName() : request.dnsName() + ".";
            var first = name.endsWith(parent) ? first(name) : count;
            var zones = IntStream.range(first, Math.min(first + 100, count))
                    .mapToObj(i -> zone("Z" + i, name(i)))
                    .toArray(HostedZone[]::new);
            return first + 100 >= count
                    ? FakeRoute53.page(zones)
                    : ListHostedZonesByNameResponse.builder()
                            .hostedZones(zones)
                            .isTruncated(true)
                            .nextDNSName(name(first + 100))
                            .nextHostedZoneId("Z" + (first + 100))
                            .build();
        }

        private String name(int i) {
            return "d%04d.%s".formatted(i, parent);
        }

        /// The first zone whose name is not before `name` in that order.
        private int first(String name) {
            var labels = name.substring(0, name.length() - parent.length()).split("\\.");
            var label = labels[labels.length - 1];
            var i = label.isEmpty() ? 0 : Integer.parseInt(label.substring(1));
            return labels.length > 1 ? i + 1 : i;
        }
    }
}
