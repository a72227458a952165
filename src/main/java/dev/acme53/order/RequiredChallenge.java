package dev.acme53.order;

import dev.acme53.api.Authorization;
import dev.acme53.api.Challenge;
import dev.acme53.api.ChallengeSpec;
import dev.acme53.api.ChallengeType;
import dev.acme53.api.ObjectNames;
import dev.acme53.api.Order;
import dev.acme53.api.OwnerReferences;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/// A Challenge that an authorization needs, complete but for its key (api.md §7.1).
///
/// @param domain what is authorized, wildcards with `*.`
/// @param spec with an empty `key`
record RequiredChallenge(String name, String domain, ChallengeSpec spec) {

    static RequiredChallenge of(Order order, Authorization authorization, SolverSelection selected) {
        var spec = new ChallengeSpec(
                selected.challenge().url(),
                authorization.url(),
                authorization.identifier(),
                Boolean.TRUE.equals(authorization.wildcard()),
                selected.type(),
                selected.challenge().token(),
                "",
                selected.solver(),
                order.getSpec().issuerRef());
        return new RequiredChallenge(
                ObjectNames.challenge(order.getMetadata().getName(), spec),
                SolverSelection.domain(authorization),
                spec);
    }

    /// Whether `challenge`, one of the order's own, is this one. Its name need not be ours: the peer's hash covers
    /// fields that we do not know.
    boolean isMetBy(Challenge challenge, String order) {
        return challenge.getMetadata().getName().equals(name)
                || ObjectNames.challenge(order, challenge.getSpec()).equals(name);
    }

    /// Whether both would write the same record, so that the clean-up of one takes away the other's.
    boolean sharesRecordWith(Challenge challenge) {
        return challenge.getSpec().token().equals(spec.token());
    }

    /// Whether the Challenge stage can solve it.
    boolean isServed() {
        return spec.isServed();
    }

    /// What would have to be solved, in words.
    String means() {
        var dns01 = spec.solver().dns01();
        return spec.type() == ChallengeType.DNS_01 && dns01 != null
                ? "DNS01 by " + String.join(", ", dns01.otherProviders().keySet())
                : "HTTP01";
    }

    /// The object to create: controlled by the order, without labels, annotations and finalizers.
    Challenge withKey(String key, Order order) {
        var challenge = new Challenge();
        challenge.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(order.getMetadata().getNamespace())
                .withOwnerReferences(OwnerReferences.controlledBy(order))
                .build());
        challenge.setSpec(new ChallengeSpec(
                spec.url(),
                spec.authorizationURL(),
                spec.dnsName(),
                spec.wildcard(),
                spec.type(),
                spec.token(),
                key,
                spec.solver(),
                spec.issuerRef()));
        return challenge;
    }
}
