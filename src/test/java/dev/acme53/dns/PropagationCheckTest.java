package dev.acme53.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.dns.PropagationCheck.Look;
import dev.acme53.names.DnsName;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class PropagationCheckTest {
    private static final String ONE = "192.0.2.1:53";
    private static final String TWO = "192.0.2.2:53";
    private static final String NS1 = "ns1.example.net:53";
    private static final String NS2 = "ns2.example.net:53";
    private static final DnsName NAME = DnsName.of("_acme-challenge.example.com");
    private static final String VALUE = "LPsIwTo7o8BoG0-vjCyGQGBWSVIPxI-i_X336eUOQZo";
    private static final Look NOT_YET =
            new Look.NotYet("DNS record for \"_acme-challenge.example.com\" not yet propagated");

    private final FakeDns dns = new FakeDns();

    @BeforeEach
    void aZoneWithTwoServers() {
        dns.says(ONE, "example.com. 900 SOA ns1.example.net. h.example.net. 1 2 3 4 5")
                .says(ONE, "example.com. 900 NS ns1.example.net.")
                .says(ONE, "example.com. 900 NS ns2.example.net.");
    }

    private Look look(boolean recursiveOnly) {
        return Resolvers.over(
                        dns, List.of(Nameserver.of(ONE), Nameserver.of(TWO)), recursiveOnly, InstantSource.system())
                .propagation()
                .look(NAME, VALUE, (_, _) -> new Cnames.Owner.Wildcard());
    }

    private FakeDns txt(String server, String data) {
        return dns.says(server, NAME.absolute() + " 10 TXT " + data);
    }

    @Test
    void allAuthoritativeServersMustHaveIt() {
        txt(NS1, VALUE);
        assertThat(look(false)).isEqualTo(NOT_YET);
        txt(NS2, VALUE);
        assertThat(look(false)).isEqualTo(new Look.Visible());
    }

    @Test
    void recursiveServersDoNotCountWhenAuthoritativeOnesAreAsked() {
        txt(ONE, VALUE);
        txt(TWO, VALUE);
        assertThat(look(false)).isEqualTo(NOT_YET);
    }

    @Test
    void withRecursiveOnlyAllOfThemAreAskedAndNobodyElse() {
        txt(ONE, VALUE);
        assertThat(look(true)).isEqualTo(NOT_YET);
        txt(TWO, VALUE);
        assertThat(look(true)).isEqualTo(new Look.Visible());
        assertThat(dns.asked).allMatch(a -> a.startsWith(ONE) || a.startsWith(TWO));
        assertThat(dns.asked).noneMatch(a -> a.endsWith("SOA"));
    }

    @Test
    void otherValuesMayStandBesideIt() {
        for (var server : List.of(ONE, TWO)) {
            txt(server, "somethingElse");
            txt(server, VALUE);
        }
        assertThat(look(true)).isEqualTo(new Look.Visible());
    }

    @Test
    void theStringsOfOneRecordAreJoined() {
        for (var server : List.of(ONE, TWO)) {
            txt(server, "\"" + VALUE.substring(0, 20) + "\" \"" + VALUE.substring(20) + "\"");
        }
        assertThat(look(true)).isEqualTo(new Look.Visible());
    }

    @Test
    void anotherValueIsNotYetIt() {
        for (var server : List.of(ONE, TWO)) {
            txt(server, VALUE + "x");
        }
        assertThat(look(true)).isEqualTo(NOT_YET);
    }

    @Test
    void cnamesAreAlwaysFollowedAndTheTargetsZoneIsAsked() {
        dns.says(ONE, NAME.absolute() + " 60 CNAME proof.example.org.")
                .says(ONE, "example.org. 900 SOA ns9.example.org. h.example.org. 1 2 3 4 5")
                .says(ONE, "example.org. 900 NS ns9.example.org.")
                .says("ns9.example.org:53", "proof.example.org. 10 TXT " + VALUE);
        assertThat(look(false)).isEqualTo(new Look.Visible());
    }

    @Test
    void whereAWildcardsCnameStillShowsTheRecordIsLookedForAtTheNameItself() {
        dns.says(ONE, NAME.absolute() + " 60 CNAME lb.example.org.")
                .says(ONE, "_acme53-sibling.example.com. 60 CNAME lb.example.org.");
        txt(NS1, VALUE).says(NS2, NAME.absolute() + " 60 CNAME lb.example.org.");
        assertThat(look(false))
                .isEqualTo(new Look.NotYet("DNS record for \"_acme-challenge.example.com\" not yet propagated: "
                        + "a wildcard's CNAME record still shows in its place"));
        dns.forget(NS2, NAME.absolute(), Type.CNAME);
        txt(NS2, VALUE);
        assertThat(look(false)).isEqualTo(new Look.Visible());
    }

    @Test
    void theRecordIsLookedForEachTimeAndTheWayThereOnlyOnce() {
        dns.denies(ONE, "example.com. 900 SOA ns1.example.net. h.example.net. 1 2 3 4 60");
        var check = Resolvers.over(dns, List.of(Nameserver.of(ONE)), false, InstantSource.system())
                .propagation();
        Supplier<Look> look = () -> check.look(NAME, VALUE, (_, _) -> new Cnames.Owner.Name());
        assertThat(look.get()).isEqualTo(NOT_YET);
        var first = dns.asked.size();
        txt(NS1, VALUE);
        txt(NS2, VALUE);
        assertThat(look.get()).isEqualTo(new Look.Visible());
        assertThat(dns.asked.subList(first, dns.asked.size())).hasSize(2).allMatch(a -> a.endsWith("TXT"));
    }

    @Test
    void aServerThatRefusesIsAnErrorThatNamesIt() {
        txt(NS1, VALUE).answersWith(NS2, NAME.absolute(), Type.TXT, Rcode.REFUSED);
        assertThat(look(false))
                .isEqualTo(new Look.Failed("ns2.example.net:53 answers REFUSED to TXT _acme-challenge.example.com"));
    }

    @Test
    void anErrorIsToldRatherThanNotYetAndTheFirstServersRatherThanALaterOnes() {
        dns.isSilent(NS1).isSilent(NS2);
        assertThat(look(false))
                .isEqualTo(new Look.Failed("no answer from ns1.example.net:53 to TXT _acme-challenge.example.com: "
                        + "connection refused"))
                .isEqualTo(look(false));
    }

    @Test
    void withoutAZoneNobodyCanBeAsked() {
        dns.forget(ONE, "example.com.", Type.SOA);
        assertThat(look(false)).isEqualTo(new Look.Failed("no zone of public DNS holds _acme-challenge.example.com"));
    }
}
