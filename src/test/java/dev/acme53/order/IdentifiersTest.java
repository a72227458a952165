package dev.acme53.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Bytes;
import dev.acme53.api.OrderSpec;
import dev.acme53.names.DnsName;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentifiersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // common name | dnsNames | ipAddresses | DNS identifiers | IP identifiers
                "''            | b.example a.example b.example | ''               | a.example b.example    | ''",
                "c.example     | a.example                     | ''               | a.example c.example    | ''",
                "a.example     | a.example                     | ''               | a.example              | ''",
                "localhost     | a.example                     | ''               | a.example              | ''",
                "My Company    | a.example                     | ''               | a.example              | ''",
                "*.example     | example                       | ''               | *.example example      | ''",
                "192.0.2.7     | ''                            | 192.0.2.9        | ''                     | 192.0.2.7 192.0.2.9",
                "2001:db8::1   | ''                            | ''               | ''                     | 2001:db8::1",
                "''            | localhost                     | 192.0.2.9 192.0.2.1 192.0.2.9 | localhost | 192.0.2.1 192.0.2.9",
                "''            | Upper.Example upper.example   | ''               | upper.example          | ''",
            })
    void areSortedAndUniqueWithTheCommonNameAmongThem(
            String commonName, String dnsNames, String ipAddresses, String dns, String ips) {
        assertThat(Identifiers.of(spec(commonName, dnsNames, ipAddresses)))
                .isEqualTo(new Identifiers.Named(
                        words(dns).stream().map(DnsName::of).toList(), words(ips)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''        | a_b!.example  | spec.dnsNames: \"a_b!.example\" is not a DNS name: a label has only a-z, 0-9, hyphens and underscores",
                "''        | ''            | the order names nothing to certify: give the Certificate dnsNames",
                "localhost | ''            | the order names nothing to certify: give the Certificate dnsNames",
            })
    void anOrderOfNothingOrOfNoNamesIsNotPlaced(String commonName, String dnsNames, String reason) {
        assertThat(Identifiers.of(spec(commonName, dnsNames, ""))).isEqualTo(new Identifiers.Unusable(reason));
    }

    private static OrderSpec spec(String commonName, String dnsNames, String ipAddresses) {
        return new OrderSpec(
                Bytes.EMPTY, AnOrder.ISSUER, commonName, words(dnsNames), words(ipAddresses), null, null, null);
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
    }
}
