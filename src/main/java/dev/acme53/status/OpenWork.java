package dev.acme53.status;

import static java.util.stream.Collectors.groupingBy;

import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.CertificateStatus;
import dev.acme53.api.Challenge;
import dev.acme53.api.Condition;
import dev.acme53.api.Condition.Status;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.Order;
import dev.acme53.api.OwnerReferences;
import dev.acme53.api.Reasons;
import dev.acme53.api.State;
import dev.acme53.status.Snapshot.ChallengeItem;
import dev.acme53.status.Snapshot.Item;
import dev.acme53.status.Snapshot.Level;
import dev.acme53.status.Snapshot.Named;
import dev.acme53.status.Snapshot.Step;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What is not done: each Certificate once, with what holds it up; requests and Orders only where no Certificate in
/// the list stands for them.
final class OpenWork {
    /// Issuance takes a minute or two; what takes so much longer deserves a look.
    static final Duration LATE = Duration.ofMinutes(10);

    private final List<Certificate> certificates;
    private final List<CertificateRequest> requests;
    private final List<Order> orders;
    private final List<Challenge> challenges;
    private final Map<String, List<CertificateRequest>> requestsOf;
    private final Map<String, List<Order>> ordersOf;
    private final Map<String, List<Challenge>> challengesOf;
    private final Function<CertificateStatus, Optional<Instant>> nextAttempt;
    private final Instant now;

    OpenWork(
            List<Certificate> certificates,
            List<CertificateRequest> requests,
            List<Order> orders,
            List<Challenge> challenges,
            Function<CertificateStatus, Optional<Instant>> nextAttempt,
            Instant now) {
        this.certificates = certificates.stream().filter(c -> isOpen(c, now)).toList();
        this.requests = requests.stream().filter(OpenWork::isOpen).toList();
        this.orders = orders.stream().filter(OpenWork::isOpen).toList();
        this.challenges = challenges.stream().filter(OpenWork::isOpen).toList();
        requestsOf = this.requests.stream().collect(groupingBy(OpenWork::owner));
        ordersOf = this.orders.stream().collect(groupingBy(OpenWork::owner));
        challengesOf = this.challenges.stream().collect(groupingBy(OpenWork::owner));
        this.nextAttempt = nextAttempt;
        this.now = now;
    }

    Stream<Item> items() {
        var shown = new HashSet<String>();
        certificates.forEach(c -> shown.add(uid(c)));
        var alone = requests.stream().filter(r -> !shown.contains(owner(r))).toList();
        requests.forEach(r -> shown.add(uid(r)));
        return Stream.of(
                        certificates.stream().map(this::item),
                        alone.stream().map(this::item),
                        orders.stream().filter(o -> !shown.contains(owner(o))).map(this::item))
                .flatMap(Function.identity());
    }

    Stream<ChallengeItem> challenges() {
        return challenges.stream().map(this::item);
    }

    private static boolean isOpen(Certificate certificate, Instant now) {
        var status = certificate.statusOrEmpty();
        return Conditions.find(status.conditions(), ConditionTypes.ISSUING).isPresent()
                || !Conditions.isTrue(status.conditions(), ConditionTypes.READY)
                || isExpired(status, now);
    }

    private static boolean isExpired(CertificateStatus status, Instant now) {
        var end = status.notAfter();
        return end != null && !now.isBefore(end);
    }

    private static boolean isOpen(CertificateRequest request) {
        return !Reasons.Request.ENDS.contains(
                Conditions.reason(request.statusOrEmpty().conditions(), ConditionTypes.READY));
    }

    private static boolean isOpen(Order order) {
        return !State.isOver(order.statusOrEmpty().state());
    }

    private static boolean isOpen(Challenge challenge) {
        return challenge.getSpec().isServed()
                && (isDeleted(challenge)
                        || !State.isOver(challenge.statusOrEmpty().state()));
    }

    private static boolean isDeleted(HasMetadata object) {
        return object.getMetadata().getDeletionTimestamp() != null;
    }

    private Item item(Certificate certificate) {
        var status = certificate.statusOrEmpty();
        var issuing = Conditions.find(status.conditions(), ConditionTypes.ISSUING);
        var failed = issuing.filter(c -> c.status() != Status.TRUE).isPresent();
        var said = issuing.or(() -> Conditions.find(status.conditions(), ConditionTypes.READY));
        var since = failed && status.lastFailureTime() != null
                ? status.lastFailureTime()
                : said.flatMap(c -> Optional.ofNullable(c.lastTransitionTime())).orElseGet(() -> created(certificate));
        var level = isExpired(status, now) ? Level.EXPIRED : failed ? Level.FAILED : level(since);
        return new Item(
                named(certificate),
                certificate.getSpec().dnsNames(),
                level,
                failed ? "" : where(certificate),
                since,
                said.map(Condition::message).orElse(""),
                failed ? nextAttempt.apply(status) : Optional.empty());
    }

    private Item item(CertificateRequest request) {
        var ready = Conditions.find(request.statusOrEmpty().conditions(), ConditionTypes.READY);
        var since = created(request);
        return new Item(
                named(request),
                List.of(),
                level(since),
                below(request).orElse(""),
                since,
                ready.map(Condition::message).orElse(""),
                Optional.empty());
    }

    private Item item(Order order) {
        var since = created(order);
        return new Item(
                named(order),
                order.getSpec().dnsNames(),
                level(since),
                below(order).orElse(""),
                since,
                order.statusOrEmpty().reason(),
                Optional.empty());
    }

    private ChallengeItem item(Challenge challenge) {
        var status = challenge.statusOrEmpty();
        var deleted = challenge.getMetadata().getDeletionTimestamp();
        var step = deleted != null
                ? Step.CLEAN_UP
                : !status.processing() ? Step.QUEUED : status.presented() ? Step.CHECK : Step.RECORD;
        var since = deleted != null ? Instant.parse(deleted) : created(challenge);
        var spec = challenge.getSpec();
        return new ChallengeItem(
                named(challenge),
                (spec.wildcard() ? "*." : "") + spec.dnsName(),
                step,
                level(since),
                since,
                status.reason());
    }

    /// The objects that a Certificate waits for.
    private String where(Certificate certificate) {
        return requestsOf.getOrDefault(uid(certificate), List.of()).stream()
                .findFirst()
                .map(request -> below(request)
                        .orElse("CertificateRequest " + request.getMetadata().getName()))
                .orElse("");
    }

    private Optional<String> below(CertificateRequest request) {
        return ordersOf.getOrDefault(uid(request), List.of()).stream()
                .findFirst()
                .map(order -> below(order).orElse("Order " + order.getMetadata().getName()));
    }

    private Optional<String> below(Order order) {
        var open = challengesOf.getOrDefault(uid(order), List.of());
        return switch (open.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of("Challenge " + open.getFirst().getMetadata().getName());
            default -> Optional.of(open.size() + " Challenges");
        };
    }

    private Level level(Instant since) {
        return Duration.between(since, now).compareTo(LATE) > 0 ? Level.LATE : Level.WAITING;
    }

    private static Named named(HasMetadata object) {
        return new Named(
                object.getKind(),
                object.getMetadata().getNamespace(),
                object.getMetadata().getName());
    }

    private static Instant created(HasMetadata object) {
        return Instant.parse(object.getMetadata().getCreationTimestamp());
    }

    private static String uid(HasMetadata object) {
        return object.getMetadata().getUid();
    }

    /// Empty, which is nobody's UID, without one.
    private static String owner(HasMetadata object) {
        return OwnerReferences.controller(object).map(o -> o.getUid()).orElse("");
    }
}
