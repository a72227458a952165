package dev.acme53.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.dns.Cnames.Followed;
import dev.acme53.dns.Cnames.Owner;
import dev.acme53.names.DnsName;
import java.net.ConnectException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class CnamesTest {
    private static final String ONE = "192.0.2.1:53";
    private static final String TWO = "192.0.2.2:53";

    private final FakeDns dns = new FakeDns();

    private Cnames cnames() {
        return Resolvers.over(dns, List.of(Nameserver.of(ONE), Nameserver.of(TWO)), false, InstantSource.system())
                .cnames();
    }

    private Followed follow(String name) {
        return cnames().follow(DnsName.of(name));
    }

    private Followed follow(String name, Cnames.Judge judge) {
        return cnames().follow(DnsName.of(name), judge);
    }

    private static Followed.At at(String name) {
        return new Followed.At(DnsName.of(name));
    }

    @Test
    void aNameThatDoesNotExistIsItsOwnEnd() {
        assertThat(follow("_acme-challenge.example.com")).isEqualTo(at("_acme-challenge.example.com"));
    }

    @Test
    void aChainIsFollowedToItsEndWhichNeedNotExist() {
        dns.says(ONE, "_acme-challenge.example.com. 60 CNAME a.other.net.")
                .says(ONE, "a.other.net. 60 CNAME B.Other.Net.");
        assertThat(follow("_acme-challenge.example.com")).isEqualTo(at("b.other.net"));
    }

    @Test
    void aLoopIsAnError() {
        dns.says(ONE, "a.example.com. 60 CNAME b.example.com.").says(ONE, "b.example.com. 60 CNAME a.example.com.");
        assertThat(follow("a.example.com"))
                .isEqualTo(new Followed.Failed(
                        "the CNAME records of a.example.com lead in a circle or over more than 32 names"));
    }

    @Test
    void aChainWithoutEndIsAnError() {
        for (int i = 0; i < 40; i++) {
            dns.says(ONE, "n%d.example.com. 60 CNAME n%d.example.com.".formatted(i, i + 1));
        }
        assertThat(follow("n0.example.com")).isInstanceOf(Followed.Failed.class);
        assertThat(dns.asked).filteredOn(a -> a.contains(" n")).hasSize(32);
    }

    @Test
    void aTargetThatIsNoHostNameIsAnError() {
        dns.says(ONE, "a.example.com. 60 CNAME we\\032ird.example.com.");
        assertThat(follow("a.example.com"))
                .isEqualTo(new Followed.Failed("the CNAME record of a.example.com leads to no usable name"));
    }

    @Test
    void aSilentServerIsPassedOver() {
        dns.isSilent(ONE).says(TWO, "a.example.com. 60 CNAME b.example.com.");
        assertThat(follow("a.example.com")).isEqualTo(at("b.example.com"));
    }

    @Test
    void aServerThatRefusesIsPassedOverAndWhenAllDoTheNameStands() {
        dns.answersWith(ONE, "a.example.com.", Type.CNAME, Rcode.SERVFAIL)
                .answersWith(TWO, "a.example.com.", Type.CNAME, Rcode.REFUSED);
        assertThat(follow("a.example.com")).isEqualTo(at("a.example.com"));
        assertThat(dns.asked).hasSize(2);
    }

    @Test
    void withoutAnyAnswerTheTextNamesServerAndQuestionAndStaysTheSame() {
        dns.isSilent(ONE).isSilent(TWO);
        var expected = new Followed.Failed("no answer from 192.0.2.1:53 to CNAME a.example.com: connection refused");
        assertThat(follow("a.example.com")).isEqualTo(expected).isEqualTo(follow("a.example.com"));
    }

    /// The simplest of servers writes a wildcard's records out.
    private FakeDns wildcard(String name, String target) {
        return dns.says(ONE, name + " 60 CNAME " + target)
                .says(ONE, "_acme53-sibling." + name.substring(name.indexOf('.') + 1) + " 60 CNAME " + target);
    }

    @Test
    void aWildcardsCnameIsNotFollowed() {
        wildcard("_acme-challenge.www.example.com.", "lb.other.net.");
        assertThat(follow("_acme-challenge.www.example.com")).isEqualTo(at("_acme-challenge.www.example.com"));
    }

    @Test
    void aWildcardsCnameEndsAChainToo() {
        dns.says(ONE, "_acme-challenge.example.com. 60 CNAME a.other.net.");
        wildcard("a.other.net.", "lb.other.net.");
        assertThat(follow("_acme-challenge.example.com")).isEqualTo(at("a.other.net"));
    }

    @Test
    void aWildcardIsSeenFurtherUpWhereWhatWasWrittenHidesIt() {
        dns.says(ONE, "_acme-challenge.www.example.com. 60 CNAME lb.other.net.")
                .says(ONE, "_acme53-sibling.example.com. 60 CNAME lb.other.net.");
        assertThat(follow("_acme-challenge.www.example.com")).isEqualTo(at("_acme-challenge.www.example.com"));
    }

    @Test
    void namesBesideAreAskedForUpToTwoLabelsAndOnlyWhereThereIsACname() {
        follow("_acme-challenge.a.b.example.com");
        assertThat(dns.asked).hasSize(1);
        dns.says(ONE, "_acme-challenge.a.b.example.com. 60 CNAME proof.other.net.");
        follow("_acme-challenge.a.b.example.com");
        assertThat(dns.asked)
                .filteredOn(a -> a.contains("_acme53-sibling"))
                .containsExactly(
                        ONE + " _acme53-sibling.a.b.example.com. CNAME",
                        ONE + " _acme53-sibling.b.example.com. CNAME",
                        ONE + " _acme53-sibling.example.com. CNAME");
    }

    @Test
    void aCnameBesideAWildcardThatLeadsElsewhereIsTheNamesOwn() {
        dns.says(ONE, "_acme-challenge.example.com. 60 CNAME proof.other.net.")
                .says(ONE, "_acme53-sibling.example.com. 60 CNAME lb.other.net.");
        assertThat(follow("_acme-challenge.example.com")).isEqualTo(at("proof.other.net"));
    }

    @Test
    void aWildcardsTargetNeedBeNoHostName() {
        dns.says(ONE, "_acme-challenge.example.com. 60 CNAME proof.other.net.")
                .says(ONE, "_acme53-sibling.example.com. 60 CNAME we\\032ird.other.net.");
        assertThat(follow("_acme-challenge.example.com")).isEqualTo(at("proof.other.net"));
        wildcard("_acme-challenge.example.org.", "we\\032ird.other.net.");
        assertThat(follow("_acme-challenge.example.org")).isEqualTo(at("_acme-challenge.example.org"));
    }

    @Test
    void whoseItIsMayBeJudgedOtherwise() {
        wildcard("_acme-challenge.example.com.", "lb.other.net.");
        dns.says(ONE, "lb.other.net. 60 CNAME end.other.net.");
        var judged = new ArrayList<String>();
        Cnames.Judge own = (name, isSame) -> {
            judged.add(name + " " + isSame);
            return new Owner.Name();
        };
        assertThat(follow("_acme-challenge.example.com", own)).isEqualTo(at("end.other.net"));
        assertThat(judged).containsExactly("_acme-challenge.example.com true");
        assertThat(follow("_acme-challenge.example.com", (_, _) -> new Owner.Wildcard()))
                .isEqualTo(at("_acme-challenge.example.com"));
        assertThat(follow("_acme-challenge.example.com", (_, _) -> new Owner.Unknown("who knows")))
                .isEqualTo(new Followed.Failed("who knows"));
    }

    @Test
    void whereTheNameBesideItIsNotAnsweredForNothingIsKnown() {
        dns.says(ONE, "_acme-challenge.example.com. 60 CNAME proof.other.net.");
        Exchange deafToSiblings = (server, query) -> {
            if (query.getQuestion().getName().toString().startsWith("_acme53")) {
                throw new ConnectException();
            }
            return dns.ask(server, query);
        };
        assertThat(Resolvers.over(deafToSiblings, List.of(Nameserver.of(ONE)), false, InstantSource.system())
                        .cnames()
                        .follow(DnsName.of("_acme-challenge.example.com")))
                .isEqualTo(new Followed.Failed(
                        "no answer from 192.0.2.1:53 to CNAME _acme53-sibling.example.com: " + "connection refused"));
    }
}
