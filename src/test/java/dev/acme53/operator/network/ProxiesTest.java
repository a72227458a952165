package dev.acme53.operator.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Authenticator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Cases of `NO_PROXY` are by the rules of golang.org/x/net/http/httpproxy.
class ProxiesTest {
    private static final String NONE = "straight";

    private static Proxies proxies(String... pairs) {
        var environment = new HashMap<String, String>();
        for (var pair : pairs) {
            environment.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return Proxies.of(environment);
    }

    private static String way(Proxies proxies, String url) {
        return proxies.to(URI.create(url)).map(ProxyServer::toString).orElse(NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS_PROXY=http://p:1, https://acme.example/dir, p:1",
        "HTTPS_PROXY=http://p:1, http://acme.example/dir, straight",
        "HTTP_PROXY=http://p:1, http://acme.example/dir, p:1",
        "HTTP_PROXY=http://p:1, https://acme.example/dir, straight",
        "https_proxy=http://p:1, https://acme.example/dir, p:1",
        "HTTPS_PROXY=http://p:1|https_proxy=http://q:2, https://acme.example/, p:1",
        "HTTPS_PROXY=|https_proxy=http://q:2, https://acme.example/, q:2",
        "HTTPS_PROXY=proxy.corp:3128, https://acme.example/, proxy.corp:3128",
        "HTTPS_PROXY=proxy.corp, https://acme.example/, proxy.corp:80",
        "HTTPS_PROXY=http://[2001:db8::1]:3128/, https://acme.example/, [2001:db8::1]:3128",
        "HTTPS_PROXY=HTTP://u:p@proxy.corp:3128, https://acme.example/, proxy.corp:3128",
        "ALL_PROXY=http://p:1, https://acme.example/, straight"
    })
    void theVariableOfTheSchemeNamesTheProxy(String variables, String url, String expected) {
        assertThat(way(proxies(variables.split("\\|")), url)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "example.com | https://example.com/ | straight",
                "example.com | https://a.b.example.com/ | straight",
                "example.com | https://badexample.com/ | p:1",
                "EXAMPLE.com | https://www.Example.COM/ | straight",
                ".example.com | https://example.com/ | p:1",
                ".example.com | https://www.example.com/ | straight",
                "*.example.com | https://www.example.com/ | straight",
                "*.example.com | https://example.com/ | p:1",
                "example.com:443 | https://example.com/ | straight",
                "example.com:8443 | https://example.com/ | p:1",
                "example.com:8443 | https://example.com:8443/ | straight",
                ".example.com:8443 | https://a.example.com:8443/ | straight",
                "other.net, example.com | https://example.com/ | straight",
                "other.net,,  ,:80,example.com | https://example.com/ | straight",
                "* | https://example.com/ | straight",
                "other.net,* | https://203.0.113.1/ | straight",
                "203.0.113.1 | https://203.0.113.1/ | straight",
                "203.0.113.1 | https://203.0.113.10/ | p:1",
                "203.0.113.1:443 | https://203.0.113.1/ | straight",
                "203.0.113.1:80 | https://203.0.113.1/ | p:1",
                "203.0.113.1 | https://[::ffff:203.0.113.1]/ | straight",
                "10.0.0.0/8 | https://10.96.0.1/ | straight",
                "10.0.0.0/8 | https://11.96.0.1/ | p:1",
                "10.96.0.0/12 | https://10.111.255.255/ | straight",
                "10.96.0.0/12 | https://10.112.0.0/ | p:1",
                "0.0.0.0/0 | https://192.0.2.1/ | straight",
                "0.0.0.0/0 | https://example.com/ | p:1",
                "2001:db8::/32 | https://[2001:db8:1::1]/ | straight",
                "2001:db8::/32 | https://[2001:db9::1]/ | p:1",
                "2001:db8::/33 | https://[2001:db8:8000::1]/ | p:1",
                "2001:db8::1 | https://[2001:db8::1]/ | straight",
                "[2001:db8::1] | https://[2001:db8::1]/ | straight",
                "[2001:db8::1]:443 | https://[2001:db8::1]/ | straight",
                "[2001:db8::1]:8443 | https://[2001:db8::1]/ | p:1",
                "10.0.0.0/33 | https://10.0.0.1/ | p:1",
                "com | https://example.com/ | straight",
            })
    void noProxyIsReadAsGoReadsIt(String noProxy, String url, String expected) {
        assertThat(way(proxies("HTTPS_PROXY=http://p:1", "NO_PROXY=" + noProxy), url))
                .isEqualTo(expected);
        assertThat(way(proxies("https_proxy=http://p:1", "no_proxy=" + noProxy), url))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:4566/",
                "http://LOCALHOST/",
                "http://127.0.0.1:9/",
                "http://127.9.9.9/",
                "https://[::1]:6443/"
            })
    void loopbackIsNeverProxied(String url) {
        assertThat(way(proxies("HTTP_PROXY=http://p:1", "HTTPS_PROXY=http://p:1"), url))
                .isEqualTo(NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/api/token",
                "https://169.254.169.254/",
                "http://169.254.170.2/v2/credentials/x",
                "http://169.254.170.23/v1/credentials",
                "http://[fd00:ec2::254]/latest/meta-data/",
                "http://[FD00:EC2:0:0::254]/",
                "http://[fd00:ec2::23]/v1/credentials",
                "http://[::ffff:169.254.169.254]/",
                "http://169.254.169.254:80/"
            })
    void whereAwsHandsOutCredentialsNoProxyIsAskedWhateverTheVariablesSay(String url) {
        var proxies = proxies("HTTP_PROXY=http://p:1", "HTTPS_PROXY=http://p:1", "NO_PROXY=unrelated.example");
        assertThat(way(proxies, url)).isEqualTo(NONE);
        assertThat(proxies.selector().select(URI.create(url))).containsExactly(Proxy.NO_PROXY);
        assertThat(proxies.authorization(URI.create(url))).isEmpty();
    }

