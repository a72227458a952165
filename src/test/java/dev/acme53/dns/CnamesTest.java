package dev.acme53.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.dns.Cnames.Followed;
import dev.acme53.names.DnsName;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class CnamesTest {
    private static final String ONE = "192.0.2.1:53";
    private static final String TWO = "192.0.2.2:53";

    private final FakeDns dns = new FakeDns();

    private Followed follow(String name) {
        return Resolvers.over(dns, List.of(Nameserver.of(ONE), Nameserver.of(TWO)), false, InstantSource.system())
                .cnames()
                .follow(DnsName.of(name));
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
        assertThat(dns.asked).hasSize(32);
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
}
