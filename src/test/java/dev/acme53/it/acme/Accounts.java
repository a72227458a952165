package dev.acme53.it.acme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.acme.AcmeAccount;
import dev.acme53.acme.AcmeAccounts;
import dev.acme53.acme.AcmeFailure;
import dev.acme53.acme.AcmeRequest;
import dev.acme53.acme.AcmeResult;
import dev.acme53.acme.AcmeServer;
import dev.acme53.acme.Registration;
import dev.acme53.names.UnaskedHosts;
import dev.acme53.rig.DirectNetwork;
import dev.acme53.servers.AcmeCa;
import dev.acme53.x509.KeySpec;
import dev.acme53.x509.PrivateKeys;
import java.net.InetAddress;
import java.security.KeyPair;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// Accounts whose requests are written down.
final class Accounts {
    final List<AcmeRequest> requests = new CopyOnWriteArrayList<>();
    final AcmeAccounts accounts;

    Accounts(Duration answering) {
        this(answering, InetAddress::getAllByName);
    }

    Accounts(Duration answering, UnaskedHosts.Lookup lookup) {
        var settings = DirectNetwork.acme(Duration.ofSeconds(5), answering, lookup, "acme53-tests/1");
        accounts = AcmeAccounts.over(settings, requests::add, InstantSource.system());
    }

    static AcmeServer server(AcmeCa ca) {
        return new AcmeServer(ca.directory(), Optional.of(ca.tlsRoot()), false);
    }

    static KeyPair key() {
        return PrivateKeys.generate(KeySpec.DEFAULT);
    }

    /// A new account without contact.
    AcmeAccount registered(AcmeServer server) {
        var key = key();
        var account = value(accounts.register(server, key, new Registration(Optional.empty(), Optional.empty())));
        return accounts.login(server, key, account.url());
    }

    List<String> actions() {
        return requests.stream().map(AcmeRequest::action).toList();
    }

    static <T> T value(AcmeResult<T> result) {
        assertThat(result).isInstanceOf(AcmeResult.Answer.class);
        return ((AcmeResult.Answer<T>) result).value();
    }

    static AcmeFailure failure(AcmeResult<?> result) {
        assertThat(result).isInstanceOf(AcmeResult.Refused.class);
        return ((AcmeResult.Refused<?>) result).failure();
    }
}
