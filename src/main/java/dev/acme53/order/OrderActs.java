package dev.acme53.order;

import dev.acme53.acme.NewOrder;
import dev.acme53.api.AnyIssuer;
import dev.acme53.api.GoDuration;
import dev.acme53.api.IssuerRef;
import dev.acme53.api.Order;
import dev.acme53.api.State;
import dev.acme53.reconcile.Errands;
import dev.acme53.x509.CertificateSigningRequests;
import dev.acme53.x509.DecodedCsr;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/// Does what was decided (behaviour.md §3.2 to §3.6): what the API server is asked for at once, what the CA is
/// asked for off the reconcile thread.
final class OrderActs {
    private final CaCalls ca;
    private final Errands errands;
    private final CaVisits visits;
    private final OrderObjects objects;
    private final OrderAnswers answers;
    private final InstantSource clock;

    OrderActs(CaCalls ca, Errands errands, CaVisits visits, OrderObjects objects, InstantSource clock) {
        this.ca = ca;
        this.errands = errands;
        this.visits = visits;
        this.objects = objects;
        this.answers = new OrderAnswers(errands, visits, objects, clock);
        this.clock = clock;
    }

    /// Does `step`, which was decided on `picture`.
    /// @param keys TXT values known already, by token
    Outcome act(OrderStep step, OrderPicture picture, Map<String, String> keys) {
        var order = picture.order();
        return switch (step) {
            case OrderStep.Rest() -> rest(order);
            case OrderStep.GiveUp(var reason) -> answers.giveUp(order, reason);
            case OrderStep.AwaitIssuer(var reason) -> answers.waitWith(order, reason);
            case OrderStep.AwaitChallenges() -> answers.waitWith(order, "");
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
            return answers.giveUp(order, "spec.duration is not a duration");
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
                issuer -> ca.place(
                        issuer,
                        wanted,
                        view -> objects.write(order, s -> OrderProgress.placed(s, view, clock.instant()))));
    }

    private Outcome finish(OrderPicture picture, OrderStep step) {
        var order = picture.order();
        return switch (CertificateSigningRequests.decode(
                order.getSpec().request().toArray())) {
            case DecodedCsr.Undecodable(var reason) -> answers.giveUp(order, "spec.request: " + reason);
            case DecodedCsr.Decoded(var csr) ->
                ask(
                        picture,
                        step,
                        "finish",
                        issuer -> ca.finish(
                                issuer,
                                url(order),
                                finalizeUrl(order),
                                csr.der().octets()));
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
        return answers.waitWith(order, "");
    }

    private Outcome noSolver(Order order, String domain) {
        var text = "no solver of " + issuerOf(order) + " fits " + domain
                + ": add one to spec.acme.solvers, or widen a selector there";
        objects.warnOfNoSolver(order, text);
        return answers.waitWith(order, text);
    }

    private Outcome notServed(Order order, RequiredChallenge challenge) {
        var text = "the solver that " + issuerOf(order) + " has for " + challenge.domain() + " is " + challenge.means()
                + ", which is not served here: give the name a solver with dns01.route53";
        objects.warnOfSolverNotServed(order, text);
        return answers.waitWith(order, text);
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
                .map(answer -> answers.received(picture, step, errand, answer))
                .orElseGet(Outcome::waitForEvent);
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

    /// Where the CSR goes first; a CA that was asked before may have it, also if no answer came.
    private Optional<URI> finalizeUrl(Order order) {
        var status = order.statusOrEmpty();
        var first =
                State.PENDING == Objects.requireNonNullElse(status.state(), State.PENDING) && visits.isFirst(id(order));
        try {
            return first ? Optional.of(new URI(status.finalizeURL())) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private static List<URI> uris(List<String> urls) {
        return urls.stream().map(URI::create).toList();
    }

    /// One question to the CA of `issuer`.
    private interface Call {
        CaAnswer to(AnyIssuer issuer) throws InterruptedException;
    }
}
