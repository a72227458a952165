package dev.acme53.order;

import dev.acme53.api.AcmeIssuer;
import dev.acme53.api.Authorization;
import dev.acme53.api.Challenge;
import dev.acme53.api.IssuerRef;
import dev.acme53.api.OrderStatus;
import dev.acme53.api.State;
import dev.acme53.order.OrderStep.AwaitChallenges;
import dev.acme53.order.OrderStep.AwaitIssuer;
import dev.acme53.order.OrderStep.CreateChallenges;
import dev.acme53.order.OrderStep.DeleteChallenges;
import dev.acme53.order.OrderStep.FinalizeOrder;
import dev.acme53.order.OrderStep.GiveUp;
import dev.acme53.order.OrderStep.Judge;
import dev.acme53.order.OrderStep.NoSolver;
import dev.acme53.order.OrderStep.PlaceOrder;
import dev.acme53.order.OrderStep.ReadAuthorizations;
import dev.acme53.order.OrderStep.ReadOrder;
import dev.acme53.order.OrderStep.Rest;
import dev.acme53.order.OrderStep.SolverNotServed;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// From the picture of an Order to its next step: the first row of behaviour.md §3.1 that applies.
final class OrderDecision {
    private OrderDecision() {}

    /// Total and pure.
    static OrderStep next(OrderPicture picture) {
        var status = picture.status();
        var state = status.state();
        var ref = picture.order().getSpec().issuerRef();
        if (!ref.isServedGroup() || (state != null && state.isFailure())) {
            return new Rest();
        }
        if (state == State.VALID && !status.certificate().isEmpty()) {
            return deletion(picture.challenges()).orElseGet(Rest::new);
        }
        if (picture.issuer().isEmpty()) {
            return new AwaitIssuer(named(ref) + " does not exist: create it");
        }
        var acme = picture.issuer().get().getSpec().acme();
        return acme == null ? new AwaitIssuer(named(ref) + " is not an ACME issuer") : next(picture, acme);
    }

    private static OrderStep next(OrderPicture picture, AcmeIssuer acme) {
        var status = picture.status();
        if (status.url().isEmpty()) {
            return switch (Identifiers.of(picture.order().getSpec())) {
                case Identifiers.Named named -> new PlaceOrder(named);
                case Identifiers.Unusable(var reason) -> new GiveUp(reason);
            };
        }
        if (!haveUrls(status)) {
            return new GiveUp("status.url, or one of status.authorizations, is not a URL");
        }
        if (status.finalizeURL().isEmpty()) {
            return new ReadOrder();
        }
        var unread = status.authorizations().stream()
                .filter(a -> a.identifier().isEmpty())
                .map(Authorization::url)
                .toList();
        if (!unread.isEmpty()) {
            return new ReadAuthorizations(unread);
        }
        return switch (Objects.requireNonNullElse(status.state(), State.PENDING)) {
            case VALID, READY, PROCESSING -> new FinalizeOrder();
            case PENDING, INVALID, EXPIRED, ERRORED -> proof(picture, acme);
        };
    }

    /// Others can write a status, too.
    private static boolean haveUrls(OrderStatus status) {
        return Stream.concat(
                        Stream.of(status.url()),
                        status.authorizations().stream().map(Authorization::url))
                .allMatch(OrderDecision::isUrl);
    }

    private static boolean isUrl(String text) {
        try {
            return new URI(text).isAbsolute();
        } catch (URISyntaxException _) {
            return false;
        }
    }

    /// Rows 7, 8 and 10 to 13.
    private static OrderStep proof(OrderPicture picture, AcmeIssuer acme) {
        var order = picture.order();
        var labels = Objects.requireNonNullElse(order.getMetadata().getLabels(), Map.<String, String>of());
        var missing = new ArrayList<RequiredChallenge>();
        var required = new ArrayList<Challenge>();
        for (var authorization : picture.status().authorizations()) {
            if (authorization.initialState() == State.VALID) {
                continue;
            }
            var selected = SolverSelection.of(acme.solvers(), authorization, labels);
            if (selected.isEmpty()) {
                return new NoSolver(SolverSelection.domain(authorization));
            }
            var wanted = RequiredChallenge.of(order, authorization, selected.get());
            picture.challenges().stream()
                    .filter(c -> wanted.isMetBy(c, order.getMetadata().getName()))
                    .findFirst()
                    .ifPresentOrElse(required::add, () -> missing.add(wanted));
        }
        var notServed = missing.stream().filter(m -> !m.isServed()).findFirst();
        if (notServed.isPresent()) {
            return new SolverNotServed(notServed.get());
        }
        var replaced = picture.challenges().stream()
                .filter(c -> !required.contains(c) && missing.stream().anyMatch(m -> m.sharesRecordWith(c)))
                .toList();
        if (!replaced.isEmpty()) {
            return deletion(replaced).orElseGet(AwaitChallenges::new);
        }
        if (!missing.isEmpty()) {
            return new CreateChallenges(missing);
        }
        return deletion(picture.challenges().stream()
                        .filter(c -> !required.contains(c))
                        .toList())
                .orElseGet(() -> judgement(required));
    }

    private static OrderStep judgement(List<Challenge> required) {
        var failed = required.stream()
                .filter(c -> isIn(c, State::isFailure))
                .sorted(Comparator.comparing(c -> c.getMetadata().getName()))
                .toList();
        if (!failed.isEmpty()) {
            return new Judge(failed);
        }
        return required.stream().allMatch(c -> isIn(c, State::isFinal)) ? new FinalizeOrder() : new AwaitChallenges();
    }

    private static boolean isIn(Challenge challenge, Predicate<State> states) {
        var state = challenge.statusOrEmpty().state();
        return state != null && states.test(state);
    }

    /// Those that nobody deletes yet.
    private static Optional<OrderStep> deletion(List<Challenge> superfluous) {
        var left = superfluous.stream()
                .filter(c -> c.getMetadata().getDeletionTimestamp() == null)
                .toList();
        return left.isEmpty() ? Optional.empty() : Optional.of(new DeleteChallenges(left));
    }

    private static String named(IssuerRef ref) {
        return ref.kindOrDefault() + " \"" + ref.name() + "\"";
    }
}
