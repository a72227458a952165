package dev.acme53.route53;

import static dev.acme53.route53.FakeRoute53.error;
import static dev.acme53.route53.FakeRoute53.set;
import static dev.acme53.route53.FakeRoute53.sets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.names.DnsName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/// What zones say of themselves, as `HostedZones` hands it out.
class ZoneRecordsTest {
    private static final DnsName NAME = DnsName.of("_acme-challenge.www.a.example.com");

    private final FakeRoute53 route53 = new FakeRoute53();
    private Instant now = Instant.parse("2026-11-24T00:00:00Z");
    private final HostedZones zones = new HostedZones(
            new AccountCalls(new RequestLimits(10, 0.4), () -> now, pause -> now = now.plus(pause)), () -> now);

    private List<ListResourceRecordSetsRequest> recordListings() {
        return route53.requests(ListResourceRecordSetsRequest.class);
    }

    @Test
    void whatAZoneSaysOfAnApexIsItsOwnDelegatedOrNothing() {
        var own = DnsName.of("example.com");
        route53.records(_ -> sets(
                set("example.com.", RRType.NS, "ns1.awsdns.net."),
                set("example.com.", RRType.SOA, "ns. h. 1 2 3 4 5")));
        assertThat(zones.nameserversAt(route53.caller("me"), "Z1", own)).contains(Set.of(DnsName.of("ns1.awsdns.net")));
        route53.records(_ -> sets(set("example.com.", RRType.NS, "ns9.elsewhere.net.")));
        assertThat(zones.nameserversAt(route53.caller("me"), "Z2", own)).contains(Set.of());
        assertThat(zones.nameserversAt(route53.caller("me"), "Z2", DnsName.of("other.example")))
                .isEmpty();
        route53.always(ListResourceRecordSetsRequest.class, error(403, "AccessDenied", "no"));
        assertThat(zones.nameserversAt(route53.caller("me"), "Z3", own)).isEmpty();
        assertThat(zones.nameserversAt(route53.caller("me"), "Z1", own)).isPresent();
    }

    @Test
    void aZoneSaysWhetherItHasACnameOfExactlyThisName() {
        stored(set("_ACME-challenge.www.a.example.com.", RRType.CNAME, "proof.example.net."));
        assertThat(cnameAt("Z1")).isEqualTo(new StoredCname.Present());
        stored(set("x._acme-challenge.www.a.example.com.", RRType.CNAME, "proof.example.net."));
        assertThat(cnameAt("Z2")).isEqualTo(new StoredCname.Absent());
        stored(set(NAME.absolute(), RRType.TXT, "x"));
        assertThat(cnameAt("Z3")).isEqualTo(new StoredCname.Absent());
        stored();
        assertThat(cnameAt("Z4")).isEqualTo(new StoredCname.Absent());
    }

    @Test
    void aZoneOfAnotherNameIsNotAskedForTheCname() {
        route53.records(_ -> sets(set("example.net.", RRType.NS, "ns1.awsdns.net.")));
        assertThat(cnameAt("Z1")).isEqualTo(new StoredCname.OutOfZone());
        assertThat(recordListings()).hasSize(1);
    }

    @Test
    void whetherThereIsACnameIsNotToldWhereRecordsMayNotBeListed() {
        route53.always(ListResourceRecordSetsRequest.class, error(403, "AccessDenied", "no"));
        assertThat(cnameAt("Z1")).isEqualTo(new StoredCname.NotTold());
        assertThat(zones.cnameAt(route53.caller("me"), "Z1", DnsName.of("b.example.com")))
                .isEqualTo(new StoredCname.NotTold());
        assertThat(recordListings()).hasSize(1);
    }

    @Test
    void whatIsOnlyNotToldNowIsAFailure() {
        route53.always(ListResourceRecordSetsRequest.class, error(503, "ServiceUnavailable", "later"));
        assertThat(cnameAt("Z1")).isInstanceOf(StoredCname.Failed.class);
    }

    @Test
    void whetherThereIsACnameIsKeptForTenMinutesOrUntilTheNameIsForgotten() {
        stored();
        cnameAt("Z1");
        now = now.plus(Duration.ofMinutes(10)).minusSeconds(1);
        cnameAt("Z1");
        assertThat(recordListings()).hasSize(2);
        stored(set(NAME.absolute(), RRType.CNAME, "proof.example.net."));
        zones.forget(route53.caller("me"), NAME);
        assertThat(cnameAt("Z1")).isEqualTo(new StoredCname.Present());
        assertThat(recordListings()).hasSize(3);
    }

    private StoredCname cnameAt(String zoneId) {
        return zones.cnameAt(route53.caller("me"), zoneId, NAME);
    }

    /// What follows in the zone `example.com` when CNAMEs are asked for.
    private void stored(ResourceRecordSet... sets) {
        route53.records(r ->
                r.startRecordName() == null ? sets(set("example.com.", RRType.NS, "ns1.awsdns.net.")) : sets(sets));
    }
}
