package dev.acme53.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
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
                "https://%41/"
            })
    void anythingElseIsNone(String url) {
        assertThat(NamedServer.https(url)).isEmpty();
    }
}
