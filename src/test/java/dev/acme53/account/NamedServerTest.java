package dev.acme53.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamedServerTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://acme-v02.api.letsencrypt.org/directory",
                "https://127.0.0.1:14000/dir",
                "HTTPS://ca.example/acme?tenant=1"
            })
    void anAbsoluteHttpsUrlIsAServer(String url) {
        assertThat(NamedServer.https(url)).get().hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "acme-v02.api.letsencrypt.org/directory",
                "http://ca.example/directory",
                "ftp://ca.example/directory",
                "file:///etc/passwd",
                "https:///directory",
                "https:directory",
                "https://user:password@ca.example/directory",
                "https://ca.example/a b",
                "https://%41/",
                "https://169.254.169.254/latest",
                "https://[fd00:ec2::254]/",
                "https://2852039166/",
                "https://169.254.43518/",
                "https://169.254.169.254./"
            })
    void anythingElseIsNone(String url) {
        assertThat(NamedServer.https(url)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://ca.example | spec.acme.server is not an https URL: name the CA's ACME directory",
                "https://169.254.169.254 | spec.acme.server is a link-local or metadata address, which is never asked: name"
                        + " the CA's ACME directory",
            })
    void theFaultIsNamed(String url, String fault) {
        assertThat(NamedServer.fault(url)).isEqualTo(fault);
    }
}
