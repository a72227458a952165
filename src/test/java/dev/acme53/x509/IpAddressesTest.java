package dev.acme53.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressesTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,               c0000201,                         192.0.2.1",
        "::ffff:192.0.2.1,        c0000201,                         192.0.2.1",
        "2001:DB8:0:0:0:0:0:1,    20010db8000000000000000000000001, 2001:db8::1",
        "::,                      00000000000000000000000000000000, ::",
        "::1,                     00000000000000000000000000000001, ::1",
        "1::,                     00010000000000000000000000000000, 1::",
        "2001:db8:0:1:1:1:1:1,    20010db8000000010001000100010001, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1,      20010000000000010000000000000001, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1,    20010db8000000000001000000000001, 2001:db8::1:0:0:1"
    })
    void anAddressHasItsOctetsAndItsUsualText(String text, String octets, String usual) {
        var parsed = IpAddresses.parse(text).orElseThrow();
        assertThat(HexFormat.of().formatHex(parsed)).isEqualTo(octets);
        assertThat(IpAddresses.text(parsed)).isEqualTo(usual);
        assertThat(IpAddresses.canonical(usual)).hasValue(usual);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2",
                "1.2.3",
                "1.2.3.4.5",
                "01.2.3.4",
                "256.1.1.1",
                "fe80::1%eth0",
                ":",
                ":::",
                "1::2::3",
                "[::1]",
                "localhost",
                "1.2.3.4 ",
                "::g",
                "0x1.2.3.4",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9"
            })
    void textThatIsNoAddressIsRefused(String text) {
        assertThat(IpAddresses.parse(text)).isEmpty();
    }
}
