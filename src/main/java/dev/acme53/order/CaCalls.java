package dev.acme53.order;

import dev.acme53.account.AccountLogins.Login;
import dev.acme53.acme.AcmeAccount;
import dev.acme53.acme.AcmeFailure;
import dev.acme53.acme.AcmeResult;
import dev.acme53.acme.AuthorizationView;
import dev.acme53.acme.NewOrder;
import dev.acme53.acme.OfferedChallenge;
import dev.acme53.acme.OrderView;
import dev.acme53.api.AcmeIssuer;
import dev.acme53.api.AnyIssuer;
import dev.acme53.api.Order;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What an Order asks of its CA, in the name of its issuer's account. Every call blocks; all but [#place] may be
/// repeated.
final class CaCalls {
    private static final String VALID = "valid";
    private static final String READY = "ready";
    private static final String INVALID = "invalid";
    private static final String DNS_01 = "dns-01";

    private final Function<AnyIssuer, Login> logins;

    /// @param logins blocks
    CaCalls(Function<AnyIssuer, Login> logins) {
        this.logins = logins;
    }

    /// Makes a new order at the CA and stores it at once, on the thread that made it: a kill in between leaves an
    /// order at the CA that nobody knows.
    ///
    /// @param store puts the order into the Order's status; empty when the Order is gone
    CaAnswer place(AnyIssuer issuer, NewOrder wanted, Function<OrderView, Optional<Order>> store)
            throws InterruptedException {
        return loggedIn(issuer, account -> switch (account.newOrder(wanted)) {
            case AcmeResult.Answer<OrderView>(var view, var _) -> new CaAnswer.Placed(view, stored(view, store));
            case AcmeResult.Refused<OrderView>(var failure) -> new CaAnswer.Refused(failure);
        });
    }

    /// The order as it is now.
    CaAnswer look(AnyIssuer issuer, URI order) throws InterruptedException {
        return loggedIn(issuer, account -> seen(account.order(order)));
    }

    /// The authorizations, read at the same time, and the keys of the DNS-01 challenges that they offer.
    CaAnswer authorizations(AnyIssuer issuer, List<URI> urls) throws InterruptedException {
        return loggedIn(issuer, account -> authorizations(account, urls));
    }

    /// The TXT values for `tokens`.
    CaAnswer keys(AnyIssuer issuer, Collection<String> tokens) throws InterruptedException {
        return loggedIn(issuer, account -> new CaAnswer.Keys(keys(account, tokens)));
    }

    /// Makes the CA certify, and takes what it has: the certificate of an order that is valid, else the order as it is.
    /// A CA that finds the order not ready is no failure.
    ///
    /// @param finalizeUrl of an order that must be ready, so that it need not be read before; should the CA refuse
    /// this, for whatever reason, it is read
    CaAnswer finish(AnyIssuer issuer, URI order, Optional<URI> finalizeUrl, byte[] csrDer) throws InterruptedException {
        return loggedIn(issuer, account -> {
            var unread = finalizeUrl.map(url -> account.finalizeReady(order, url, csrDer));
            var early = unread.flatMap(AcmeResult::problem);
            var result = unread.filter(_ -> early.isEmpty()).orElseGet(() -> account.finalizeOrder(order, csrDer));
            return switch (result) {
                case AcmeResult.Answer<OrderView>(var view, var retryAfter) -> {
                    var explained =
                            early.map(refusal -> explained(view, refusal)).orElse(view);
                    yield certificateOf(explained, retryAfter, account, issuer);
                }
                case AcmeResult.Refused<OrderView>(AcmeFailure.Problem refusal) ->
                    afterRefusal(
                            account,
                            issuer,
                            order,
                            early.filter(CaCalls::saysWhy).orElse(refusal));
                case AcmeResult.Refused<OrderView>(var failure) -> new CaAnswer.Refused(failure);
            };
        });
    }

