package dev.acme53.certificate;

import dev.acme53.api.Certificate;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.Reasons;
import dev.acme53.names.SubdomainName;
import dev.acme53.reconcile.Errands;
import dev.acme53.reconcile.Retries;
import dev.acme53.reconcile.StageContext;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Certificate stage's loop: gather, decide, act, until something must be waited for; the status is written when
/// another object is to be touched next, and at the end.
final class CertificateReconciler implements Reconciler<Certificate> {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateReconciler.class);

    private final StageContext context;
    private final CertificateSettings settings;
    private final Errands errands;
    private final TargetSecrets targets;
    private final NextKeySecrets nextKeys;
    private final CertificateActs acts;
    private final Retries retries;
    private @Nullable CertificateSources sources;

    CertificateReconciler(StageContext context, CertificateSettings settings, Errands errands) {
        this.context = context;
        this.settings = settings;
        this.errands = errands;
        this.targets = new TargetSecrets(context.client(), settings);
        this.nextKeys = new NextKeySecrets(context.client(), settings.pemLimits());
        this.acts = new CertificateActs(
                context, settings, errands, targets, nextKeys, new CertificateRequests(context.client(), settings));
        this.retries = new Retries(Duration.ofSeconds(1), Duration.ofSeconds(30), context.random());
    }

    @Override
    public List<EventSource<?, Certificate>> prepareEventSources(EventSourceContext<Certificate> josdk) {
        var wake = new SimpleInboundEventSource<Certificate>("errands");
        errands.wakeBy(wake::propagateEvent);
        sources = new CertificateSources(josdk, context.kinds().requests);
        var all = new ArrayList<>(sources.sources());
        all.add(wake);
        return all;
    }

    @Override
    public UpdateControl<Certificate> reconcile(Certificate certificate, Context<Certificate> josdk) {
        if (josdk.isPrimaryResourceDeleted()) {
            forget(certificate);
            return UpdateControl.noUpdate();
        }
        // only a Certificate from before our schema has none, or one that no Secret can have
        if (certificate.isMarkedForDeletion()
                || !SubdomainName.isOne(certificate.getSpec().secretName())
                || context.status().isStale(certificate)) {
            return UpdateControl.noUpdate();
        }
        var id = ResourceID.fromResource(certificate);
        try {
            var again = run(gather(certificate));
            retries.reset(id);
            return context.kinds()
                    .requests
                    .lookAgain(certificate, again)
                    .map(UpdateControl.<Certificate>noUpdate()::rescheduleAfter)
                    .orElseGet(UpdateControl::noUpdate);
        } catch (KubernetesClientException e) {
            LOG.atWarn().addKeyValue("status", e.getCode()).log("the API server did not take a call");
            return UpdateControl.<Certificate>noUpdate().rescheduleAfter(retries.next(id));
        }
    }

    private CertificateRun gather(Certificate certificate) {
        var known = Objects.requireNonNull(sources);
        var requests = known.requests(certificate, settings.pemLimits());
        return new CertificateRun(
                certificate,
                target(certificate, requests),
                known.competitors(certificate),
                requests,
                known.nextKeys(certificate),
                settings,
                context.clock().instant().truncatedTo(ChronoUnit.SECONDS));
    }

    private TargetSecret target(Certificate certificate, OwnedRequests requests) {
        var cached = cached(certificate);
        return cached.isEmpty() && isKnownMissing(certificate)
                ? new TargetSecret.Missing()
                : targets.look(certificate, cached, basis(certificate, requests));
    }

    private Optional<SecretIdentity> cached(Certificate certificate) {
        return Objects.requireNonNull(sources)
                .secret(certificate, certificate.getSpec().secretName());
    }

    /// While an issuance is under way, a Secret that was not there at its beginning is not asked for again: if somebody
    /// made one without the label meanwhile, it is found when it is written.
    private static boolean isKnownMissing(Certificate certificate) {
        var conditions = certificate.statusOrEmpty().conditions();
        return Conditions.isTrue(conditions, ConditionTypes.ISSUING)
                && !SpecValues.reusesKey(certificate.getSpec())
                && Conditions.find(conditions, ConditionTypes.READY)
                        .filter(c -> c.reason().equals(Reasons.Certificate.DOES_NOT_EXIST)
                                && Objects.equals(
                                        c.observedGeneration(),
                                        certificate.getMetadata().getGeneration()))
                        .isPresent();
    }

    private Optional<Duration> run(CertificateRun run) {
        while (true) {
            var step = CertificateDecision.next(run.picture());
            if (isPreparation(run, step)) {
                continue;
            }
            if (!isStored(run)) {
                return Optional.empty();
            }
            if (step instanceof CertificateStep.Wait(var atMost, var announcement)) {
                announcement.ifPresent(a -> acts.announce(run.certificate(), a));
                remember(run.picture());
                return atMost;
            }
            if (!isTaken(run, step)) {
                return Optional.empty();
            }
        }
    }

    /// Takes a step that writes nothing yet; false for any other.
    private boolean isPreparation(CertificateRun run, CertificateStep step) {
        switch (step) {
            case CertificateStep.Edit(var edit, var announcement) -> run.edit(edit, announcement);
            case CertificateStep.NameNextKey _ -> acts.nameNextKey(run);
            case CertificateStep.ReadTarget _ -> run.target(targets.read(run.certificate()));
            case CertificateStep.LookAtNextKey(var name) -> {
                var cached = Objects.requireNonNull(sources).secret(run.certificate(), name);
                run.nextKey(nextKeys.look(run.certificate(), name, cached));
            }
            case CertificateStep.Act _, CertificateStep.Wait _ -> {
                return false;
            }
        }
        return true;
    }

    /// Takes a step that writes.
    /// @return whether to go on; otherwise an event will
    private boolean isTaken(CertificateRun run, CertificateStep step) {
        try {
            return step instanceof CertificateStep.Act act && acts.take(run, act);
        } catch (KubernetesClientException e) {
            if (run.picture().isIssuing() && isRefusal(e)) {
                run.edit(
                        new StatusEdit.WaitingFor("the API server to take a write that it refused (" + e.getCode() + " "
                                + e.getStatus().getReason() + ")"),
                        Optional.empty());
                isStored(run);
            }
            throw e;
        }
    }

    /// Not merely late, absent or busy.
    private static boolean isRefusal(KubernetesClientException e) {
        return e.getStatus() != null && List.of(400, 403, 413, 422).contains(e.getCode());
    }

    /// Writes what was decided. False when the Certificate is gone or its spec is another by now: then all of
    /// it must be decided anew, and an event will see to that.
    private boolean isStored(CertificateRun run) {
        if (!run.hasEdits()) {
            return true;
        }
        var before = run.certificate();
        var change = run.change();
        var stored = context.status().update(before, run.manager(), c -> change.apply(c.statusOrEmpty()));
        stored.ifPresent(now -> run.stored(now).forEach(a -> acts.announce(now, a)));
        return stored.filter(now -> Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration()))
                .isPresent();
    }

    private void remember(Picture picture) {
        if (picture.target() instanceof TargetSecret.Read(var facts) && CertificateDecision.isInOrder(picture, facts)) {
            var certificate = picture.certificate();
            targets.remember(certificate, cached(certificate), basis(certificate, picture.requests()), facts);
        }
    }

    private static TargetSecrets.Basis basis(Certificate certificate, OwnedRequests requests) {
        var revision = certificate.statusOrEmpty().revision();
        return new TargetSecrets.Basis(
                Objects.requireNonNullElse(certificate.getMetadata().getGeneration(), 0L),
                revision,
                requests.current(revision).map(OwnedRequest::uid).orElse(""));
    }

    private void forget(Certificate certificate) {
        var id = ResourceID.fromResource(certificate);
        targets.forget(certificate);
        nextKeys.forget(certificate);
        errands.forget(id);
        retries.reset(id);
        context.status().forget(certificate);
    }
}
