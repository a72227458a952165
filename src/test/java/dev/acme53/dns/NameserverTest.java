package dev.acme53.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameserverTest {
    @ParameterizedTest
    @CsvSource({
        "8.8.8.8:53, 8.8.8.8, 53",
        "127.0.0.1:8053, 127.0.0.1, 8053",
        "[2001:4860:4860::8888]:53, 2001:4860:4860::8888, 53",
        "dns.example.com:5353, dns.example.com, 5353",
    })
    void aHostWithItsPortIsAPlainServer(String text, String host, int port) {
        assertThat(Nameserver.of(text))
                .isEqualTo(new Nameserver.Plain(host, port))
                .hasToString(text);
    }

    @Test
    void anHttpsUrlIsADohServer() {
        assertThat(Nameserver.of("https://dns.example.com/dns-query"))
                .isEqualTo(new Nameserver.Doh(URI.create("https://dns.example.com/dns-query")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "8.8.8.8",
                "8.8.8.8:",
                "8.8.8.8:0",
                "8.8.8.8:65536",
                "2001:4860::8888:53",
                "http://dns.example.com",
                "https://",
                "https://user@dns.example.com",
                "https://dns example.com",
                "a b:53",
                "8.8.8.8:53\n",
            })
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Nameserver.of(text))
                .withMessageStartingWith("must be <host>:<port> or https://<DoH server>")
                .withMessageNotContaining("\n");
    }

    @Test
    void theSystemsServersAreThoseOfResolvConfInItsOrder() {
        assertThat(Nameserver.ofResolvConf("""
                        # by the kubelet
                        search svc.cluster.local
                        nameserver 10.96.0.10
                          nameserver\tfd00::10
                        options ndots:5
                        nameserver
                        """))
                .containsExactly(new Nameserver.Plain("10.96.0.10", 53), new Nameserver.Plain("fd00::10", 53));
    }

    @Test
    void withoutAnyServerGooglesAreAsked() {
        assertThat(Nameserver.ofResolvConf("search example.com\n"))
                .extracting(Object::toString)
                .containsExactly("8.8.8.8:53", "8.8.4.4:53");
    }
}