    @Test
    void otherLinkLocalAddressesAreProxiedAsAnyElse() {
        assertThat(way(proxies("HTTP_PROXY=http://p:1"), "http://169.254.169.253/"))
                .isEqualTo("p:1");
    }

    @Test
    void clientsOfTheJdkAreToldTheProxyByName() {
        var proxies = proxies("HTTPS_PROXY=http://u:p@proxy.corp:3128");
        assertThat(proxies.selector().select(URI.create("https://example.com/")))
                .containsExactly(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.corp", 3128)));
    }

    @ParameterizedTest
    @CsvSource({
        "http://jane:secret@p:1, amFuZTpzZWNyZXQ=",
        "http://jane@p:1, amFuZTo=",
        "http://ja%40ne:s%3Ae%2Fc+%25@p:1, amFAbmU6czplL2MrJQ=="
    })
    void theLoginOfTheProxysUrlIsSentAsBasic(String proxy, String expected) {
        assertThat(proxies("HTTPS_PROXY=" + proxy).authorization(URI.create("https://example.com/")))
                .contains("Basic " + expected);
        assertThat(proxies("HTTPS_PROXY=" + proxy).authorization(URI.create("http://example.com/")))
                .isEmpty();
    }

    @Test
    void onlyTheProxyItselfIsToldTheLogin() throws Exception {
        var authenticator = proxies("HTTPS_PROXY=http://jane:secret@p:1").authenticator();
        assertThat(asked(authenticator, "p", 1, Authenticator.RequestorType.PROXY))
                .isEqualTo("jane:secret");
        assertThat(asked(authenticator, "q", 1, Authenticator.RequestorType.PROXY))
                .isEmpty();
        assertThat(asked(authenticator, "p", 2, Authenticator.RequestorType.PROXY))
                .isEmpty();
        assertThat(asked(authenticator, "p", 1, Authenticator.RequestorType.SERVER))
                .isEmpty();
    }

    private static String asked(Authenticator authenticator, String host, int port, Authenticator.RequestorType by)
            throws Exception {
        var login = authenticator.requestPasswordAuthenticationInstance(
                host,
                InetAddress.getLoopbackAddress(),
                port,
                "http",
                "realm",
                "basic",
                URI.create("http://x/").toURL(),
                by);
        return login == null ? "" : login.getUserName() + ":" + new String(login.getPassword());
    }

    @ParameterizedTest
    @CsvSource({
        "https_proxy=https://jane:s3cret@p:1, https_proxy",
        "HTTPS_PROXY=socks5://jane:s3cret@p:1, HTTPS_PROXY",
        "HTTP_PROXY=http://jane:s3cr^et@p:1, HTTP_PROXY",
        "HTTP_PROXY=http://jane:s3cret@:1, HTTP_PROXY"
    })
    void aProxyThatCannotBeUsedIsNamedByItsVariableWithoutItsPassword(String variable, String named) {
        assertThatThrownBy(() -> proxies(variable))
                .isInstanceOf(BadVariable.class)
                .hasMessageStartingWith(named + ": ")
                .satisfies(
                        e -> assertThat(e.getMessage()).doesNotContain("s3cr").hasLineCount(1));
    }

    @Test
    void noTextOfOursHoldsTheLogin() {
        assertThat(Map.of("", proxies("HTTPS_PROXY=http://jane:s3cret@p:1")).toString())
                .doesNotContain("jane", "s3cret");
    }
}
