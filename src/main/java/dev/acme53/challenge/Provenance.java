package dev.acme53.challenge;

import dev.acme53.account.AccountLogins;
import dev.acme53.api.AnyIssuer;
import dev.acme53.api.Authorization;
import dev.acme53.api.Challenge;
import dev.acme53.api.ChallengeSpec;
import dev.acme53.api.EventReasons;
import dev.acme53.api.Order;
import dev.acme53.api.OwnerReferences;
import dev.acme53.api.State;
import dev.acme53.reconcile.Ancestors;
import java.util.Optional;
import java.util.function.Function;

/// Whether a Challenge is what an Order made of its CA's answer and its issuer's settings. Anybody who may create
/// Challenges could otherwise have an issuer's AWS credentials write whatever they like, under any name (ADR 7).
///
/// Asked before the first write alone: after it, issuers and Orders may change or go.
///
/// @param known the Order that controls a Challenge as the cache has it, where it has one; its word counts when it is a
/// yes, since what a CA offered never changes
record Provenance(Ancestors ancestors, AccountLogins logins, Function<Challenge, Optional<Order>> known) {
    private static final String NOTHING_WRITTEN = "nothing is written for this Challenge: ";

    /// Reads the Order and the account's key, and compares. Blocks.
    Outcome check(Challenge challenge, AnyIssuer issuer) {
        return switch (logins.login(issuer)) {
            case AccountLogins.Login.NotReady notReady -> new Outcome.Failed(notReady.reason(), "", Optional.empty());
            case AccountLogins.Login.Ready ready -> {
                var value = ready.account().dns01Value(challenge.getSpec().token());
                var order = known.apply(challenge)
                        .filter(cached -> objection(challenge, Optional.of(cached), issuer, value)
                                .isEmpty())
                        .or(() -> ancestors.order(challenge));
                yield objection(challenge, order, issuer, value)
                        .<Outcome>map(text -> new Outcome.Failed(
                                NOTHING_WRITTEN + text, EventReasons.Challenge.PRESENT_ERROR, Optional.empty()))
                        .orElseGet(() -> new Outcome.Vouched(isOffered(challenge, order.orElseThrow())));
            }
        };
    }

    /// What speaks against `challenge`; empty when nothing does.
    ///
    /// @param order the one that controls it, as it is stored now
    /// @param value what the issuer's account has to show for the challenge's token
    static Optional<String> objection(Challenge challenge, Optional<Order> order, AnyIssuer issuer, String value) {
        var spec = challenge.getSpec();
        if (order.isEmpty()) {
            return Optional.of(
                    OwnerReferences.controller(challenge).isEmpty()
                            ? "no Order controls it"
                            : "the Order that its ownerReferences name as controller does not exist");
        }
        var name = "Order \"" + order.get().getMetadata().getName() + "\"";
        if (!spec.issuerRef().means(order.get().getSpec().issuerRef())) {
            return Optional.of("spec.issuerRef is not the issuer of " + name);
        }
        return order.get().statusOrEmpty().authorizations().stream()
                .filter(a -> a.url().equals(spec.authorizationURL()))
                .findFirst()
                .map(authorization -> objection(spec, authorization, name, issuer, value))
                .orElseGet(() -> Optional.of("spec.authorizationURL is not among the authorizations of " + name));
    }

    /// Whether the CA has shown to `order`, which is still open, that it waits for the proof.
    static boolean isOffered(Challenge challenge, Order order) {
        var status = order.statusOrEmpty();
        return status.state() == State.PENDING
                && status.authorizations().stream()
                        .anyMatch(a -> a.url().equals(challenge.getSpec().authorizationURL())
                                && a.initialState() == State.PENDING);
    }

    private static Optional<String> objection(
            ChallengeSpec spec, Authorization authorization, String order, AnyIssuer issuer, String value) {
        var named = issuer.getKind() + " \"" + issuer.getMetadata().getName() + "\"";
        if (!authorization.identifier().equals(spec.dnsName())
                || Boolean.TRUE.equals(authorization.wildcard()) != spec.wildcard()) {
            return Optional.of("spec.dnsName and spec.wildcard are not what this authorization is for in " + order);
        }
        if (authorization.challenges().stream()
                .noneMatch(offered -> offered.type().equals("dns-01")
                        && offered.url().equals(spec.url())
                        && offered.token().equals(spec.token()))) {
            return Optional.of(
                    "spec.url and spec.token are not the dns-01 challenge of this authorization in " + order);
        }
        if (!value.equals(spec.key())) {
            return Optional.of("spec.key is not what spec.token and the account key of " + named + " make");
        }
        var acme = issuer.getSpec().acme();
        return acme != null && acme.solvers().stream().anyMatch(spec.solver()::isSameAs)
                ? Optional.empty()
                : Optional.of("spec.solver is not among the solvers of " + named);
    }
}
