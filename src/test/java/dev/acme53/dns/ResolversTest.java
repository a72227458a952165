package dev.acme53.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.names.DnsName;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolversTest {
    private static final String ONE = "192.0.2.1:53";

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "10.1.2.3, false",
        "192.168.0.9, false",
        "127.0.0.1, false",
        "169.254.169.253, false",
        "198.51.100.7, true"
    })
    void nameServersOfAPrivateViewHaveNoPublicAddress(String address, boolean isPublic) {
        var dns = new FakeDns().says(ONE, "ns1.example.net. 60 A " + address);
        var resolvers = Resolvers.over(dns, List.of(Nameserver.of(ONE)), false, InstantSource.system());
        assertThat(resolvers.arePublic(Set.of(DnsName.of("ns1.example.net")))).isEqualTo(isPublic);
        assertThat(resolvers.arePublic(Set.of(DnsName.of("ns2.example.net")))).isFalse();
    }
}
