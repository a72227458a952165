package dev.acme53.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnaskedHostsTest {
    private static final ProxySelector NO_PROXY = ProxySelector.of(null);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://169.254.169.254/latest/meta-data",
                "https://169.254.170.23:443/",
                "https://169.254.0.0",
                "https://169.254.255.255",
                "https://[fe80::1]/",
                "https://[febf::1]:8443/",
                "https://[fe80::1%25eth0]/",
                "https://[fd00:ec2::254]/",
                "https://[fd00:ec2::23]/",
                "https://[FD00:0EC2:ffff::1]/",
                "https://[::ffff:169.254.169.254]/",
                "https://[::ffff:a9fe:a9fe]/",
                "https://[::169.254.169.254]/",
                "https://[64:ff9b::169.254.169.254]/",
                "https://[64:ff9b::a9fe:aa17]/",
                "https://[64:ff9b:1::a9fe:a9fe]/",
                "https://[2002:a9fe:a9fe::1]/"
            })
    void linkLocalAndMetadataAddressesAreNeverAsked(String url) {
        assertThat(UnaskedHosts.has(URI.create(url))).isTrue();
        assertThat(UnaskedHosts.isReachedBy(URI.create(url), NO_PROXY, UnaskedHostsTest::nobody))
                .isTrue();
    }

    private static InetAddress[] nobody(String host) {
        throw new AssertionError(host + " is not looked up");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ca.example/dir",
                "https://169.254.169.254.ca.example/dir",
                "https://10.0.0.1/dir",
                "https://127.0.0.1:14000/dir",
                "https://169.253.255.255/",
                "https://[::1]/dir",
                "https://[fec0::1]/",
                "https://[fd00:ec3::1]/",
                "https://[64:ff9b::8.8.8.8]/",
                "https://[2001:db8::a9fe:a9fe]/dir",
                "https:directory"
            })
    void othersMayBe(String url) {
        assertThat(UnaskedHosts.has(URI.create(url))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "169.254.169.254, true",
        "10.0.0.1 169.254.170.23, true",
        "fd00:ec2::254, true",
        "64:ff9b::a9fe:a9fe, true",
        "10.0.0.1 2001:db8::1, false"
    })
    void aNameIsNotAskedThatLeadsThere(String addresses, boolean expected) {
        var found =
                Arrays.stream(addresses.split(" ")).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
        assertThat(UnaskedHosts.isReachedBy(URI.create("https://ca.example/dir"), NO_PROXY, _ -> found))
                .isEqualTo(expected);
    }

    @Test
    void whoIsNotKnownIsLeftToTheConnection() {
        assertThat(UnaskedHosts.isReachedBy(URI.create("https://ca.example/dir"), NO_PROXY, host -> {
                    throw new UnknownHostException(host);
                }))
                .isFalse();
    }

    @Test
    void whereAProxyIsBetweenItLooksNamesUpItself() {
        var proxy = ProxySelector.of(InetSocketAddress.createUnresolved("proxy.example", 3128));
        assertThat(UnaskedHosts.isReachedBy(URI.create("https://ca.example/dir"), proxy, UnaskedHostsTest::nobody))
                .isFalse();
        assertThat(UnaskedHosts.isReachedBy(URI.create("https://[fe80::1]/dir"), proxy, UnaskedHostsTest::nobody))
                .isTrue();
    }
}
