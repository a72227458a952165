package dev.acme53.it.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.Issuer;
import dev.acme53.aws.ClusterTokens;
import dev.acme53.fixture.DeployFolder;
import dev.acme53.rig.Rig;
import dev.acme53.rig.Tenant;
import dev.acme53.servers.ControllerProcess;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.Fault;
import dev.acme53.sim.IamPolicy;
import dev.acme53.sim.Operation;
import dev.acme53.sim.Role;
import dev.acme53.sim.SimulatorSettings;
import dev.acme53.x509.KeySpec;
import dev.acme53.x509.PrivateKeys;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// All that can go wrong with credentials goes wrong once, and right once, while the controller logs all it ever logs.
/// Nothing it then has written, anywhere, holds a secret.
class SecretHygieneIT {
    private static final Duration LIMIT = Duration.ofSeconds(50);
    private static final String MAC_KEY = "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";
    private static final String WRONG_MAC_KEY = "d3JvbmctbWFjLWtleS1vZi1hLXRlbmFudC1pbi1hLWh1cnJ5LW9uZS1kYXk";
    private static final String WRONG_SECRET = "wrong/secret+of/the/tenant0123456789abcd";
    private static final String PROXY_PASSWORD = "pr0xy pass/word";
    private static final String DENIED_ROLE = "arn:aws:iam::123456789012:role/denied";
    private static final String KEYS_ROLE = "arn:aws:iam::123456789012:role/keys";
    private static final String ACCOUNT_ROLE = "arn:aws:iam::123456789012:role/account";
    private static final List<String> KINDS =
            List.of("Certificate", "CertificateRequest", "Issuer", "ClusterIssuer", "Order", "Challenge");

    private static Rig rig;
    private static Tenant tenant;
    private static Manifests manifests;
    private static ControllerProcess controller;
    private static String identityToken = "";
    private static String damagedKey = "";

    @BeforeAll
    static void start() {
        var kubernetes = TestServers.kubernetes();
        rig = Rig.start(
                kubernetes,
                SimulatorSettings.defaults(),
                pebble -> pebble.withExternalAccounts(Map.of("kid-1", MAC_KEY)));
        rig.route53().createZone("hygiene.test");
        tenant = Tenant.of(rig);
        manifests = new Manifests(tenant, ACCOUNT_ROLE);
        roles();
        var folder = DeployFolder.with();
        folder.objects().stream()
                .filter(object -> !object.at("/kind").asText().equals("Deployment"))
                .forEach(object -> tenant.client()
                        .resource(object.toString())
                        .fieldManager("test")
                        .forceConflicts()
                        .serverSideApply());
        var identity = kubernetes.serviceAccount("cert-manager", folder.account());
        identityToken = identity.getOauthToken();
        controller = start(ControllerProcess.as(identity));
    }

    private static ControllerProcess start(ControllerProcess.Start start) {
        var dns = rig.route53().dnsAddress();
        start.flags(
                "--v=5",
                "--leader-elect=false",
                "--cluster-resource-namespace=" + tenant.namespace().name(),
                "--issuer-ambient-credentials",
                "--dns01-recursive-nameservers=127.0.0.1:" + dns.getPort(),
                "--dns01-recursive-nameservers-only");
        rig.route53().environment().forEach(start::environment);
        return start.environment("AWS_EC2_METADATA_DISABLED", "true")
                .environment("HTTPS_PROXY", "http://jane:pr0xy%20pass%2Fword@127.0.0.1:9")
                .environment("NO_PROXY", "127.0.0.1,localhost")
                .ready();
    }

    @AfterAll
    static void stop() {
        controller.close();
        tenant.close();
        rig.close();
    }

    private static void roles() {
        var provider = ClusterTokens.provider(tenant.client(), "sts.amazonaws.com");
        rig.route53().addProvider(provider);
        var user = rig.route53().userArn("acme53");
        rig.route53().setPolicy(user, IamPolicy.documented().allowing("sts:AssumeRole", KEYS_ROLE));
        role(KEYS_ROLE, new Role.Trust.Principal(user));
        role(DENIED_ROLE);
        role(ACCOUNT_ROLE, new Role.Trust.WebIdentity(provider.issuer(), Set.of(), Set.of()));
    }

