package dev.acme53.status;

import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.CertificateStatus;
import dev.acme53.api.Challenge;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.Condition;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.Issuer;
import dev.acme53.api.Order;
import dev.acme53.status.Snapshot.ChallengeItem;
import dev.acme53.status.Snapshot.Instance;
import dev.acme53.status.Snapshot.IssuerItem;
import dev.acme53.status.Snapshot.Item;
import dev.acme53.status.Snapshot.Route53;
import dev.acme53.status.Snapshot.Tally;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// From the caches to a [Snapshot].
///
/// @param nextAttempt when a Certificate whose issuance failed is tried again; empty when none failed
/// @param route53 empty where Challenges are not proven here
public record Gathering(
        Watched watched,
        Function<CertificateStatus, Optional<Instant>> nextAttempt,
        Supplier<Optional<Route53>> route53) {
    private static final Comparator<Item> WORST = Comparator.comparing(Item::level)
            .thenComparing(Item::since)
            .thenComparing(i -> i.object().name());
    private static final Comparator<ChallengeItem> OLDEST = Comparator.comparing(ChallengeItem::level)
            .thenComparing(ChallengeItem::since)
            .thenComparing(c -> c.object().name());
    private static final Comparator<IssuerItem> UNREADY = Comparator.comparing(
                    (IssuerItem i) -> i.ready() == Condition.Status.TRUE)
            .thenComparing(i -> i.object().namespace())
            .thenComparing(i -> i.object().name());

    /// All as it is now.
    /// @param namespace the only one to be shown; empty: all
    public Snapshot at(Instant now, Instance instance, Optional<String> namespace) {
        var certificates = watched.all(Certificate.class);
        var requests = watched.all(CertificateRequest.class).orElse(List.of());
        var orders = watched.all(Order.class).orElse(List.of());
        var challenges = watched.all(Challenge.class);
        var shown = new OpenWork(
                within(namespace, certificates.orElse(List.of())),
                within(namespace, requests),
                within(namespace, orders),
                within(namespace, challenges.orElse(List.of())),
                nextAttempt,
                now);
        return new Snapshot(
                now,
                instance,
                namespace,
                namespaces(certificates.orElse(List.of()), requests, orders, challenges.orElse(List.of())),
                certificates.map(all -> tally(within(namespace, all))),
                shown.items().sorted(WORST).toList(),
                challenges.map(_ -> shown.challenges().sorted(OLDEST).toList()),
                issuers(namespace),
                route53.get());
    }

    private List<IssuerItem> issuers(Optional<String> namespace) {
        var all = new ArrayList<IssuerItem>();
        watched.all(ClusterIssuer.class).orElse(List.of()).forEach(issuer -> all.add(Issuers.item(issuer)));
        within(namespace, watched.all(Issuer.class).orElse(List.of())).forEach(issuer -> all.add(Issuers.item(issuer)));
        all.sort(UNREADY);
        return all;
    }

    private static <K extends HasMetadata> List<K> within(Optional<String> namespace, List<K> all) {
        return namespace.isEmpty()
                ? all
                : all.stream()
                        .filter(o -> namespace.get().equals(o.getMetadata().getNamespace()))
                        .toList();
    }

    private static Tally tally(List<Certificate> all) {
        return new Tally(all.size(), (int) all.stream()
                .filter(c -> Conditions.isTrue(c.statusOrEmpty().conditions(), ConditionTypes.READY))
                .count());
    }

    private static List<String> namespaces(
            List<Certificate> certificates,
            List<CertificateRequest> requests,
            List<Order> orders,
            List<Challenge> challenges) {
        return Stream.of(certificates, requests, orders, challenges)
                .flatMap(List::stream)
                .map(o -> o.getMetadata().getNamespace())
                .distinct()
                .sorted()
                .toList();
    }
}