    /// The request may have arrived before, or too early (behaviour.md §3.5, rule 3). RFC 8555 §7.4 has one problem
    /// for that and not every CA keeps to it, so the order says; the refusal stands if it is ready still.
    private static CaAnswer afterRefusal(
            AcmeAccount account, AnyIssuer issuer, URI order, AcmeFailure.Problem refusal) {
        return switch (account.order(order)) {
            case AcmeResult.Answer<OrderView>(var view, var retryAfter) ->
                view.status().equals(READY)
                        ? new CaAnswer.Refused(refusal)
                        : certificateOf(explained(view, refusal), retryAfter, account, issuer);
            case AcmeResult.Refused<OrderView>(var failure) ->
                new CaAnswer.Refused(
                        switch (failure) {
                            case AcmeFailure.Transient _, AcmeFailure.RateLimited _ -> failure;
                            case AcmeFailure.Problem _, AcmeFailure.ActionRequired _, AcmeFailure.NotSent _ -> refusal;
                        });
        };
    }

    /// What made an order invalid, where the CA does not say so itself.
    private static OrderView explained(OrderView view, AcmeFailure.Problem refusal) {
        return view.status().equals(INVALID) && saysWhy(refusal) ? view.explainedBy(refusal.message()) : view;
    }

    /// That an order is not ready explains nothing.
    private static boolean saysWhy(AcmeFailure.Problem refusal) {
        return !refusal.type().equals("orderNotReady");
    }

    /// A CA that does not show the certificate of a valid order yet is asked again, as one that is processing.
    private static CaAnswer certificateOf(
            OrderView order, Optional<Instant> retryAfter, AcmeAccount account, AnyIssuer issuer) {
        return order.status().equals(VALID) && order.certificate().isPresent()
                ? chain(account, issuer, order)
                : new CaAnswer.Seen(order, retryAfter);
    }

    private CaAnswer loggedIn(AnyIssuer issuer, Call call) throws InterruptedException {
        return switch (logins.apply(issuer)) {
            case Login.Ready(var account) -> call.by(account);
            case Login.NotReady(var reason) -> new CaAnswer.NoLogin(reason, issuer);
        };
    }

    /// Not a failure of the call when the API server is away: the answer must not be lost.
    private static Optional<Order> stored(OrderView view, Function<OrderView, Optional<Order>> store) {
        try {
            return store.apply(view);
        } catch (KubernetesClientException _) {
            return Optional.empty();
        }
    }

    private static CaAnswer seen(AcmeResult<OrderView> result) {
        return switch (result) {
            case AcmeResult.Answer<OrderView>(var view, var retryAfter) -> new CaAnswer.Seen(view, retryAfter);
            case AcmeResult.Refused<OrderView>(var failure) -> new CaAnswer.Refused(failure);
        };
    }

    private static CaAnswer chain(AcmeAccount account, AnyIssuer issuer, OrderView order) {
        var preferred = Optional.ofNullable(issuer.getSpec().acme())
                .map(AcmeIssuer::preferredChain)
                .filter(chain -> !chain.isEmpty());
        return switch (account.certificate(order, preferred)) {
            case AcmeResult.Answer<String>(var chain, var _) -> new CaAnswer.Issued(chain);
            case AcmeResult.Refused<String>(var failure) -> new CaAnswer.Refused(failure);
        };
    }

    private static CaAnswer authorizations(AcmeAccount account, List<URI> urls) throws InterruptedException {
        var views = new ArrayList<AuthorizationView>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = urls.stream()
                    .<Callable<AcmeResult<AuthorizationView>>>map(url -> () -> account.authorization(url))
                    .toList();
            for (var answer : threads.invokeAll(calls)) {
                switch (answer.get()) {
                    case AcmeResult.Answer<AuthorizationView>(var view, var _) -> views.add(view);
                    case AcmeResult.Refused<AuthorizationView>(var failure) -> {
                        return new CaAnswer.Refused(failure);
                    }
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("reading an authorization broke", e.getCause());
        }
        var tokens = views.stream()
                .flatMap(view -> view.challenges().stream())
                .filter(offered -> offered.type().equals(DNS_01))
                .map(OfferedChallenge::token)
                .collect(Collectors.toSet());
        return new CaAnswer.Authorized(views, keys(account, tokens));
    }

    private static Map<String, String> keys(AcmeAccount account, Collection<String> tokens) {
        return tokens.stream().distinct().collect(Collectors.toMap(token -> token, account::dns01Value));
    }

    /// One use of a login.
    private interface Call {
        CaAnswer by(AcmeAccount account) throws InterruptedException;
    }
}
