package dev.acme53.it.fairness;

import dev.acme53.account.AccountKeys;
import dev.acme53.account.AccountLogins;
import dev.acme53.acme.AcmeAccount;
import dev.acme53.acme.AcmeAccounts;
import dev.acme53.acme.AcmeResult;
import dev.acme53.acme.AuthorizationView;
import dev.acme53.acme.NewOrder;
import dev.acme53.api.AnyIssuer;
import dev.acme53.api.Authorization;
import dev.acme53.api.Bytes;
import dev.acme53.api.Challenge;
import dev.acme53.api.ChallengeSpec;
import dev.acme53.api.ChallengeType;
import dev.acme53.api.IssuerRef;
import dev.acme53.api.OfferedChallenge;
import dev.acme53.api.Order;
import dev.acme53.api.OrderSpec;
import dev.acme53.api.OrderStatus;
import dev.acme53.api.OwnerReferences;
import dev.acme53.api.State;
import dev.acme53.names.DnsName;
import dev.acme53.rig.DirectNetwork;
import dev.acme53.x509.PemLimits;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// Orders and Challenges as the order stage leaves them, for an issuer that is ready: the CA knows them all.
final class OfferedChallenges {
    /// Calls to the CA or the API server under way: more would only wait there.
    private static final int AT_ONCE = 16;

    private final KubernetesClient client;
    private final AnyIssuer issuer;
    private final AcmeAccount account;

    /// @param clusterResourceNamespace where a ClusterIssuer has its account key
    OfferedChallenges(KubernetesClient client, String clusterResourceNamespace, AnyIssuer issuer) {
        this.client = client;
        this.issuer = issuer;
        var keys = new AccountKeys(client, clusterResourceNamespace, PemLimits.DEFAULTS);
        var accounts = AcmeAccounts.over(DirectNetwork.acme("acme53-test"), _ -> {}, InstantSource.system());
        account = switch (new AccountLogins(keys, accounts).login(issuer)) {
            case AccountLogins.Login.Ready(var ready) -> ready;
            case AccountLogins.Login.NotReady(var reason) -> throw new IllegalStateException(reason);
        };
    }

    /// One Order, ordered at the CA, and the Challenges for its names, not yet created.
    List<Challenge> order(String namespace, List<String> names) {
        var placed = answer(account.newOrder(new NewOrder(
                names.stream().map(DnsName::of).toList(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty())));
        var authorizations = atOnce(placed.authorizations().stream()
                .<Callable<Authorization>>map(url -> () -> offered(url))
                .toList());
        var order = store(namespace, names, authorizations);
        return authorizations.stream().map(a -> challenge(order, a)).toList();
    }

    /// Creates all of them.
    List<Challenge> create(List<Challenge> challenges) {
        return atOnce(challenges.stream()
                .<Callable<Challenge>>map(c -> () -> client.resource(c).create())
                .toList());
    }

    private Authorization offered(URI url) {
        AuthorizationView authorization = answer(account.authorization(url));
        var dns01 = authorization.challenges().stream()
                .filter(c -> c.type().equals("dns-01"))
                .findFirst()
                .orElseThrow();
        return new Authorization(
                url.toString(),
                authorization.identifier(),
                false,
                State.PENDING,
                List.of(new OfferedChallenge(dns01.url().toString(), dns01.token(), "dns-01")));
    }

    private Order store(String namespace, List<String> names, List<Authorization> authorizations) {
        var order = new Order();
        order.setMetadata(new ObjectMetaBuilder()
                .withGenerateName("order-")
                .withNamespace(namespace)
                .build());
        order.setSpec(new OrderSpec(Bytes.ofText("csr"), issuerRef(), null, names, null, null, null, null));
        var created = client.resource(order).create();
        created.setStatus(OrderStatus.empty()
                .withUrl("https://ca.test/order")
                .withState(State.PENDING)
                .withAuthorizations(authorizations));
        return client.resource(created).updateStatus();
    }

    private Challenge challenge(Order order, Authorization authorization) {
        var offered = authorization.challenges().getFirst();
        var solver = Objects.requireNonNull(issuer.getSpec().acme()).solvers().getFirst();
        var challenge = new Challenge();
        challenge.setMetadata(new ObjectMetaBuilder()
                .withGenerateName("challenge-")
                .withNamespace(order.getMetadata().getNamespace())
                .withOwnerReferences(OwnerReferences.controlledBy(order))
                .build());
        challenge.setSpec(new ChallengeSpec(
                offered.url(),
                authorization.url(),
                authorization.identifier(),
                false,
                ChallengeType.DNS_01,
                offered.token(),
                account.dns01Value(offered.token()),
                solver,
                issuerRef()));
        return challenge;
    }

    private IssuerRef issuerRef() {
        return new IssuerRef(issuer.getMetadata().getName(), issuer.getKind(), "");
    }

    static <T> List<T> atOnce(List<Callable<T>> calls) {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            return threads.invokeAll(calls).stream()
                    .map(done -> {
                        try {
                            return done.get();
                        } catch (InterruptedException | ExecutionException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static <T> T answer(AcmeResult<T> result) {
        return switch (result) {
            case AcmeResult.Answer<T>(var value, var _) -> value;
            case AcmeResult.Refused<T>(var failure) -> throw new IllegalStateException(failure.message());
        };
    }
}
