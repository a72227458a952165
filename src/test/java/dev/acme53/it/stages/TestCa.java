package dev.acme53.it.stages;

import dev.acme53.account.AccountKey;
import dev.acme53.account.AccountKeys;
import dev.acme53.account.AccountLogins;
import dev.acme53.acme.AcmeAccount;
import dev.acme53.acme.AcmeAccounts;
import dev.acme53.acme.AcmeRequest;
import dev.acme53.acme.AcmeResult;
import dev.acme53.acme.AcmeServer;
import dev.acme53.acme.RegisteredAccount;
import dev.acme53.acme.Registration;
import dev.acme53.api.AcmeAccountStatus;
import dev.acme53.api.AcmeIssuer;
import dev.acme53.api.Bytes;
import dev.acme53.api.Condition;
import dev.acme53.api.Dns01Solver;
import dev.acme53.api.Issuer;
import dev.acme53.api.IssuerSpec;
import dev.acme53.api.IssuerStatus;
import dev.acme53.api.Route53Solver;
import dev.acme53.api.SecretKeySelector;
import dev.acme53.api.Solver;
import dev.acme53.api.SolverSelector;
import dev.acme53.rig.DirectNetwork;
import dev.acme53.servers.AcmeCa;
import dev.acme53.servers.PebbleSettings;
import dev.acme53.servers.TestNamespace;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.Simulator;
import dev.acme53.sim.SimulatorSettings;
import dev.acme53.sim.Zone;
import dev.acme53.x509.PemLimits;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A strict CA of one test class, which finds its proofs in zones of the simulator, and Issuers that have an account
/// there.
public final class TestCa implements AutoCloseable {
    /// The name of every Issuer made here.
    public static final String ISSUER = "le";

    private final Simulator simulator;
    private final AcmeCa pebble;
    private final AcmeServer server;
    private final List<AcmeRequest> requests = new CopyOnWriteArrayList<>();
    private final AcmeAccounts accounts =
            AcmeAccounts.over(DirectNetwork.acme("acme53-test"), this::observe, InstantSource.system());
    private volatile Consumer<AcmeRequest> observer = _ -> {};

    public TestCa(UnaryOperator<PebbleSettings> settings) {
        this(settings, SimulatorSettings.defaults());
    }

    public TestCa(UnaryOperator<PebbleSettings> settings, SimulatorSettings route53) {
        simulator = Simulator.start(route53);
        pebble = TestServers.newAcmeCa(settings.apply(PebbleSettings.resolvingAt(simulator.dnsAddress())));
        server = new AcmeServer(pebble.directory(), Optional.of(pebble.tlsRoot()), false);
    }

    private void observe(AcmeRequest request) {
        requests.add(request);
        observer.accept(request);
    }

    /// Has `observer` told of every request from now on, on the thread that asks and before it knows the answer.
    public void observeBy(Consumer<AcmeRequest> observer) {
        this.observer = observer;
    }

    public AcmeCa pebble() {
        return pebble;
    }

    public Zone zone(String name) {
        return simulator.createZone(name);
    }

    public Simulator simulator() {
        return simulator;
    }

    /// How many orders were made.
    public long orders() {
        return answered("authorize_order", 201);
    }

    /// How many requests for `action` were answered by `status`, those for nonces not counted.
    public long answered(String action, int status) {
        return requests.stream().filter(r -> isAnswered(r, action, status)).count();
    }

    /// Whether `request` is one for `action` itself and was answered by `status`.
    public static boolean isAnswered(AcmeRequest request, String action, int status) {
        return request.action().equals(action)
                && request.status() == status
                && request.method().equals("POST");
    }

    /// Logins that remember nothing yet, as after a start.
    public AccountLogins logins(KubernetesClient client, TestNamespace namespace) {
        return new AccountLogins(keys(client, namespace), accounts);
    }

    /// An Issuer that is ready, with Route 53 for every name.
    public Issuer readyIssuer(KubernetesClient client, TestNamespace namespace) {
        return readyIssuer(client, namespace, List.of(route53(null)));
    }

