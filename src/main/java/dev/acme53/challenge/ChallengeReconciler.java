package dev.acme53.challenge;

import dev.acme53.api.AnyIssuer;
import dev.acme53.api.Challenge;
import dev.acme53.challenge.Memory.Fact;
import dev.acme53.reconcile.Errands;
import dev.acme53.reconcile.ReferencedIssuers;
import dev.acme53.reconcile.Retries;
import dev.acme53.reconcile.StageContext;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Challenge stage's loop: decide a step, take it, settle what came of it, until somebody else is awaited.
final class ChallengeReconciler implements Reconciler<Challenge> {
    private static final Logger LOG = LoggerFactory.getLogger(ChallengeReconciler.class);
    private static final String PROCESSING = "processing";

    /// Whose turn it is is woken; this is for a process that ended before it could wake anybody.
    private static final Duration NEXT_TURN = Duration.ofSeconds(15);

    private final StageContext context;
    private final ChallengeObjects objects;
    private final Settlement settlement;
    private final ChallengeCalls calls;
    private final Claims claims;
    private final NotServed notServed;
    private final ChallengeErrands errands;
    private final AtWork atWork;
    private final Retries retries;
    private final SimpleInboundEventSource<Challenge> inbound = new SimpleInboundEventSource<>("calls");
    private @Nullable ReferencedIssuers<Challenge> issuers;
    private @Nullable IndexerResourceCache<Challenge> cache;

    ChallengeReconciler(
            StageContext context,
            ChallengeSettings settings,
            ChallengeCalls calls,
            Claims claims,
            ChallengeObjects objects,
            LeftBehind leftBehind,
            NotServed notServed,
            ChallengeErrands errands) {
        this.context = context;
        this.calls = calls;
        this.claims = claims;
        this.objects = objects;
        this.notServed = notServed;
        this.errands = errands;
        this.atWork = new AtWork(
                settings.maxConcurrent(), () -> Objects.requireNonNull(cache).byIndex(PROCESSING, PROCESSING));
        this.retries = new Retries(Duration.ofSeconds(5), Duration.ofMinutes(5), context.random());
        this.settlement = new Settlement(
                context,
                objects,
                retries,
                leftBehind,
                settings.checkRetryPeriod(),
                settings.linger(),
                calls.dns()::isStrict);
    }

    @Override
    public List<EventSource<?, Challenge>> prepareEventSources(EventSourceContext<Challenge> josdk) {
        var primaries = josdk.getPrimaryCache();
        primaries.addIndexer(
                PROCESSING,
                c -> c.statusOrEmpty().processing() && c.getSpec().isServed() ? List.of(PROCESSING) : List.of());
        claims.lookIn(primaries);
        cache = primaries;
        var referenced =
                new ReferencedIssuers<>(josdk, context.kinds(), c -> c.getSpec().issuerRef(), context.onlyNamespace());
        issuers = referenced;
        errands.wakeBy(inbound::propagateEvent);
        atWork.wakeBy(inbound::propagateEvent);
        var all = new ArrayList<EventSource<?, Challenge>>(referenced.sources());
        all.add(context.kinds().challenges.shared(josdk));
        all.add(inbound);
        return all;
    }

    @Override
    public UpdateControl<Challenge> reconcile(Challenge challenge, Context<Challenge> josdk) {
        var id = ResourceID.fromResource(challenge);
        if (josdk.isPrimaryResourceDeleted()) {
            forget(challenge, id);
            return UpdateControl.noUpdate();
        }
        if (context.status().isStale(challenge)) {
            return UpdateControl.noUpdate(); // its event is on the way
        }
        try {
            return run(challenge, id)
                    .map(UpdateControl.<Challenge>noUpdate()::rescheduleAfter)
                    .orElseGet(UpdateControl::noUpdate);
        } catch (KubernetesClientException e) {
            LOG.atWarn().addKeyValue("status", e.getCode()).log("the API server did not take a write");
        } catch (CompletionException e) {
            if (e.getCause() instanceof KubernetesClientException refused) {
                LOG.atWarn().addKeyValue("status", refused.getCode()).log("the API server did not answer");
            } else {
                LOG.atError().setCause(e.getCause()).log("a call failed in a way nobody foresaw; it is tried again");
            }
        }
        return UpdateControl.<Challenge>noUpdate().rescheduleAfter(retries.next(id));
    }

