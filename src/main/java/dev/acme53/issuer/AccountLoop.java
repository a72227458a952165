package dev.acme53.issuer;

import dev.acme53.api.AcmeIssuer;
import dev.acme53.api.AnyIssuer;
import dev.acme53.api.Condition;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.EventReasons;
import dev.acme53.api.IssuerSpec;
import dev.acme53.api.IssuerStatus;
import dev.acme53.api.Reasons;
import dev.acme53.issuer.AccountSetup.Result;
import dev.acme53.reconcile.Errands;
import dev.acme53.reconcile.Retries;
import dev.acme53.reconcile.StageContext;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The loop of both issuer kinds: have the account set up, report, come back later.
///
/// Secrets are looked at again from time to time instead of being watched: an issuer names a few, and a watch would
/// have to hold something of every Secret in the cluster (ADR 0005).
final class AccountLoop<I extends CustomResource<IssuerSpec, IssuerStatus> & AnyIssuer> {
    private static final Logger LOG = LoggerFactory.getLogger(AccountLoop.class);
    private static final Duration AGAIN_WHEN_READY = Duration.ofMinutes(5);
    private static final Duration AGAIN_WHEN_REFUSED = Duration.ofSeconds(5);
    private static final String REGISTERED = "The ACME account was registered with the ACME server";

    private final StageContext context;
    private final AccountSetup setup;
    private final Errands errands;
    private final Retries retries;
    private final String fieldManager;
    private final Map<ResourceID, Due> dues = new ConcurrentHashMap<>();
    private final Set<String> notServed = ConcurrentHashMap.newKeySet();

    AccountLoop(StageContext context, AccountSetup setup, Errands errands, String fieldManager) {
        this.context = context;
        this.setup = setup;
        this.errands = errands;
        this.retries = new Retries(Duration.ofSeconds(5), Duration.ofMinutes(5), context.random());
        this.fieldManager = fieldManager;
    }

    /// When an issuer of this generation is to be set up again.
    private record Due(@Nullable Long generation, String uid, Instant at) {}

    List<EventSource<?, I>> eventSources() {
        var inbound = new SimpleInboundEventSource<I>("calls");
        errands.wakeBy(inbound::propagateEvent);
        return List.of(inbound);
    }

    UpdateControl<I> reconcile(I issuer, Context<I> josdk) {
        var id = ResourceID.fromResource(issuer);
        if (josdk.isPrimaryResourceDeleted()) {
            forget(issuer, id);
            return UpdateControl.noUpdate();
        }
        if (issuer.isMarkedForDeletion() || context.status().isStale(issuer)) {
            return UpdateControl.noUpdate();
        }
        var acme = issuer.getSpec().acme();
        if (acme == null) {
            leaveAlone(issuer);
            return UpdateControl.noUpdate();
        }
        try {
            return run(issuer, acme, id);
        } catch (KubernetesClientException e) {
            LOG.atWarn().addKeyValue("status", e.getCode()).log("the API server did not take a write");
        } catch (CompletionException e) {
            LOG.atWarn().setCause(e.getCause()).log("the issuer's Secrets could not be read or written; tried again");
        }
        return UpdateControl.<I>noUpdate().rescheduleAfter(retries.next(id));
    }

    /// A change of the spec counts at once, whatever is due; a call under way wakes the object when it ends.
    private UpdateControl<I> run(I issuer, AcmeIssuer acme, ResourceID id) {
        var meta = issuer.getMetadata();
        var now = context.clock().instant();
        var due = dues.get(id);
        if (due != null
                && due.uid.equals(meta.getUid())
                && Objects.equals(due.generation, meta.getGeneration())
                && due.at.isAfter(now)) {
            return UpdateControl.<I>noUpdate()
                    .rescheduleAfter(Duration.between(now, due.at).plusMillis(1));
        }
        var name = meta.getUid() + " " + meta.getGeneration();
        var result = errands.ask(id, name, () -> setup.run(issuer, acme));
        if (result.isEmpty()) {
            return UpdateControl.noUpdate();
        }
        Duration wait;
        try {
            wait = report(issuer, id, result.get());
        } catch (KubernetesClientException e) {
            errands.giveBack(id, name, result.get());
            throw e;
        }
        dues.put(id, new Due(meta.getGeneration(), meta.getUid(), now.plus(wait)));
        return UpdateControl.<I>noUpdate().rescheduleAfter(wait);
    }

    private Duration report(I issuer, ResourceID id, Result result) {
        return switch (result) {
            case Result.Ready ready -> {
                retries.reset(id);
                write(issuer, ready.account(), Condition.Status.TRUE, Reasons.Issuer.ACCOUNT_REGISTERED, REGISTERED);
                yield AGAIN_WHEN_READY;
            }
            case Result.NotReady not -> {
                var isNews = !says(issuer, not);
                write(issuer, not.account(), Condition.Status.FALSE, not.reason(), not.message());
                if (isNews && !not.event().isEmpty()) {
                    context.events().warning(issuer, fieldManager, not.event(), not.message());
                }
                if (not.isFinal()) {
                    yield AGAIN_WHEN_REFUSED;
                }
                var retry = retries.next(id);
                yield not.notBefore()
                        .map(at -> Duration.between(context.clock().instant(), at))
                        .filter(d -> d.compareTo(retry) > 0)
                        .orElse(retry);
            }
        };
    }

    private static boolean says(AnyIssuer issuer, Result.NotReady result) {
        return Conditions.find(issuer.statusOrEmpty().conditions(), ConditionTypes.READY)
                .filter(c -> c.reason().equals(result.reason()) && c.message().equals(result.message()))
                .isPresent();
    }

    private void write(
            I issuer,
            dev.acme53.api.AcmeAccountStatus account,
            Condition.Status status,
            String reason,
            String message) {
        context.status()
                .update(
                        issuer,
                        fieldManager,
                        current -> current.statusOrEmpty()
                                .withAcme(account)
                                .withConditions(Conditions.set(
                                        current.statusOrEmpty().conditions(),
                                        ConditionTypes.READY,
                                        status,
                                        reason,
                                        message,
                                        issuer.getMetadata().getGeneration(),
                                        context.clock().instant())));
    }

    private void forget(I issuer, ResourceID id) {
        errands.forget(id);
        retries.reset(id);
        dues.remove(id);
        setup.forget(issuer);
        notServed.remove(issuer.getMetadata().getUid());
        context.status().forget(issuer);
    }

    private void leaveAlone(I issuer) {
        if (notServed.add(issuer.getMetadata().getUid())) {
            context.events()
                    .warning(
                            issuer,
                            fieldManager,
                            EventReasons.ISSUER_NOT_SERVED,
                            "Only issuers of type acme are served here, this one is of type "
                                    + issuer.getSpec().type().orElse("none")
                                    + ": have the product that served it before serve it, or name an ACME issuer in"
                                    + " issuerRef");
        }
    }
}