    /// An Issuer that is ready, as the issuer stage leaves it.
    public Issuer readyIssuer(KubernetesClient client, TestNamespace namespace, List<Solver> solvers) {
        var issuer = new Issuer();
        issuer.setMetadata(new ObjectMetaBuilder()
                .withName(ISSUER)
                .withNamespace(namespace.name())
                .build());
        issuer.setSpec(new IssuerSpec(acme(solvers, ""), null));
        var created = client.resource(issuer).create();
        var key = generated(
                keys(client, namespace).generate(created, created.getSpec().acme()));
        var url =
                registered(accounts.register(server, key.pair(), new Registration(Optional.empty(), Optional.empty())));
        created.setStatus(new IssuerStatus(
                List.of(ready(created)), new AcmeAccountStatus(url.url().toString(), null, key.hash())));
        return client.resource(created).updateStatus();
    }

    private AcmeIssuer acme(List<Solver> solvers, String profile) {
        var key = new SecretKeySelector("account-key", "tls.key");
        var url = pebble.directory().toString();
        var trust = Bytes.ofText(pebble.tlsRoot());
        return new AcmeIssuer(null, url, null, trust, false, null, key, solvers, false, false, profile, null);
    }

    private static Condition ready(Issuer issuer) {
        return new Condition(
                "Ready",
                Condition.Status.TRUE,
                Instant.EPOCH,
                "ACMEAccountRegistered",
                "",
                issuer.getMetadata().getGeneration());
    }

    /// A Route 53 solver with ambient credentials.
    public static Solver route53(@Nullable SolverSelector selector) {
        var route53 = new Route53Solver(null, null, null, null, null, null, null, null);
        return new Solver(selector, null, new Dns01Solver(null, null, route53, null), null, null);
    }

    /// Gives the Issuer other solvers, and leaves it ready.
    public void solvers(KubernetesClient client, TestNamespace namespace, Solver... solvers) {
        change(client, namespace, acme(List.of(solvers), ""));
    }

    /// Gives the Issuer a profile, and leaves it ready.
    public void profile(KubernetesClient client, TestNamespace namespace, String profile) {
        change(client, namespace, acme(List.of(route53(null)), profile));
    }

    private static void change(KubernetesClient client, TestNamespace namespace, AcmeIssuer acme) {
        var issuers = client.resources(Issuer.class).inNamespace(namespace.name());
        var issuer = issuers.withName(ISSUER).get();
        issuer.setSpec(new IssuerSpec(acme, null));
        var changed = issuers.resource(issuer).update();
        changed.setStatus(new IssuerStatus(
                List.of(ready(changed)), changed.statusOrEmpty().acme()));
        issuers.resource(changed).updateStatus();
    }

    /// The account of an Issuer made here.
    public AcmeAccount account(KubernetesClient client, TestNamespace namespace) {
        var issuer = client.resources(Issuer.class)
                .inNamespace(namespace.name())
                .withName(ISSUER)
                .get();
        return switch (logins(client, namespace).login(issuer)) {
            case AccountLogins.Login.Ready(var account) -> account;
            case AccountLogins.Login.NotReady(var reason) -> throw new IllegalStateException(reason);
        };
    }

    private static AccountKeys keys(KubernetesClient client, TestNamespace namespace) {
        return new AccountKeys(client, namespace.name(), PemLimits.DEFAULTS);
    }

    private static AccountKey.Found generated(AccountKey key) {
        return switch (key) {
            case AccountKey.Found found -> found;
            case AccountKey other -> throw new IllegalStateException(other.toString());
        };
    }

    private static RegisteredAccount registered(AcmeResult<RegisteredAccount> result) {
        return switch (result) {
            case AcmeResult.Answer<RegisteredAccount>(var account, var _) -> account;
            case AcmeResult.Refused<RegisteredAccount>(var failure) ->
                throw new IllegalStateException(failure.message());
        };
    }

    @Override
    public void close() {
        pebble.close();
        simulator.close();
    }
}
