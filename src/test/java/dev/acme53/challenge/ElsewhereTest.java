package dev.acme53.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.dns.ZoneCuts.ZoneCut;
import dev.acme53.names.DnsName;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ElsewhereTest {
    private static final DnsName NAME = DnsName.of("_acme-challenge.www.example.com");
    private static final DnsName NS1 = DnsName.of("ns-1.awsdns-01.org");
    private static final DnsName NS2 = DnsName.of("ns-2.awsdns-02.com");
    private static final DnsName OTHER = DnsName.of("ns.other.example");

    private static ZoneCut.At zone(DnsName... servers) {
        return new ZoneCut.At(DnsName.of("example.com"), Set.of(servers));
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
}
