package dev.acme53.issuer;

import dev.acme53.api.AcmeIssuer;
import dev.acme53.api.AnyIssuer;
import dev.acme53.api.EventReasons;
import dev.acme53.api.IssuerSpec;
import dev.acme53.api.IssuerStatus;
import dev.acme53.api.Reasons;
import dev.acme53.issuer.Registrar.Registered;
import dev.acme53.reconcile.Errands;
import dev.acme53.reconcile.SecretEvents;
import dev.acme53.reconcile.StageContext;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The loop of both issuer kinds: read the Secrets, decide, make a key or ask the CA in an errand, report.
///
/// The Secrets are read anew each time, which is three or so GETs: what they held when an errand began is never
/// taken for what they hold now.
final class AccountLoop<I extends CustomResource<IssuerSpec, IssuerStatus> & AnyIssuer> {
    private final StageContext context;
    private final IssuerSecrets secrets;
    private final Attempts attempts;
    private final Errands errands;
    private final Optional<String> secretNamespace;
    private final IssuerReport report;

    /// @param secretNamespace the only namespace whose Secrets these issuers can name; empty: each its own
    AccountLoop(
            StageContext context,
            IssuerSecrets secrets,
            Registrar registrar,
            Errands errands,
            Optional<String> secretNamespace,
            String fieldManager) {
        this.context = context;
        this.secrets = secrets;
        this.attempts = new Attempts(registrar, errands, context.clock(), context.random());
        this.errands = errands;
        this.secretNamespace = secretNamespace;
        this.report = new IssuerReport(context, fieldManager);
    }

    List<EventSource<?, I>> eventSources(EventSourceContext<I> josdk, EventSource<?, I> shared) {
        var errandEnds = new SimpleInboundEventSource<I>("calls");
        errands.wakeBy(errandEnds::propagateEvent);
        return List.of(
                shared,
                errandEnds,
                new SecretEvents<>(josdk, context.client(), secretNamespace, context.random(), secrets::named));
    }

    UpdateControl<I> reconcile(I issuer, Context<I> josdk) {
        var id = ResourceID.fromResource(issuer);
        if (josdk.isPrimaryResourceDeleted()) {
            attempts.forget(id);
            report.forget(issuer);
            return UpdateControl.noUpdate();
        }
        if (issuer.isMarkedForDeletion() || context.status().isStale(issuer)) {
            return UpdateControl.noUpdate();
        }
        var acme = issuer.getSpec().acme();
        if (acme == null) {
            report.notServed(issuer);
            return UpdateControl.noUpdate();
        }
        report.ignored(issuer, acme);
        return step(issuer, acme, id);
    }

    private UpdateControl<I> step(I issuer, AcmeIssuer acme, ResourceID id) {
        Findings findings;
        try {
            findings = secrets.read(issuer, acme);
        } catch (KubernetesClientException e) {
            report.notReady(
                    issuer,
                    report.account(issuer),
                    Reasons.Issuer.ERR_VERIFY_ACCOUNT,
                    "the Secrets that this issuer names cannot be read: " + IssuerReport.answer(e),
                    EventReasons.Issuer.ERR_INIT_ISSUER);
            return again(attempts.retry(id));
        }
        var now = context.clock().instant();
        return switch (IssuerDecision.next(issuer, acme, findings, attempts.last(id), now)) {
            case IssuerStep.Keep _ -> {
                attempts.settled(id);
                report.stillReady(issuer, acme);
                yield UpdateControl.noUpdate();
            }
            case IssuerStep.Refuse refuse -> {
                attempts.settled(id);
                report.notReady(issuer, report.account(issuer), refuse.reason(), refuse.message(), refuse.event());
                yield UpdateControl.noUpdate();
            }
            case IssuerStep.GenerateKey _ -> generateKey(issuer, acme, id);
            case IssuerStep.Register register -> register(issuer, acme, register, id);
            case IssuerStep.Wait wait -> {
                notRegistered(issuer, wait.failure(), wait.known());
                yield again(Duration.between(now, wait.until()));
            }
        };
    }

    private UpdateControl<I> generateKey(I issuer, AcmeIssuer acme, ResourceID id) {
        var problem = errands.ask(
                id, "account key " + issuer.getMetadata().getUid(), () -> secrets.generateKey(issuer, acme));
        if (problem.isEmpty()) {
            return UpdateControl.noUpdate();
        }
        if (problem.get().isEmpty()) {
            // The new Secret's event wakes the issuer as well, unless the watch is away
            return again(Duration.ZERO);
        }
        report.notReady(
                issuer,
                report.account(issuer).withUri(""),
                Reasons.Issuer.ERR_REGISTER_ACCOUNT,
                "the account key's Secret \"" + acme.privateKeySecretRef().name() + "\" cannot be created: "
                        + problem.get(),
                EventReasons.Issuer.ERR_INIT_ISSUER);
        return again(attempts.retry(id));
    }

    private UpdateControl<I> register(I issuer, AcmeIssuer acme, IssuerStep.Register step, ResourceID id) {
        var answer = attempts.ask(id, step, report.account(issuer).lastRegisteredEmail());
        if (answer.isEmpty()) {
            return UpdateControl.noUpdate();
        }
        try {
            var next = report(issuer, acme, step, id, answer.get());
            attempts.answered(id);
            return next;
        } catch (KubernetesClientException e) {
            attempts.giveBack(id, step, answer.get());
            throw e;
        }
    }

    private UpdateControl<I> report(
            I issuer, AcmeIssuer acme, IssuerStep.Register step, ResourceID id, Registered answer) {
        return switch (answer) {
            case Registered.Done done -> {
                report.ready(issuer, acme, done.account());
                attempts.settled(id);
                yield UpdateControl.noUpdate();
            }
            case Registered.Failed failure -> {
                notRegistered(issuer, failure, step.known());
                yield again(attempts.refused(id, step.wish(), failure));
            }
        };
    }

    private void notRegistered(I issuer, Registered.Failed failure, Optional<URI> known) {
        var account = report.account(issuer);
        report.notReady(
                issuer,
                known.isPresent() ? account : account.withUri(""),
                failure.reason(),
                failure.message(),
                failure.event());
    }

    /// JOSDK takes no zero.
    private UpdateControl<I> again(Duration wait) {
        return UpdateControl.<I>noUpdate().rescheduleAfter(wait.plusMillis(1));
    }
}
