package dev.acme53.order;

import dev.acme53.acme.AcmeFailure;
import dev.acme53.acme.NewOrder;
import dev.acme53.acme.OrderView;
import dev.acme53.api.AnyIssuer;
import dev.acme53.api.GoDuration;
import dev.acme53.api.IssuerRef;
import dev.acme53.api.Order;
import dev.acme53.api.OrderStatus;
import dev.acme53.api.State;
import dev.acme53.reconcile.Errands;
import dev.acme53.x509.CertificateSigningRequests;
import dev.acme53.x509.DecodedCsr;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Does what was decided: asks the CA off the reconcile thread, and writes down what it says (behaviour.md §3.2 to
/// §3.6).
///
/// Other than there, a CA that has no time (429, 5xx) is asked again later instead of failing the Order; what is waited
/// for is in `status.reason` meanwhile.
final class OrderActs {
    /// A CA that takes longer has lost the order, or waits for a person.
    private static final Duration ISSUED_WITHIN = Duration.ofHours(1);

    private static final Duration SHOWN_AFTER = Duration.ofSeconds(5);

    private final CaCalls ca;
    private final Errands errands;
    private final CaVisits visits;
    private final OrderObjects objects;
    private final InstantSource clock;

    OrderActs(CaCalls ca, Errands errands, CaVisits visits, OrderObjects objects, InstantSource clock) {
        this.ca = ca;
        this.errands = errands;
        this.visits = visits;
        this.objects = objects;
        this.clock = clock;
    }

    /// Does `step`, which was decided on `picture`.
    /// @param keys TXT values known already, by token
    Outcome act(OrderStep step, OrderPicture picture, Map<String, String> keys) {
        var order = picture.order();
        return switch (step) {
            case OrderStep.Rest() -> rest(order);
            case OrderStep.GiveUp(var reason) -> giveUp(order, reason);
            case OrderStep.AwaitIssuer(var reason) -> waitWith(order, reason);
            case OrderStep.AwaitChallenges() -> waitWith(order, "");
            case OrderStep.NoSolver(var domain) -> noSolver(order, domain);
            case OrderStep.SolverNotServed(var challenge) -> notServed(order, challenge);
            case OrderStep.CreateChallenges(var missing) -> create(picture, step, missing, keys);
            case OrderStep.DeleteChallenges(var superfluous) -> {
                objects.delete(superfluous);
                yield Outcome.waitForEvent();
            }
            case OrderStep.PlaceOrder(var identifiers) -> place(picture, step, identifiers);
            case OrderStep.ReadAuthorizations(var urls) ->
                ask(picture, step, "authorizations " + urls, issuer -> ca.authorizations(issuer, uris(urls)));
            case OrderStep.ReadOrder(), OrderStep.Judge(var _) ->
                ask(picture, step, "look", issuer -> ca.look(issuer, url(order)));
            case OrderStep.FinalizeOrder() -> finish(picture, step);
        };
    }

    /// Drops what is remembered about an Order that is gone.
    void forget(Order order) {
        rest(order);
        objects.forget(order);
    }

    private Outcome rest(Order order) {
        visits.reset(id(order));
        errands.forget(id(order));
        return Outcome.waitForEvent();
    }

    private Outcome place(OrderPicture picture, OrderStep step, Identifiers.Named identifiers) {
        var order = picture.order();
        var spec = order.getSpec();
        var lifetime = GoDuration.parse(spec.duration());
        if (lifetime.isEmpty() && !spec.duration().isEmpty()) {
            return giveUp(order, "spec.duration is not a duration");
        }
        var wanted = new NewOrder(
                identifiers.dns(),
                identifiers.ips(),
                lifetime.map(clock.instant()::plus),
                Optional.of(spec.profile()).filter(profile -> !profile.isEmpty()),
                Optional.of(spec.replaces()).filter(replaced -> !replaced.isEmpty()));
        return ask(
                picture,
                step,
                "place " + identifiers,
                issuer -> ca.place(issuer, wanted, view -> objects.write(order, s -> placed(s, view))));
    }

    private Outcome finish(OrderPicture picture, OrderStep step) {
        var order = picture.order();
        return switch (CertificateSigningRequests.decode(
                order.getSpec().request().toArray())) {
            case DecodedCsr.Undecodable(var reason) -> giveUp(order, "spec.request: " + reason);
            case DecodedCsr.Decoded(var csr) ->
                ask(
                        picture,
                        step,
                        "finish",
                        issuer -> ca.finish(issuer, url(order), csr.der().octets()));
        };
    }

    private Outcome create(
            OrderPicture picture, OrderStep step, List<RequiredChallenge> missing, Map<String, String> keys) {
        var order = picture.order();
        var tokens = missing.stream().map(m -> m.spec().token()).collect(Collectors.toCollection(TreeSet::new));
        if (!keys.keySet().containsAll(tokens)) {
            return ask(picture, step, "keys " + tokens, issuer -> ca.keys(issuer, tokens));
        }
        objects.create(order, missing, keys);
        return waitWith(order, "");
    }

    private Outcome noSolver(Order order, String domain) {
        var text = "no solver of " + issuerOf(order) + " fits " + domain
                + ": add one to spec.acme.solvers, or widen a selector there";
        objects.warnOfNoSolver(order, text);
        return waitWith(order, text);
    }

    private Outcome notServed(Order order, RequiredChallenge challenge) {
        var text = "the solver that " + issuerOf(order) + " has for " + challenge.domain() + " is " + challenge.means()
                + ", which is not served here: give the name a solver with dns01.route53";
        objects.warnOfSolverNotServed(order, text);
        return waitWith(order, text);
    }

    /// Starts the call unless the CA is to be left alone yet; the Order is woken with the answer.
    private Outcome ask(OrderPicture picture, OrderStep step, String errand, Call call) {
        var issuer = picture.issuer().orElseThrow();
        var id = id(picture.order());
        var pause = visits.pause(id, issuer);
        if (pause.isPresent()) {
            return new Outcome.Wait(pause);
        }
        Callable<CaAnswer> bound = () -> call.to(issuer);
        return errands.ask(id, errand, bound)
                .map(answer -> received(picture, step, errand, answer))
                .orElseGet(Outcome::waitForEvent);
    }

    private Outcome received(OrderPicture picture, OrderStep step, String errand, CaAnswer answer) {
        var order = picture.order();
        return switch (answer) {
            case CaAnswer.Placed(var view, var stored) ->
                stored.map(o -> goOnWith(o, Map.of())).orElseGet(() -> storeAgain(order, view, errand, answer));
            case CaAnswer.Seen(var view, var retryAfter) -> seen(order, step, view, retryAfter);
            case CaAnswer.Authorized(var views, var keys) ->
                goOn(order, s -> OrderProgress.authorized(s, views), keys, Optional.empty());
            case CaAnswer.Keys(var keys) -> new Outcome.GoOn(order, keys);
            case CaAnswer.Issued(var chain) -> {
                var outcome = goOn(order, s -> OrderProgress.issued(s, chain), Optional.empty());
                if (outcome instanceof Outcome.GoOn) {
                    objects.announceCompletion(order);
                }
                yield outcome;
            }
            case CaAnswer.Refused(var failure) -> refused(order, failure);
            case CaAnswer.NoLogin(var reason) -> {
                objects.write(order, s -> OrderProgress.waiting(s, reason));
                yield Outcome.waitFor(
                        visits.notLoggedIn(id(order), picture.issuer().orElseThrow()));
            }
        };
    }

    private Outcome seen(Order order, OrderStep step, OrderView view, Optional<Instant> retryAfter) {
        return switch (step) {
            case OrderStep.Judge(var failed) -> {
                var polled = visits.polled(id(order));
                yield goOn(order, s -> Judgement.of(s, view, failed, polled, clock.instant()), retryAfter);
            }
            case OrderStep.FinalizeOrder() -> awaitIssuance(order, view, retryAfter);
            case OrderStep _ -> goOn(order, s -> seen(s, view), retryAfter);
        };
    }

    /// Short-lived states are not written: a CA that is quick costs one write, not three.
    private Outcome awaitIssuance(Order order, OrderView view, Optional<Instant> retryAfter) {
        if (seen(order.statusOrEmpty(), view).state() == State.INVALID) {
            return goOn(order, s -> seen(s, view), retryAfter);
        }
        var polled = visits.polled(id(order));
        if (polled.compareTo(ISSUED_WITHIN) >= 0) {
            return giveUp(
                    order,
                    "the CA has not certified within an hour what was proven; it calls the order " + view.status());
        }
        if (polled.compareTo(SHOWN_AFTER) >= 0) {
            objects.write(order, s -> seen(s, view));
        }
        return Outcome.waitFor(visits.poll(id(order), retryAfter));
    }

    private Outcome refused(Order order, AcmeFailure failure) {
        return switch (failure) {
            case AcmeFailure.Transient(var message, var retryAfter) -> askAgain(order, message, retryAfter);
            case AcmeFailure.RateLimited(var message, var retryAfter) -> askAgain(order, message, retryAfter);
            case AcmeFailure.ActionRequired(var message, var _) -> giveUp(order, message);
            case AcmeFailure.Problem(var _, var _, var message) -> giveUp(order, message);
            case AcmeFailure.NotSent(var message) -> giveUp(order, message);
        };
    }

    private Outcome askAgain(Order order, String message, Optional<Instant> retryAfter) {
        objects.write(order, s -> OrderProgress.waiting(s, "the CA is asked again later: " + message));
        return Outcome.waitFor(visits.failed(id(order), retryAfter));
    }

    /// The order exists at the CA and is not written down: its URL must not be lost while the API server is away.
    private Outcome storeAgain(Order order, OrderView view, String errand, CaAnswer answer) {
        try {
            return goOn(order, s -> placed(s, view), Optional.empty());
        } catch (KubernetesClientException e) {
            errands.giveBack(id(order), errand, answer);
            throw e;
        }
    }

    private Outcome giveUp(Order order, String reason) {
        return goOn(order, s -> OrderProgress.errored(s, reason, clock.instant()), Optional.empty());
    }

    private Outcome waitWith(Order order, String reason) {
        objects.write(order, s -> OrderProgress.waiting(s, reason));
        return Outcome.waitForEvent();
    }

    private Outcome goOn(Order order, UnaryOperator<OrderStatus> change, Optional<Instant> retryAfter) {
        return goOn(order, change, Map.of(), retryAfter);
    }

    /// Writes the change and goes on with what is stored then. When nothing changed the CA was asked too early.
    private Outcome goOn(
            Order order, UnaryOperator<OrderStatus> change, Map<String, String> keys, Optional<Instant> retryAfter) {
        return objects.write(order, change)
                .map(stored -> stored.statusOrEmpty().equals(order.statusOrEmpty())
                        ? Outcome.waitFor(visits.poll(id(order), retryAfter))
                        : goOnWith(stored, keys))
                .orElseGet(Outcome::waitForEvent);
    }

    private Outcome goOnWith(Order stored, Map<String, String> keys) {
        visits.reset(id(stored));
        return new Outcome.GoOn(stored, keys);
    }

    private OrderStatus placed(OrderStatus status, OrderView view) {
        return OrderProgress.placed(status, view, clock.instant());
    }

    private OrderStatus seen(OrderStatus status, OrderView view) {
        return OrderProgress.seen(status, view, List.of(), clock.instant());
    }

    private static ResourceID id(Order order) {
        return ResourceID.fromResource(order);
    }

    private static String issuerOf(Order order) {
        IssuerRef ref = order.getSpec().issuerRef();
        return ref.kindOrDefault() + " \"" + ref.name() + "\"";
    }

    private static URI url(Order order) {
        return URI.create(order.statusOrEmpty().url());
    }

    private static List<URI> uris(List<String> urls) {
        return urls.stream().map(URI::create).toList();
    }

    /// One question to the CA of `issuer`.
    private interface Call {
        CaAnswer to(AnyIssuer issuer) throws InterruptedException;
    }
}
