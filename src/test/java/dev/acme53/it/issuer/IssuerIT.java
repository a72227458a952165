package dev.acme53.it.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.acme53.account.AccountKeys;
import dev.acme53.acme.AcmeAccounts;
import dev.acme53.acme.AcmeRequest;
import dev.acme53.acme.AcmeResult;
import dev.acme53.acme.AcmeServer;
import dev.acme53.acme.RegisteredAccount;
import dev.acme53.acme.Registration;
import dev.acme53.api.AnyIssuer;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.Condition;
import dev.acme53.api.Conditions;
import dev.acme53.api.Dns01Solver;
import dev.acme53.api.Issuer;
import dev.acme53.api.IssuerSpec;
import dev.acme53.api.IssuerStatus;
import dev.acme53.api.Preserved;
import dev.acme53.api.Route53Solver;
import dev.acme53.api.SecretKeySelector;
import dev.acme53.api.Solver;
import dev.acme53.issuer.IssuerStages;
import dev.acme53.it.stages.Edits;
import dev.acme53.it.stages.RunningStages;
import dev.acme53.rig.DirectNetwork;
import dev.acme53.servers.AcmeCa;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.PebbleSettings;
import dev.acme53.servers.TestNamespace;
import dev.acme53.servers.TestServers;
import dev.acme53.x509.DecodedKey;
import dev.acme53.x509.KeySpec;
import dev.acme53.x509.PemLimits;
import dev.acme53.x509.PrivateKeys;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// behaviour.md §5, with a CA that refuses one nonce in twenty.
class IssuerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MAC_KEY = "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";
    private static final KubernetesApi KUBERNETES = TestServers.kubernetes();
    private static final PebbleSettings NOWHERE =
            PebbleSettings.resolvingAt(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9));
    private static final AcmeCa CA = TestServers.newAcmeCa(NOWHERE);

    private final KubernetesClient client = KUBERNETES.client();
    private final TestNamespace namespace = KUBERNETES.freshNamespace();
    private final List<AcmeRequest> requests = new CopyOnWriteArrayList<>();
    private final AcmeAccounts accounts =
            AcmeAccounts.over(DirectNetwork.acme("acme53-test"), requests::add, InstantSource.system());
    private RunningStages stages;

    @BeforeEach
    void run() {
        stages = stages();
    }

    @AfterEach
    void cleanUp() {
        stages.close();
        client.resources(ClusterIssuer.class).delete();
        namespace.close();
        client.close();
    }

    @AfterAll
    static void stop() {
        CA.close();
    }

    private RunningStages stages() {
        return new RunningStages(KUBERNETES, namespace, context -> {
            var keys = new AccountKeys(context.client(), namespace.name(), PemLimits.DEFAULTS);
            return List.of(
                    IssuerStages.issuers(context, keys, accounts),
                    IssuerStages.clusterIssuers(context, keys, accounts));
        });
    }

    @Test
    void aClusterIssuerGetsItsKeyAndItsAccount() {
        var issuer = new ClusterIssuer();
        issuer.setMetadata(new ObjectMetaBuilder().withName(namespace.name()).build());
        issuer.setSpec(
                new IssuerSpec(new AnAcmeIssuer(CA).email("Ops@example.com").build(), null));
        client.resource(issuer).create();
        var ready = awaitReady(issuer);

        var secret = secret("account-key");
        assertThat(secret.getMetadata().getLabels()).containsEntry("app.kubernetes.io/managed-by", "cert-manager");
        assertThat(secret.getMetadata().getOwnerReferences()).isEmpty();
        assertThat(secret.getType()).isEqualTo("Opaque");
        assertThat(pem(secret)).startsWith("-----BEGIN RSA PRIVATE KEY-----");
        assertThat(ready.statusOrEmpty().acme()).satisfies(account -> {
            assertThat(account.uri()).startsWith(CA.directory().resolve("/").toString());
            assertThat(account.lastRegisteredEmail()).isEqualTo("Ops@example.com");
            assertThat(account.lastPrivateKeyHash()).hasSize(44);
        });
        assertThat(condition(ready).reason()).isEqualTo("ACMEAccountRegistered");
        assertThat(condition(ready).observedGeneration())
                .isEqualTo(ready.getMetadata().getGeneration());
        assertThat(atTheCa(pem(secret)).email()).contains("ops@example.com");
    }

    @Test
    void anIssuerKeepsToItsOwnNamespace() {
        var elsewhere = KUBERNETES.freshNamespace();
        try (elsewhere) {
            secret(elsewhere.name(), "account-key", "tls.key", PrivateKeys.encodePkcs1(key()));
            create(new AnAcmeIssuer(CA).withoutKeyGeneration());
            assertThat(awaitReason("ErrVerifyACMEAccount").message()).contains(namespace.name() + "/account-key");
        }
    }

    @Test
    void anyTlsCertificateIsTakenWhenTheIssuerSaysSo() {
        create(new AnAcmeIssuer(CA).trustingAnyone());
        awaitReady();
    }

    @Test
    void aCaThatIsNotTrustedIsOnceTheBundleIsThere() {
        create(new AnAcmeIssuer(CA).trusting(""));
        assertThat(awaitReason("ErrRegisterACMEAccount").message()).contains("caBundle");
        change(new AnAcmeIssuer(CA));
        awaitReady();
    }

    @Test
    void theEmailIsChangedAndRemovedAtTheCa() {
        create(new AnAcmeIssuer(CA).email("a@example.com"));
        var uri = awaitReady().statusOrEmpty().acme().uri();
        change(new AnAcmeIssuer(CA).email("b@example.com"));
        awaitEmail("b@example.com");
        assertThat(atTheCa(pem(secret("account-key"))).email()).contains("b@example.com");
        change(new AnAcmeIssuer(CA));
        awaitEmail("");
        assertThat(atTheCa(pem(secret("account-key"))).email()).isEmpty();
        assertThat(awaitReady().statusOrEmpty().acme().uri()).isEqualTo(uri);
    }

    @Test
    void aDeletedKeySecretMeansANewAccount() {
        create(new AnAcmeIssuer(CA));
        var before = awaitReady().statusOrEmpty().acme();
        client.resource(secret("account-key")).delete();
        var after = await().atMost(PATIENCE)
                .until(
                        () -> issuer().statusOrEmpty().acme(),
                        account -> !account.lastPrivateKeyHash().equals(before.lastPrivateKeyHash()));
        assertThat(after.uri()).isNotEmpty().isNotEqualTo(before.uri());
        awaitReady();
    }

    @Test
    void aReplacedKeyIsRegistered() {
        create(new AnAcmeIssuer(CA));
        var before = awaitReady().statusOrEmpty().acme();
        client.secrets()
                .inNamespace(namespace.name())
                .withName("account-key")
                .edit(secret -> new SecretBuilder(secret)
                        .withData(Map.of("tls.key", base64(PrivateKeys.encodePkcs8(key()))))
                        .build());
        await().atMost(PATIENCE)
                .until(() -> issuer().statusOrEmpty().acme().uri(), uri -> !uri.isEmpty() && !uri.equals(before.uri()));
        awaitReady();
    }

    @Test
    void twoIssuersMayShareAKey() {
        create(new AnAcmeIssuer(CA));
        create("other", new AnAcmeIssuer(CA));
        var one = awaitReady().statusOrEmpty().acme();
        assertThat(awaitReady(issuer("other")).statusOrEmpty().acme()).isEqualTo(one);
    }

    @Test
    void aForbiddenKeyIsWaitedFor() {
        create(new AnAcmeIssuer(CA).withoutKeyGeneration());
        assertThat(awaitReason("ErrVerifyACMEAccount").message()).contains("disableAccountKeyGeneration");
        assertThat(event("ErrInitIssuer").getMessage()).contains(namespace.name() + "/account-key");
        var pem = PrivateKeys.encodePkcs8(key());
        secret(namespace.name(), "account-key", "tls.key", pem);
        assertThat(awaitReady().statusOrEmpty().acme().uri())
                .isEqualTo(atTheCa(pem).url().toString());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "no such entry, other.key, x, has no entry \"tls.key\"",
        "no key,        tls.key,   x, holds no usable account key",
        "an EC key,     tls.key,   EC, it must be RSA"
    })
    void aKeyThatCannotBeUsedIsToldAndMendedByItsSecret(String what, String entry, String content, String message) {
        var pem = content.equals("EC") ? PrivateKeys.encodePkcs8(PrivateKeys.generate(KeySpec.ecdsa(256))) : content;
        secret(namespace.name(), "account-key", entry, pem);
        create(new AnAcmeIssuer(CA));
        assertThat(awaitReason("ErrVerifyACMEAccount").message()).as(what).contains(message);
        client.secrets()
                .inNamespace(namespace.name())
                .withName("account-key")
                .edit(secret -> new SecretBuilder(secret)
                        .withData(Map.of("tls.key", base64(PrivateKeys.encodePkcs1(key()))))
                        .build());
        awaitReady();
    }

    @Test
    void aWrongExternalAccountIsToldAndMendedByItsSecret() {
        try (var binding = TestServers.newAcmeCa(NOWHERE.withExternalAccounts(Map.of("kid-1", MAC_KEY)))) {
            create(new AnAcmeIssuer(binding).boundBy("kid-1", "eab"));
            assertThat(awaitReason("ErrRegisterACMEAccount").message())
                    .contains("there is no Secret " + namespace.name() + "/eab");
            secret(namespace.name(), "eab", "mac", "§ no base64url §");
            assertThat(awaitMessage("is not the MAC key in base64url").reason()).isEqualTo("ErrRegisterACMEAccount");
            mac("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
            awaitMessage("the ACME account cannot be registered: unauthorized");
            assertThat(event("ErrRegisterACMEAccount").getMessage()).doesNotContain(MAC_KEY);
            mac(MAC_KEY);
            awaitReady();
        }
    }

    @Test
    void aSolversSecretMustBeThere() {
        var route53 = new Route53Solver(
                null, "AKIAEXAMPLE", null, new SecretKeySelector("aws", "secret"), null, null, null, null);
        var solver = new Solver(null, null, new Dns01Solver(null, null, route53, null), null, null);
        create(new AnAcmeIssuer(CA).solvers(List.of(solver)));
        assertThat(awaitReason("InvalidSolver").message())
                .isEqualTo("spec.acme.solvers[0].dns01.route53.secretAccessKeySecretRef: there is no Secret "
                        + namespace.name() + "/aws");
        secret(namespace.name(), "aws", "other", "x");
        awaitMessage("has no entry \"secret\"");
        client.resource(secret("aws")).delete();
        secret(namespace.name(), "aws", "secret", "x");
        awaitReady();
        client.resource(secret("aws")).delete();
        awaitReason("InvalidSolver");
    }

    @Test
    void aCaThatIsAwayIsAskedAgainAndTheSameFailureWritesNothing() {
        try (var away = TestServers.newAcmeCa(NOWHERE)) {
            away.stop();
            create(new AnAcmeIssuer(away));
            assertThat(awaitReason("ErrRegisterACMEAccount").message()).contains("refused");
            var told = issuer();
            var asked = requests.size();
            await().atMost(PATIENCE).until(() -> requests.size() > asked);
            assertThat(issuer().getMetadata().getResourceVersion())
                    .isEqualTo(told.getMetadata().getResourceVersion());
            assertThat(event("ErrInitIssuer").getCount()).isEqualTo(1);
            away.restart();
            awaitReady();
        }
    }

    @Test
    void aReadyIssuerIsNotAskedForAfterARestart() {
        create(new AnAcmeIssuer(CA).email("a@example.com"));
        var ready = awaitReady();
        stages.close();
        requests.clear();
        stages = stages();
        create("other", new AnAcmeIssuer(CA).key("other-key"));
        awaitReady(issuer("other"));
        assertThat(requests)
                .filteredOn(
                        r -> r.action().equals("register_account") && r.method().equals("POST") && r.status() < 300)
                .extracting(AcmeRequest::status)
                .containsExactly(201);
        assertThat(issuer().getMetadata().getResourceVersion())
                .isEqualTo(ready.getMetadata().getResourceVersion());
    }

    @Test
    void anEditThatLeavesTheAccountAsItWasAsksNothing() {
        create(new AnAcmeIssuer(CA));
        awaitReady();
        requests.clear();
        change(new AnAcmeIssuer(CA).solvers(List.of()).preferring("Some Root"));
        await().atMost(PATIENCE)
                .until(() -> condition(issuer())
                        .observedGeneration()
                        .equals(issuer().getMetadata().getGeneration()));
        assertThat(issuer().hasReady()).isTrue();
        assertThat(requests).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://acme-v01.api.letsencrypt.org/directory, InvalidConfig, ErrInitIssuer",
        "http://127.0.0.1:1/directory, InvalidURL, InvalidURL",
        "no url, InvalidURL, InvalidURL"
    })
    void aServerThatCannotBeOneIsTold(String server, String reason, String event) {
        create(new AnAcmeIssuer(CA).server(server));
        assertThat(awaitReason(reason).message()).contains("spec.acme.server");
        assertThat(event(event).getMessage()).contains("spec.acme.server");
        assertThat(requests).isEmpty();
    }

    @Test
    void anIssuerOfAnotherTypeIsLeftAloneAndToldSoOnce() {
        var issuer = new Issuer();
        issuer.setMetadata(meta("le"));
        issuer.setSpec(
                new IssuerSpec(null, Map.of("selfSigned", new Preserved(JsonNodeFactory.instance.objectNode()))));
        client.resource(issuer).create();
        assertThat(event("IssuerNotServed").getMessage()).contains("selfSigned");
        Edits.edit(client, issuer(), i -> {
            i.getMetadata().setAnnotations(Map.of("touched", "yes"));
            return i;
        });
        create("other", new AnAcmeIssuer(CA));
        awaitReady(issuer("other"));
        assertThat(issuer().statusOrEmpty()).isEqualTo(IssuerStatus.empty());
        assertThat(event("IssuerNotServed").getCount()).isEqualTo(1);
    }

    private void create(AnAcmeIssuer acme) {
        create("le", acme);
    }

    private void create(String name, AnAcmeIssuer acme) {
        var issuer = new Issuer();
        issuer.setMetadata(meta(name));
        issuer.setSpec(new IssuerSpec(acme.build(), null));
        client.resource(issuer).create();
    }

    private void change(AnAcmeIssuer acme) {
        UnaryOperator<Issuer> change = issuer -> {
            issuer.setSpec(new IssuerSpec(acme.build(), null));
            return issuer;
        };
        Edits.edit(client, issuer(), change);
    }

    private ObjectMeta meta(String name) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(namespace.name())
                .build();
    }

    private Issuer issuer() {
        return issuer("le");
    }

    private Issuer issuer(String name) {
        return client.resources(Issuer.class)
                .inNamespace(namespace.name())
                .withName(name)
                .get();
    }

    private Issuer awaitReady() {
        return awaitReady(issuer());
    }

    private <I extends CustomResource<IssuerSpec, IssuerStatus> & AnyIssuer> I awaitReady(I issuer) {
        return await().atMost(PATIENCE)
                .until(
                        () -> client.resource(issuer).get(),
                        i -> i.hasReady()
                                && condition(i)
                                        .observedGeneration()
                                        .equals(i.getMetadata().getGeneration()));
    }

    private void awaitEmail(String email) {
        await().atMost(PATIENCE)
                .until(() -> issuer().hasReady()
                        && issuer().statusOrEmpty().acme().lastRegisteredEmail().equals(email));
    }

    private Condition awaitReason(String reason) {
        return await().atMost(PATIENCE)
                .until(() -> condition(issuer()), c -> c.reason().equals(reason));
    }

    private Condition awaitMessage(String part) {
        return await().atMost(PATIENCE)
                .until(() -> condition(issuer()), c -> c.message().contains(part));
    }

    private static Condition condition(AnyIssuer issuer) {
        return Conditions.find(issuer.statusOrEmpty().conditions(), "Ready")
                .orElseGet(() -> new Condition("Ready", Condition.Status.UNKNOWN, null, "", "", 0L));
    }

    private Event event(String reason) {
        return await().atMost(PATIENCE)
                .until(
                        () -> client.v1().events().inNamespace(namespace.name()).list().getItems().stream()
                                .filter(e -> e.getReason().equals(reason))
                                .reduce((_, last) -> last),
                        Optional::isPresent)
                .orElseThrow();
    }

    private Secret secret(String name) {
        return client.secrets().inNamespace(namespace.name()).withName(name).get();
    }

    private void secret(String where, String name, String entry, String content) {
        HasMetadata secret = new SecretBuilder()
                .withNewMetadata()
                .withNamespace(where)
                .withName(name)
                .endMetadata()
                .withData(Map.of(entry, base64(content)))
                .build();
        client.resource(secret).create();
    }

    private void mac(String macKey) {
        client.secrets()
                .inNamespace(namespace.name())
                .withName("eab")
                .edit(secret -> new SecretBuilder(secret)
                        .withData(Map.of("mac", base64(macKey)))
                        .build());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String pem(Secret secret) {
        return new String(Base64.getDecoder().decode(secret.getData().get("tls.key")), StandardCharsets.UTF_8);
    }

    private static KeyPair key() {
        return PrivateKeys.generate(KeySpec.DEFAULT);
    }

    /// The account as the CA shows it to whoever has its key.
    private RegisteredAccount atTheCa(String pem) {
        var key = ((DecodedKey.Decoded) PrivateKeys.decodePem(pem)).pair();
        var server = new AcmeServer(CA.directory(), Optional.of(CA.tlsRoot()), false);
        var result = accounts.register(server, key, new Registration(Optional.empty(), Optional.empty()));
        return ((AcmeResult.Answer<RegisteredAccount>) result).value();
    }
}