    private static void role(String arn, Role.Trust... trusts) {
        rig.route53().addRole(new Role(arn, IamPolicy.documented(), List.of(trusts)));
    }

    @Test
    void whateverGoesWrongWithCredentialsNoSecretIsWrittenAnywhere() {
        manifests.secret("mac", MAC_KEY);
        manifests.secret("wrong-mac", WRONG_MAC_KEY);
        manifests.secret("right", rig.route53().accessKey().secret());
        manifests.secret("wrong", WRONG_SECRET);
        manifests.accounts();
        rig.route53()
                .failNext(
                        Operation.CHANGE_RESOURCE_RECORD_SETS,
                        call -> call.principal().contains("assumed-role/keys/"),
                        Fault.expiredToken(),
                        1);

        manifests.issuer("wrong-mac", "wrong-mac", "");
        damagedAccountKey();
        manifests.issuer("no-entry", "mac", manifests.keys("right", "nothing"));
        manifests.issuer("no-ca", "mac", "", "https://127.0.0.1:9/dir");
        var failing = Map.of(
                "wrong-keys", manifests.keys("wrong", "value"),
                "no-rights", manifests.account(Manifests.UNLISTED, "sts.amazonaws.com"),
                "wrong-audience", manifests.account(Manifests.LISTED, "vault"),
                "denied-role", "role: " + DENIED_ROLE + ", " + manifests.keys("right", "value"));
        var working = Map.of(
                "ambient",
                "",
                "right-keys",
                manifests.keys("right", "value"),
                "account",
                manifests.account(Manifests.LISTED, "sts.amazonaws.com"),
                "keys-role",
                "role: " + KEYS_ROLE + ", " + manifests.keys("right", "value"));
        manifests.ask(failing);
        manifests.ask(working);

        awaitIssuer("wrong-mac", "ErrRegisterACMEAccount", "unauthorized");
        awaitIssuer("damaged", "ErrVerifyACMEAccount", "damaged-account");
        awaitIssuer("no-ca", "ErrRegisterACMEAccount", "127.0.0.1:9");
        awaitIssuer("no-entry", "InvalidSolver", "has no entry \"nothing\"");
        awaitChallenge("wrong-keys", "SignatureDoesNotMatch");
        awaitChallenge("no-rights", "cannot create resource \"serviceaccounts/token\"");
        awaitChallenge("wrong-audience", "InvalidIdentityToken");
        awaitChallenge("denied-role", "unable to assume role: ");
        working.keySet().forEach(tenant::awaitIssued);

        // what was to happen did, or there would be nothing to find
        assertThat(rig.route53().calls())
                .anyMatch(call -> call.errorCode().equals("ExpiredToken"))
                .anyMatch(call -> call.errorCode().equals("AccessDenied"));
        assertThat(controller.log())
                .contains(" TRACE operator.RequestLog: API request", " DEBUG acme.AcmeFailures: request failed")
                .contains("https_proxy=\"127.0.0.1:9\"");

        var written = written();
        assertThat(written.get("objects")).contains("SignatureDoesNotMatch", "InvalidIdentityToken");
        assertThat(written.get("events")).contains("ErrRegisterACMEAccount");
        assertThat(written.get("metrics")).contains("certmanager_certificate_ready_status");
        var control = new SecretSearch();
        control.add("the namespace", tenant.namespace().name());
        written.forEach((place, text) -> assertThat(control.in(place, text)).isNotEmpty());
        var search = secrets();
        var found = new ArrayList<String>();
        written.forEach((place, text) -> found.addAll(search.in(place, text)));
        assertThat(found).isEmpty();
        assertThat(written.get("log"))
                .as("libraries print bodies and headers below INFO, so they never speak there")
                .doesNotContainPattern("(?m)^\\S+ (DEBUG|TRACE) +[^.: ]+: ");
    }

