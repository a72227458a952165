package dev.acme53.route53;

import static dev.acme53.route53.FakeRoute53.error;
import static dev.acme53.route53.FakeRoute53.page;
import static dev.acme53.route53.FakeRoute53.privateZone;
import static dev.acme53.route53.FakeRoute53.set;
import static dev.acme53.route53.FakeRoute53.sets;
import static dev.acme53.route53.FakeRoute53.zone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.names.DnsName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameResponse;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.RRType;

class HostedZonesTest {
    private static final DnsName NAME = DnsName.of("_acme-challenge.www.a.example.com");

    private final FakeRoute53 route53 = new FakeRoute53();
    private final List<DnsName> asked = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-24T00:00:00Z");
    private final HostedZones zones = new HostedZones(
            new AccountCalls(new RequestLimits(10, 0.4), () -> now, pause -> now = now.plus(pause)), () -> now);

    private ZoneChoice choose(DnsName name, Delegation dns) {
        return zones.zoneFor(route53.caller("me"), name, n -> {
            asked.add(n);
            return dns.of(n);
        });
    }

    private ZoneChoice choose(Delegation dns) {
        return choose(NAME, dns);
    }

    private static Delegation silent() {
        return _ -> Optional.empty();
    }

    private static Delegation says(String zone, String... nameservers) {
        var servers = Stream.of(nameservers).map(DnsName::of).collect(Collectors.toSet());
        return _ -> Optional.of(new Delegation.Cut(DnsName.of(zone), Set.copyOf(servers)));
    }

    private static ZoneChoice found(String id) {
        return new ZoneChoice.Found(id);
    }

    private static ZoneChoice permanent(String text) {
        return new ZoneChoice.Failed(
                new Route53Failure.Permanent("failed to determine Route 53 hosted zone ID: " + text));
    }

    private static ZoneChoice noSuchZone(String text) {
        return new ZoneChoice.Failed(
                new Route53Failure.NoSuchZone("failed to determine Route 53 hosted zone ID: " + text));
    }

    private List<ListHostedZonesByNameRequest> listings() {
        return route53.requests(ListHostedZonesByNameRequest.class);
    }