    /// Takes steps until one waits; how long, when only time is awaited.
    private Optional<Duration> run(Challenge challenge, ResourceID id) {
        Optional<Challenge> current = Optional.of(challenge);
        while (current.isPresent()) {
            var at = current.get();
            var now = context.clock().instant();
            var memory = atWork.recall(at, now);
            var issuer = issuer(at);
            switch (ChallengeDecision.next(at, issuer, memory, now)) {
                case ChallengeStep.Rest _ -> {
                    return rest(at, id);
                }
                case ChallengeStep.Wait wait -> {
                    return Optional.of(atLeast(now, wait.until()));
                }
                case ChallengeStep.LeaveAlone _ -> {
                    notServed.warn(at, id);
                    return Optional.empty();
                }
                case ChallengeStep.Start _ -> {
                    if (!atWork.isAdmitted(at, Instant.parse(at.getMetadata().getCreationTimestamp()))) {
                        return Optional.of(NEXT_TURN);
                    }
                    settlement.started(at);
                    atWork.remember(at, memory.with(Fact.STARTED));
                }
                case ChallengeStep.Resume resume -> {
                    if (!atWork.isAdmitted(at, resume.since())) {
                        return Optional.of(NEXT_TURN);
                    }
                    atWork.remember(at, memory.without(Fact.OUT_OF_TURN));
                }
                case ChallengeStep.Explain explain -> {
                    settlement.status(at, memory, s -> s.withReason(explain.reason()));
                    atWork.remember(at, memory.with(Fact.OUT_OF_TURN).waitingUntil(now));
                    return Optional.empty();
                }
                case ChallengeStep.Give give ->
                    current = objects.status(at, s -> s.withState(give.state()).withReason(give.reason()));
                case ChallengeStep.Linger linger -> {
                    atWork.release(at);
                    return Optional.of(atLeast(now, linger.until()));
                }
                case ChallengeStep.Finish _ -> {
                    current = objects.status(at, s -> s.withPresented(false).withProcessing(false));
                    atWork.release(at);
                }
                case ChallengeStep.MarkPresented _ ->
                    current = settled(
                            at,
                            settlement.presented(
                                    at,
                                    memory,
                                    WrittenRecord.of(at)
                                            .flatMap(WrittenRecord::change)
                                            .orElseThrow()));
                case ChallengeStep.DatePresented date ->
                    current = objects.status(at, s -> s.withPresentedAt(date.now()));
                case ChallengeStep.Vouch _ ->
                    current = ask(at, id, "vouch", () -> calls.provenance().check(at, issuer.get()));
                case ChallengeStep.ReadState _ ->
                    current = ask(at, id, "standing", () -> calls.ca().standing(at, issuer.get()));
                case ChallengeStep.Locate _ ->
                    current = ask(at, id, "locate", () -> calls.records().locate(at));
                case ChallengeStep.Write write -> {
                    var permit = claims.permit(at);
                    current = askRoute53(
                            at,
                            id,
                            "write " + write.record().text(),
                            then -> calls.records().write(at, write.record(), permit, then));
                }
                case ChallengeStep.Confirm confirm -> {
                    // here and not by the errand, which may come to it when the Challenge is forgotten
                    var confirmation = atWork.confirmation(at);
                    current = ask(
                            at,
                            id,
                            "confirm " + confirm.record().text(),
                            () -> calls.records().confirm(at, confirm.record(), confirm.change(), confirmation));
                }
                case ChallengeStep.Look look -> {
                    current = ask(at, id, "look", () -> calls.dns().look(at));
                    if (current.isEmpty() && look.until().isBefore(Instant.MAX)) {
                        return Optional.of(atLeast(now, look.until()));
                    }
                }
                case ChallengeStep.Accept _ ->
                    current = ask(
                            at, id, "accept", () -> calls.ca().accept(at, issuer.get(), memory.holds(Fact.OFFERED)));
                case ChallengeStep.AskResult _ ->
                    current = ask(at, id, "result", () -> calls.ca().result(at, issuer.get()));
                case ChallengeStep.LetGo _ ->
                    current = settled(at, new Settlement.Settled(objects.release(at), Memory.NONE));
                case ChallengeStep.CleanUp _ -> {
                    atWork.withdraw(at);
                    if (!claims.withdraw(at)) {
                        return Optional.empty();
                    }
                    current =
                            askRoute53(at, id, "remove", then -> calls.cleanUp().remove(at, then));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Challenge> ask(Challenge challenge, ResourceID id, String name, Callable<Outcome> call) {
        var by = errands.answers();
        var errand = errand(challenge, name);
        return settled(by, challenge, id, errand, by.ask(id, errand, call));
    }

    /// The same for a record, which waits in its zone for others.
    private Optional<Challenge> askRoute53(
            Challenge challenge, ResourceID id, String name, Errands.CallInTwo<Outcome> call) {
        var by = errands.company();
        var errand = errand(challenge, name);
        return settled(by, challenge, id, errand, by.ask(id, errand, call));
    }

    private static String errand(Challenge challenge, String name) {
        return uid(challenge) + " " + name;
    }

    /// Settles the answer of a call; empty while it is under way, since its end wakes the object.
    private Optional<Challenge> settled(
            Errands by, Challenge challenge, ResourceID id, String name, Optional<Outcome> outcome) {
        if (outcome.isEmpty()) {
            return Optional.empty();
        }
        try {
            return settled(challenge, settlement.settle(challenge, atWork.memory(challenge), outcome.get()));
        } catch (KubernetesClientException e) {
            by.giveBack(id, name, outcome.get());
            throw e;
        }
    }

    private static String uid(Challenge challenge) {
        return challenge.getMetadata().getUid();
    }

    private Optional<Challenge> settled(Challenge challenge, Settlement.Settled settled) {
        atWork.remember(challenge, settled.memory());
        return settled.challenge();
    }

    private Optional<Duration> rest(Challenge challenge, ResourceID id) {
        calls.cleanUp().sessions().forget(uid(challenge));
        errands.forget(id);
        retries.reset(id);
        atWork.forget(challenge);
        claims.rest(challenge);
        return Optional.empty();
    }

    private void forget(Challenge challenge, ResourceID id) {
        rest(challenge, id);
        claims.forget(challenge);
        notServed.forget(challenge);
        context.status().forget(challenge);
    }

    private Optional<AnyIssuer> issuer(Challenge challenge) {
        return Objects.requireNonNull(issuers)
                .find(challenge.getSpec().issuerRef(), challenge.getMetadata().getNamespace())
                .map(found -> found);
    }

    private static Duration atLeast(Instant now, Instant until) {
        var wait = Duration.between(now, until);
        return wait.isPositive() ? wait.plusMillis(1) : Duration.ofMillis(1);
    }
}
