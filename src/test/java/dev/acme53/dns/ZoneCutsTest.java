package dev.acme53.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.dns.ZoneCuts.ZoneCut;
import dev.acme53.names.DnsName;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class ZoneCutsTest {
    private static final String SERVER = "192.0.2.1:53";
    private static final DnsName NAME = DnsName.of("_acme-challenge.www.example.com");

    private final FakeDns dns = new FakeDns();
    private final Resolvers resolvers =
            Resolvers.over(dns, List.of(Nameserver.of(SERVER)), false, InstantSource.system());

    private ZoneCut zoneOf(DnsName name) {
        return resolvers.zoneCuts().zoneOf(name);
    }

    private static ZoneCut at(String zone, String... nameservers) {
        var names = new LinkedHashSet<DnsName>();
        Stream.of(nameservers).map(DnsName::of).forEach(names::add);
        return new ZoneCut.At(DnsName.of(zone), names);
    }

    private FakeDns exampleCom(int soaTtl, int nsTtl) {
        return dns.says(SERVER, "example.com. %d SOA ns1.example.net. h.example.net. 1 2 3 4 5".formatted(soaTtl))
                .says(SERVER, "example.com. %d NS ns2.example.net.".formatted(nsTtl))
                .says(SERVER, "example.com. %d NS NS1.example.net.".formatted(nsTtl));
    }

    @Test
    void theNearestNameAboveWithASoaIsTheZone() {
        exampleCom(900, 900);
        assertThat(zoneOf(NAME)).isEqualTo(at("example.com", "ns1.example.net", "ns2.example.net"));
    }

    @Test
    void aNameMayBeAZoneItself() {
        exampleCom(900, 900)
                .says(SERVER, NAME.absolute() + " 60 SOA ns1.example.org. h.example.org. 1 2 3 4 5")
                .says(SERVER, NAME.absolute() + " 60 NS ns1.example.org.");
        assertThat(zoneOf(NAME)).isEqualTo(at(NAME.text(), "ns1.example.org"));
    }

    @Test
    void theSoaBehindACnameIsNotThisNames() {
        exampleCom(900, 900).says(SERVER, "www.example.com. 60 CNAME example.org.");
        assertThat(zoneOf(DnsName.of("www.example.com")))
                .isInstanceOfSatisfying(
                        ZoneCut.At.class, cut -> assertThat(cut.zone()).isEqualTo(DnsName.of("example.com")));
    }

    @Test
    void anotherAnswerThanYesOrNoEndsTheWalk() {
        exampleCom(900, 900).answersWith(SERVER, "www.example.com.", Type.SOA, Rcode.SERVFAIL);
        assertThat(zoneOf(NAME)).isEqualTo(new ZoneCut.Failed("192.0.2.1:53 answers SERVFAIL to SOA www.example.com"));
    }

    @Test
    void withoutAnyZoneThereIsNone() {
        assertThat(zoneOf(NAME)).isEqualTo(new ZoneCut.Failed("no zone of public DNS holds " + NAME));
    }

    @Test
    void aZoneWithoutNameServersIsAnError() {
        dns.says(SERVER, "example.com. 900 SOA ns1.example.net. h.example.net. 1 2 3 4 5");
        assertThat(zoneOf(NAME)).isEqualTo(new ZoneCut.Failed("the zone example.com shows no name servers"));
    }

    @Test
    void whatIsAskedForOneNameOfAZoneIsNotAskedForTheNext() {
        exampleCom(900, 900).denies(SERVER, "example.com. 900 SOA ns1.example.net. h.example.net. 1 2 3 4 60");
        zoneOf(NAME);
        assertThat(dns.asked).hasSize(4);
        assertThat(zoneOf(DnsName.of("www.example.com"))).isInstanceOf(ZoneCut.At.class);
        assertThat(dns.asked).hasSize(4);
        zoneOf(DnsName.of("_acme-challenge.api.example.com"));
        assertThat(dns.asked).hasSize(6);
    }

    @Test
    void otherServersHaveAnswersOfTheirOwn() {
        exampleCom(900, 900);
        zoneOf(NAME);
        var other = resolvers.only(List.of(Nameserver.of("192.0.2.9:53")));
        assertThat(other.zoneCuts().zoneOf(NAME)).isInstanceOf(ZoneCut.Failed.class);
    }
}