    @ParameterizedTest
    @CsvSource({
        "Z1, Z1",
        "/hostedzone/Z1, Z1",
        "hostedzone/Z0123456789ABC, Z0123456789ABC",
        "'  /hostedzone/Z1 ', Z1",
    })
    void t55AZoneByIdIsTakenWithOrWithoutItsPath(String text, String id) {
        assertThat(HostedZones.byId(text)).isEqualTo(found(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "/hostedzone/", "Z1?x", "Z1 Z2", "Z1%2F..", "Zä"})
    void anIdOfAnotherFormIsRefusedBeforeAwsIsAsked(String text) {
        assertThat(HostedZones.byId(text))
                .isEqualTo(permanent(
                        "hostedZoneID is not a hosted zone ID: letters and digits, for example Z0123456789ABCDEF"));
    }

    @Test
    void theOnlyZoneIsTakenWithoutAskingDns() {
        route53.zones(zone("Z1", "example.com."));
        assertThat(choose(says("a.example.com"))).isEqualTo(found("Z1"));
        assertThat(asked).isEmpty();
        assertThat(listings())
                .singleElement()
                .satisfies(l -> assertThat(l.dnsName()).isEqualTo("example.com"));
    }

    @Test
    void zonesBesideTheNameDoNotCount() {
        route53.zones(zone("Z1", "example.com."), zone("Z2", "b.example.com."), zone("Z3", "w.a.example.com."));
        assertThat(choose(silent())).isEqualTo(found("Z1"));
        assertThat(asked).isEmpty();
    }

    @Test
    void aZoneMayBeTheNameItselfAndIsComparedWithoutCaseAndEscapes() {
        route53.zones(zone("Z1", "\\137acme-challenge.WWW.a.Example.com."));
        assertThat(choose(silent())).isEqualTo(found("Z1"));
    }

    @Test
    void t71APrivateZoneOfTheSameNameIsPassedOver() {
        route53.zones(
                privateZone("ZP", "example.com."), zone("Z1", "example.com."), privateZone("ZQ", "a.example.com."));
        assertThat(choose(silent())).isEqualTo(found("Z1"));
        assertThat(asked).isEmpty();
    }

    @Test
    void t72OfNestedZonesTheOneToWhichDnsDelegatesIsTaken() {
        route53.zones(zone("Z1", "example.com."), zone("Z2", "a.example.com."));
        assertThat(choose(says("a.example.com"))).isEqualTo(found("Z2"));
        assertThat(choose(says("example.com"))).isEqualTo(found("Z1"));
        assertThat(listings()).hasSize(1);
    }

    @Test
    void ofNestedZonesTheLongestIsTakenWhenDnsIsSilentOrNamesAnother() {
        route53.zones(zone("Z1", "example.com."), zone("Z2", "a.example.com."));
        assertThat(choose(silent())).isEqualTo(found("Z2"));
        assertThat(choose(says("www.a.example.com"))).isEqualTo(found("Z2"));
    }

    @Test
    void t73WithoutAZoneTheErrorNamesTheZoneOfDnsAndTheName() {
        route53.zones(zone("Z1", "b.example.com."));
        assertThat(choose(says("a.example.com")))
                .isEqualTo(noSuchZone(
                        "zone a.example.com not found in Route 53 for domain " + "_acme-challenge.www.a.example.com."));
        assertThat(choose(silent()))
                .isEqualTo(noSuchZone(
                        "zone example.com not found in Route 53 for domain " + "_acme-challenge.www.a.example.com."));
    }

    @Test
    void t74AZoneWithoutConfigIsPublic() {
        route53.zones(
                HostedZone.builder().id("/hostedzone/Z1").name("example.com.").build());
        assertThat(choose(silent())).isEqualTo(found("Z1"));
    }

    @Test
    void ofTwinsTheOneWithTheNameServersThatDnsShowsIsTaken() {
        twins("ns1.awsdns.net.", "ns2.awsdns.net.");
        assertThat(choose(says("example.com", "ns2.awsdns.net"))).isEqualTo(found("Z2"));
        assertThat(choose(says("example.com", "ns1.awsdns.net"))).isEqualTo(found("Z1"));
    }

    @Test
    void twinsThatDnsCannotTellApartAreAnErrorThatListsThem() {
        var expected = permanent("Z1, Z2 are all zones named example.com, and DNS does not show which of them is in "
                + "use: set hostedZoneID");
        twins("ns1.awsdns.net.", "ns1.awsdns.net.");
        assertThat(choose(silent())).isEqualTo(expected);
        assertThat(choose(says("example.com", "ns1.awsdns.net"))).isEqualTo(expected);
        assertThat(choose(says("example.com", "ns9.elsewhere.net"))).isEqualTo(expected);
    }

    @Test
    void twinsAreAnErrorWhenRecordsMayNotBeListed() {
        twins("ns1.awsdns.net.", "ns2.awsdns.net.");
        route53.always(ListResourceRecordSetsRequest.class, error(403, "AccessDenied", "no"));
        assertThat(choose(says("example.com", "ns2.awsdns.net"))).isInstanceOf(ZoneChoice.Failed.class);
    }

    @Test
    void whatTwinsAreAskedForIsAskedOnceForAllWhoWantIt() throws Exception {
        twins("ns1.awsdns.net.", "ns2.awsdns.net.");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                var name = DnsName.of("_acme-challenge.n" + i + ".example.com");
                threads.submit(() -> zones.zoneFor(
                        route53.caller("me"),
                        name,
                        n -> says("example.com", "ns2.awsdns.net").of(n)));
            }
        }
        assertThat(recordListings()).hasSize(2);
        now = now.plus(Duration.ofMinutes(10));
        assertThat(choose(says("example.com", "ns2.awsdns.net"))).isEqualTo(found("Z2"));
        assertThat(recordListings()).hasSize(4);
    }

    @Test
    void thatTwinsMayNotBeListedIsKeptFor30Seconds() {
        twins("ns1.awsdns.net.", "ns2.awsdns.net.");
        route53.always(ListResourceRecordSetsRequest.class, error(403, "AccessDenied", "no"));
        choose(says("example.com", "ns2.awsdns.net"));
        choose(says("example.com", "ns2.awsdns.net"));
        assertThat(recordListings()).hasSize(2);
        now = now.plusSeconds(30);
        choose(says("example.com", "ns2.awsdns.net"));
        assertThat(recordListings()).hasSize(4);
    }

    @Test
    void aTwinThatIsNotToldNowIsNoReasonToTakeTheOther() {
        twins("ns1.awsdns.net.", "ns2.awsdns.net.");
        route53.always(ListResourceRecordSetsRequest.class, error(500, "InternalError", "oops"));
        assertThat(choose(says("example.com", "ns2.awsdns.net")))
                .isEqualTo(new ZoneChoice.Failed(
                        new Route53Failure.Transient("failed to determine Route 53 hosted zone ID: "
                                + "route53:ListResourceRecordSets: InternalError: oops")));
    }

    private List<ListResourceRecordSetsRequest> recordListings() {
        return route53.requests(ListResourceRecordSetsRequest.class);
    }

    private void twins(String ofFirst, String ofSecond) {
        route53.zones(zone("Z2", "example.com."), zone("Z1", "example.com."))
                .records(r -> sets(
                        set("example.com.", RRType.NS, r.hostedZoneId().equals("Z1") ? ofFirst : ofSecond),
                        set("example.com.", RRType.SOA, "ns. h. 1 2 3 4 5")));
    }

    @Test
    void pagesAreReadWhileTheyAreBelowTheLastTwoLabels() {
        route53.zones(r -> r.hostedZoneId() == null
                ? truncated(zone("Z1", "example.com."), "m.example.com.", "ZM")
                : truncated(zone("Z2", "a.example.com."), "example.net.", "ZN"));
        assertThat(choose(says("a.example.com"))).isEqualTo(found("Z2"));
        assertThat(listings()).hasSize(2);
        assertThat(listings().getLast().dnsName()).isEqualTo("m.example.com.");
        assertThat(listings().getLast().hostedZoneId()).isEqualTo("ZM");
    }

    @Test
    void whereMoreThanFivePagesStandEachNameAboveIsAskedForByItself() {
        route53.zones(r -> switch (r.dnsName()) {
            case "a.example.com" -> page(zone("ZA", "a.example.com."), zone("ZB", "b.example.com."));
            case "www.a.example.com", "_acme-challenge.www.a.example.com" -> page(zone("ZX", "x.example.com."));
            default -> truncated(zone("Z1", "example.com."), "n.example.com.", "ZN");
        });
        assertThat(choose(says("example.com"))).isEqualTo(found("Z1"));
        var first = listings().size();
        assertThat(first).isEqualTo(5 + 4);
        assertThat(choose(says("a.example.com"))).isEqualTo(found("ZA"));
        assertThat(listings()).hasSizeLessThanOrEqualTo(first + 2);
    }

    private static ListHostedZonesByNameResponse truncated(HostedZone zone, String nextName, String nextId) {
        return ListHostedZonesByNameResponse.builder()
                .hostedZones(zone)
                .isTruncated(true)
                .nextDNSName(nextName)
                .nextHostedZoneId(nextId)
                .build();
    }

    @Test
    void aListingIsKeptForTenMinutesForAllNamesOfItsLastTwoLabels() {
        route53.zones(zone("Z1", "example.com."));
        choose(silent());
        choose(DnsName.of("_acme-challenge.example.com"), silent());
        now = now.plus(Duration.ofMinutes(10)).minusSeconds(1);
        choose(silent());
        assertThat(listings()).hasSize(1);
        now = now.plusSeconds(1);
        choose(silent());
        assertThat(listings()).hasSize(2);
    }

    @Test
    void aListingWithoutAZoneForTheNameIsKeptFor30Seconds() {
        choose(silent());
        now = now.plusSeconds(29);
        choose(silent());
        assertThat(listings()).hasSize(1);
        now = now.plusSeconds(1);
        route53.zones(zone("Z1", "example.com."));
        assertThat(choose(silent())).isEqualTo(found("Z1"));
        assertThat(listings()).hasSize(2);
    }

    @Test
    void identitiesDoNotShareListings() {
        route53.zones(zone("Z1", "example.com."));
        zones.zoneFor(route53.caller("one"), NAME, silent());
        zones.zoneFor(route53.caller("two"), NAME, silent());
        assertThat(listings()).hasSize(2);
    }

    @Test
    void aForgottenListingIsReadAgain() {
        route53.zones(zone("Z1", "example.com."));
        choose(silent());
        zones.forget(route53.caller("me"), NAME);
        choose(silent());
        assertThat(listings()).hasSize(2);
    }

    @Test
    void whatManyAskAtOnceIsListedOnce() throws Exception {
        route53.zones(zone("Z1", "example.com."));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                threads.submit(() -> zones.zoneFor(route53.caller("me"), NAME, silent()));
            }
        }
        assertThat(listings()).hasSize(1);
    }

    @Test
    void aRefusalIsToldAndKeptForFiveSeconds() {
        route53.nextFails(error(403, "AccessDenied", "not authorized")).zones(zone("Z1", "example.com."));
        assertThat(choose(silent())).isEqualTo(permanent("AccessDenied: not authorized"));
        assertThat(choose(silent())).isEqualTo(permanent("AccessDenied: not authorized"));
        now = now.plusSeconds(5);
        assertThat(choose(silent())).isEqualTo(found("Z1"));
    }
}
