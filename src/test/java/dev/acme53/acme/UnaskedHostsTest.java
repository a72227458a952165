package dev.acme53.acme;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnaskedHostsTest {
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
                "https://[::ffff:a9fe:a9fe]/"
            })
    void linkLocalAndMetadataAddressesAreNeverAsked(String url) {
        assertThat(UnaskedHosts.has(URI.create(url))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ca.example/dir",
                "https://169.254.169.254.ca.example/dir",
                "https://10.0.0.1/dir",
                "https://127.0.0.1:14000/dir",
                "https://169.253.255.255/",
                "https://[fec0::1]/",
                "https://[fd00:ec3::1]/",
                "https://[2001:db8::1]/dir",
                "https:directory"
            })
    void othersMayBe(String url) {
        assertThat(UnaskedHosts.has(URI.create(url))).isFalse();
    }
}
