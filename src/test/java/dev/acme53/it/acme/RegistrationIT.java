package dev.acme53.it.acme;

import static dev.acme53.it.acme.Accounts.failure;
import static dev.acme53.it.acme.Accounts.key;
import static dev.acme53.it.acme.Accounts.server;
import static dev.acme53.it.acme.Accounts.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.acme53.acme.AcmeFailure;
import dev.acme53.acme.AcmeRequest;
import dev.acme53.acme.AcmeServer;
import dev.acme53.acme.Eab;
import dev.acme53.acme.Registration;
import dev.acme53.servers.AcmeCa;
import dev.acme53.servers.PebbleSettings;
import dev.acme53.servers.PrivateCa;
import dev.acme53.servers.TestServers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// How accounts come to be at a strict CA that refuses one nonce in twenty.
class RegistrationIT {
    private static final Registration PLAIN = new Registration(Optional.empty(), Optional.empty());
    private static final String MAC_KEY = "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";

    private static AcmeCa pebble;
    private static AcmeCa binding;
    private final Accounts ours = new Accounts(Duration.ofSeconds(30));

    @BeforeAll
    static void start() {
        var nowhere = PebbleSettings.resolvingAt(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9));
        pebble = TestServers.newAcmeCa(nowhere);
        binding = TestServers.newAcmeCa(nowhere.withExternalAccounts(Map.of("kid-1", MAC_KEY)));
    }

    @AfterAll
    static void stop() {
        pebble.close();
        binding.close();
    }

    @Test
    void aKeyHasOneAccountHoweverOftenItIsRegistered() {
        var key = key();
        var first = value(ours.accounts.register(server(pebble), key, PLAIN));
        var second = value(ours.accounts.register(server(pebble), key, PLAIN));
        assertThat(first.created()).isTrue();
        assertThat(second.created()).isFalse();
        assertThat(second.url()).isEqualTo(first.url()).hasScheme("https");
    }

    @Test
    void theContactIsRegisteredInLowerCaseChangedAndRemoved() {
        var key = key();
        var at = server(pebble);
        var made = value(
                ours.accounts.register(at, key, new Registration(Optional.of("Ops@Example.com"), Optional.empty())));
        assertThat(made.email()).contains("ops@example.com");
        var changed = value(ours.accounts.updateEmail(at, key, made.url(), Optional.of("new@example.com")));
        assertThat(changed.email()).contains("new@example.com");
        assertThat(value(ours.accounts.register(at, key, PLAIN)).email()).contains("new@example.com");
        value(ours.accounts.updateEmail(at, key, made.url(), Optional.empty()));
        assertThat(value(ours.accounts.register(at, key, PLAIN)).email()).isEmpty();
    }

    @Test
    void anEmailThatIsNoneIsNotSent() {
        for (var email :
                new String[] {"two@example.com,three@example.com", "a b@example.com", "a@example.com?cc=b@x.y"}) {
            assertThat(failure(ours.accounts.register(
                            server(pebble), key(), new Registration(Optional.of(email), Optional.empty()))))
                    .isInstanceOf(AcmeFailure.NotSent.class);
        }
        assertThat(ours.actions()).doesNotContain("register_account");
    }

    @Test
    void anExternalAccountIsBoundByItsMacKey() {
        var eab = new Eab("kid-1", mac(MAC_KEY));
        var account = value(
                ours.accounts.register(server(binding), key(), new Registration(Optional.empty(), Optional.of(eab))));
        assertThat(account.created()).isTrue();
        assertThat(eab.toString()).doesNotContain(MAC_KEY).doesNotContain("HMAC");
    }

    @Test
    void aWrongOrMissingExternalAccountIsRefusedWithTheReason() {
        var wrongKey = new Eab("kid-1", mac("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
        var unknown = new Eab("kid-2", mac(MAC_KEY));
        for (var eab : List.of(wrongKey, unknown)) {
            assertThat(failure(ours.accounts.register(
                            server(binding), key(), new Registration(Optional.empty(), Optional.of(eab)))))
                    .isInstanceOfSatisfying(AcmeFailure.Problem.class, p -> {
                        assertThat(p.httpStatus()).isBetween(400, 499);
                        assertThat(p.message()).startsWith(p.type() + ": ");
                    });
        }
        assertThat(failure(ours.accounts.register(server(binding), key(), PLAIN)))
                .isInstanceOfSatisfying(
                        AcmeFailure.Problem.class, p -> assertThat(p.type()).isEqualTo("externalAccountRequired"));
    }

    @Test
    void aCaIsTrustedByItsBundleOrWithoutAnyCheckAndNotOtherwise() {
        var url = pebble.directory();
        var bundle = new AcmeServer(url, Optional.of("no certificate\n" + pebble.tlsRoot()), false);
        assertThat(value(ours.accounts.register(bundle, key(), PLAIN)).created())
                .isTrue();
        var anything = new AcmeServer(url, Optional.empty(), true);
        assertThat(value(ours.accounts.register(anything, key(), PLAIN)).created())
                .isTrue();
        for (var pem : new String[] {"", new PrivateCa("another").rootPem()}) {
            var untrusted = new AcmeServer(url, Optional.of(pem), false);
            assertThat(failure(ours.accounts.register(untrusted, key(), PLAIN)))
                    .isEqualTo(new AcmeFailure.Transient(
                            url + ": its TLS certificate is signed by nobody that is trusted (see caBundle)",
                            Optional.empty()));
        }
    }

    @Test
    void onlyAnHttpsUrlIsAsked() {
        var http = new AcmeServer(URI.create("http://127.0.0.1:1/dir"), Optional.empty(), false);
        assertThat(failure(ours.accounts.register(http, key(), PLAIN))).isInstanceOf(AcmeFailure.NotSent.class);
        assertThat(ours.requests).isEmpty();
    }

    @Test
    void everyRequestIsToldOfWithItsAction() {
        value(ours.accounts.register(server(pebble), key(), PLAIN));
        var host = pebble.directory().getAuthority();
        assertThat(ours.requests).allSatisfy(r -> {
            assertThat(r.scheme()).isEqualTo("https");
            assertThat(r.host()).isEqualTo(host);
            assertThat(r.took()).isPositive();
        });
        assertThat(ours.requests)
                .extracting(AcmeRequest::action, AcmeRequest::method, AcmeRequest::status)
                .startsWith(tuple("discover", "GET", 200))
                .endsWith(tuple("register_account", "POST", 201));
    }

    @Test
    void noKeyAndNoSignedRequestIsLoggedAtInfo() {
        var root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        var acme4j = (Logger) LoggerFactory.getLogger("org.shredzone.acme4j");
        var before = acme4j.getLevel();
        var seen = new ListAppender<ILoggingEvent>();
        seen.start();
        root.addAppender(seen);
        acme4j.setLevel(Level.INFO);
        try {
            var eab = new Eab("kid-1", mac(MAC_KEY));
            var registration = new Registration(Optional.of("a@example.com"), Optional.of(eab));
            var key = key();
            for (var i = 0; i < 20; i++) {
                value(ours.accounts.register(server(binding), key, registration));
            }
        } finally {
            acme4j.setLevel(before);
            root.detachAppender(seen);
        }
        assertThat(seen.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(m -> m.contains(MAC_KEY) || m.contains("signature") || m.contains("eyJ"));
    }

    private static SecretKey mac(String base64url) {
        return new SecretKeySpec(Base64.getUrlDecoder().decode(base64url), "HMAC");
    }
}
