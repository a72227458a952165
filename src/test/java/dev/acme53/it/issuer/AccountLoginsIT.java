package dev.acme53.it.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.account.AccountLogins;
import dev.acme53.account.AccountLogins.Login;
import dev.acme53.acme.AcmeAccount;
import dev.acme53.api.AcmeAccountStatus;
import dev.acme53.api.Issuer;
import dev.acme53.api.IssuerStatus;
import dev.acme53.it.stages.TestCa;
import dev.acme53.servers.ControllerAccount;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.TestNamespace;
import dev.acme53.servers.TestServers;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Which issuers have a login, and how long it is kept.
class AccountLoginsIT {
    private static final KubernetesApi KUBERNETES = TestServers.kubernetes();
    private static final TestCa CA = new TestCa(UnaryOperator.identity());

    private final KubernetesClient client = KUBERNETES.client();
    private final TestNamespace namespace = KUBERNETES.freshNamespace();
    private final KubernetesClient own = ControllerAccount.client(KUBERNETES);
    private final AccountLogins logins = CA.logins(own, namespace);
    private Issuer issuer;

    @BeforeEach
    void prepare() {
        issuer = CA.readyIssuer(client, namespace);
    }

    @AfterEach
    void cleanUp() {
        own.close();
        namespace.close();
        client.close();
    }

    @AfterAll
    static void stop() {
        CA.close();
    }

    @Test
    void aLoginIsKeptWithoutReadingTheSecretAgain() {
        var first = ready();
        deleteKey();
        assertThat(ready()).isSameAs(first);
    }

    @Test
    void withoutItsSecretThereIsNone() {
        deleteKey();
        assertThat(reason()).isEqualTo("Issuer \"le\": there is no account key Secret " + namespace + "/account-key");
    }

    @Test
    void anotherKeyHashInStatusEndsTheOldLogin() {
        var account = issuer.statusOrEmpty().acme();
        ready();
        status(new AcmeAccountStatus(account.uri(), "", "another"));
        assertThat(reason()).isEqualTo("Issuer \"le\" is not yet registered with its new account key");
    }

    @Test
    void anIssuerWhoseSpecWasChangedSinceHasNone() {
        ready();
        issuer.getMetadata().setGeneration(issuer.getMetadata().getGeneration() + 1);
        assertThat(reason()).isEqualTo("Issuer \"le\" is not ready");
    }

    @Test
    void anIssuerThatIsNotReadyHasNone() {
        ready();
        issuer.setStatus(new IssuerStatus(List.of(), issuer.statusOrEmpty().acme()));
        assertThat(reason()).isEqualTo("Issuer \"le\" is not ready");
    }

    @Test
    void anAccountThatIsNoHttpsUrlHasNone() {
        var account = issuer.statusOrEmpty().acme();
        for (var url : new String[] {"", "http://127.0.0.1/acct", "nonsense"}) {
            status(new AcmeAccountStatus(url, "", account.lastPrivateKeyHash()));
            assertThat(reason()).isEqualTo("Issuer \"le\" has no account at an https server");
        }
    }

    private void status(AcmeAccountStatus account) {
        issuer.setStatus(new IssuerStatus(issuer.statusOrEmpty().conditions(), account));
    }

    private void deleteKey() {
        client.secrets().inNamespace(namespace.name()).withName("account-key").delete();
    }

    private AcmeAccount ready() {
        return ((Login.Ready) logins.login(issuer)).account();
    }

    private String reason() {
        return ((Login.NotReady) logins.login(issuer)).reason();
    }
}
