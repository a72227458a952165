package dev.acme53.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.aws.Resolution;
import dev.acme53.dns.FakeDns;
import dev.acme53.dns.ZoneCuts.ZoneCut;
import dev.acme53.names.DnsName;
import dev.acme53.route53.AccountCalls;
import dev.acme53.route53.HostedZones;
import dev.acme53.route53.RequestLimits;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

class ElsewhereTest {
    private static final String DNS = "192.0.2.1:53";

    private static final DnsName NAME = DnsName.of("_acme-challenge.www.example.com");
    private static final DnsName NS1 = DnsName.of("ns-1.awsdns-01.org");
    private static final DnsName NS2 = DnsName.of("ns-2.awsdns-02.com");
    private static final DnsName OTHER = DnsName.of("ns.other.example");

    private static ZoneCut.At zone(DnsName... servers) {
        return new ZoneCut.At(DnsName.of("example.com"), Set.of(servers));
    }

    /// What is said of a record that stands in hosted zone Z1, which has the name servers NS1 and NS2.
    private static Optional<String> sentence(FakeDns dns, Resolution credentials) {
        try (var resolvers = dns.resolvers(DNS)) {
            var calls = new AccountCalls(new RequestLimits(10, 0), InstantSource.system());
            var sessions = FakeSession.sessions(() -> credentials);
            return new Elsewhere(resolvers, new HostedZones(calls, InstantSource.system()), sessions)
                    .sentence(Challenges.claimed(Challenges.challenge(), "Z1/" + NAME + "/C1"));
        }
    }

    private static FakeDns served(String by, String address) {
        return new FakeDns()
                .says(DNS, "example.com. 60 SOA ns. mail. 1 2 3 4 5")
                .says(DNS, "example.com. 60 NS " + by + ".")
                .says(DNS, by + ". 60 A " + address);
    }

    @ParameterizedTest
    @CsvSource({
        "ns.other.example, 198.51.100.7, true",
        "ns.other.example, 10.1.2.3, false",
        "ns-1.awsdns-01.org, 198.51.100.7, false"
    })
    void thatOthersServeTheZoneIsSaidWhereTheirAddressIsPublic(String server, String address, boolean said) {
        assertThat(sentence(
                                served(server, address),
                                new Resolution.Granted(new FakeSession("keys", true, Listing::new)))
                        .isPresent())
                .isEqualTo(said);
    }

    @Test
    void nothingIsSaidOfAZoneThatMayNotBeListed() {
        assertThat(sentence(served(OTHER.text(), "198.51.100.7"), new Resolution.Refused("no credentials", true)))
                .isEmpty();
    }

    @Test
    void aCnameThatLeadsAwayFromTheRecordIsNamed() {
        assertThat(Elsewhere.ledAway(NAME, DnsName.of("proof.example.net"), NAME))
                .contains("in DNS \"_acme-challenge.www.example.com\" leads to \"proof.example.net\" by CNAME, and the "
                        + "record was written at \"_acme-challenge.www.example.com\"");
        assertThat(Elsewhere.ledAway(NAME, NAME, NAME)).isEmpty();
    }

    @Test
    void aZoneThatOthersServeIsNamed() {
        assertThat(Elsewhere.servedByOthers(zone(OTHER), Set.of(NS1, NS2), "Z1"))
                .contains("in DNS the zone \"example.com\" is served by ns.other.example, which are not the name "
                        + "servers of hosted zone Z1");
    }

    @Test
    void whatTheHostedZoneItselfDelegatesIsNotItsOwn() {
        assertThat(Elsewhere.servedByOthers(zone(NS1), Set.of(), "Z1")).isPresent();
    }

    @Test
    void oneServerInCommonIsEnoughToDoubt() {
        assertThat(Elsewhere.servedByOthers(zone(OTHER, NS1), Set.of(NS1, NS2), "Z1"))
                .isEmpty();
    }

    @Test
    void thePrivateZoneOfTheSameNameSaysNothing() {
        var shown = zone(DnsName.of("ns-0.awsdns-00.com"), DnsName.of("ns-512.awsdns-00.net"));
        assertThat(Elsewhere.servedByOthers(shown, Set.of(NS1, NS2), "Z1")).isEmpty();
    }

    /// What whoever may list the records of the zone is shown.
    private static final class Listing implements Route53Client {
        @Override
        public ListResourceRecordSetsResponse listResourceRecordSets(ListResourceRecordSetsRequest request) {
            return ListResourceRecordSetsResponse.builder()
                    .resourceRecordSets(
                            apex(request, RRType.NS, NS1.absolute(), NS2.absolute()),
                            apex(request, RRType.SOA, "ns. mail. 1 2 3 4 5"))
                    .build();
        }

        private static ResourceRecordSet apex(ListResourceRecordSetsRequest request, RRType type, String... values) {
            return ResourceRecordSet.builder()
                    .name(request.startRecordName())
                    .type(type)
                    .resourceRecords(Stream.of(values)
                            .map(value -> ResourceRecord.builder().value(value).build())
                            .toList())
                    .build();
        }

        @Override
        public String serviceName() {
            return "route53";
        }

        @Override
        public void close() {}
    }
}