    /// All that the controller has written, by where.
    private static Map<String, String> written() {
        var objects = new StringBuilder();
        for (var kind : KINDS) {
            var group = kind.equals("Order") || kind.equals("Challenge") ? "acme.cert-manager.io" : "cert-manager.io";
            var all = tenant.client().genericKubernetesResources(group + "/v1", kind);
            var listed = kind.equals("ClusterIssuer")
                    ? all.list()
                    : all.inNamespace(tenant.namespace().name()).list();
            objects.append(Serialization.asJson(listed)).append('\n');
        }
        var events =
                tenant.client().events().v1().events().inAnyNamespace().list().getItems();
        var places = new LinkedHashMap<String, String>();
        places.put("objects", objects.toString());
        places.put("events", Serialization.asJson(events));
        places.put("status page", controller.statusPage(""));
        places.put("metrics", controller.metrics());
        places.put("log", controller.log());
        return places;
    }

    /// Everything secret that this test, the simulator and the cluster know of.
    private static SecretSearch secrets() {
        var search = new SecretSearch();
        search.add("the MAC key", MAC_KEY);
        search.add("the wrong MAC key", WRONG_MAC_KEY);
        search.add("the wrong secret", WRONG_SECRET);
        search.add("the access key", rig.route53().accessKey().secret());
        search.add("the proxy's password", PROXY_PASSWORD);
        search.add("the controller's own token", identityToken);
        var sessions = rig.route53().sessions();
        assertThat(sessions)
                .as("of a ServiceAccount, of keys, and one more for the revoked")
                .hasSizeGreaterThan(2);
        sessions.forEach(session -> {
            search.add("a session's secret", session.key().secret());
            search.add("a session's token", session.token());
        });
        var tokens = rig.route53().calls().stream()
                .filter(call -> call.operation() == Operation.ASSUME_ROLE_WITH_WEB_IDENTITY)
                .map(call -> call.parameters().get("WebIdentityToken"))
                .distinct()
                .toList();
        assertThat(tokens).as("of a good audience and of another").hasSizeGreaterThan(1);
        tokens.forEach(token -> {
            search.add("a ServiceAccount's token", token);
            search.add("a token's signature", token.substring(token.lastIndexOf('.') + 1));
        });
        pem(search, "the damaged account key", damagedKey);
        var keys = tenant.client().secrets().inNamespace(tenant.namespace().name()).list().getItems().stream()
                .filter(secret -> secret.getData() != null && secret.getData().containsKey("tls.key"))
                .toList();
        assertThat(keys).as("of accounts and of certificates").hasSizeGreaterThan(8);
        keys.forEach(secret -> pem(search, "the key of " + secret.getMetadata().getName(), key(secret)));
        return search;
    }

    private static String key(Secret secret) {
        return new String(Base64.getDecoder().decode(secret.getData().get("tls.key")), StandardCharsets.UTF_8);
    }

    private static void pem(SecretSearch search, String name, String pem) {
        pem.lines().filter(line -> line.length() > 40 && !line.startsWith("-")).forEach(line -> search.add(name, line));
    }

    private static void damagedAccountKey() {
        var pem = PrivateKeys.encodePkcs1(PrivateKeys.generate(KeySpec.DEFAULT));
        damagedKey = pem.substring(0, pem.length() / 2);
        tenant.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: damaged-account, namespace: "${NAMESPACE}"}
                data: {tls.key: %s}
                """.formatted(Base64.getEncoder().encodeToString(damagedKey.getBytes(StandardCharsets.US_ASCII))));
        manifests.issuer("damaged", "mac", "");
    }

    private static void awaitIssuer(String name, String reason, String part) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(Conditions.find(
                                tenant.get(Issuer.class, name).statusOrEmpty().conditions(), ConditionTypes.READY))
                        .hasValueSatisfying(ready -> {
                            assertThat(ready.reason()).isEqualTo(reason);
                            assertThat(ready.message()).contains(part);
                        }));
    }

    private static void awaitChallenge(String certificate, String part) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(tenant.issuingMessage(certificate))
                        .as(tenant.story())
                        .contains(part));
    }
}
