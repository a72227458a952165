package dev.acme53.certificate;

import dev.acme53.api.Annotations;
import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.EventReasons;
import dev.acme53.api.FieldManagers;
import dev.acme53.api.OwnerReferences;
import dev.acme53.api.Reasons;
import dev.acme53.api.SecretKeys;
import dev.acme53.certificate.CertificateStep.Act;
import dev.acme53.reconcile.Errands;
import dev.acme53.reconcile.StageContext;
import dev.acme53.x509.BuiltCsr;
import dev.acme53.x509.CertificateSigningRequests;
import dev.acme53.x509.DecodedKey;
import dev.acme53.x509.KeySpec;
import dev.acme53.x509.PrivateKeys;
import dev.acme53.x509.TemporaryCertificates;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the steps that touch other objects than the Certificate, each by plain calls that may be repeated.
///
/// Every act answers whether the reconcile can go on; if not, an event will bring the next one.
final class CertificateActs {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateActs.class);

    private final StageContext context;
    private final CertificateSettings settings;
    private final Errands errands;
    private final TargetSecrets targets;
    private final NextKeySecrets nextKeys;
    private final CertificateRequests requests;

    CertificateActs(
            StageContext context,
            CertificateSettings settings,
            Errands errands,
            TargetSecrets targets,
            NextKeySecrets nextKeys,
            CertificateRequests requests) {
        this.context = context;
        this.settings = settings;
        this.errands = errands;
        this.targets = targets;
        this.nextKeys = nextKeys;
        this.requests = requests;
    }

    boolean take(CertificateRun run, Act act) {
        return switch (act) {
            case CertificateStep.UpkeepSecret(var violation) -> upkeep(run, violation);
            case CertificateStep.GenerateNextKey(var name, var spec, var why) -> generate(run, name, spec, why);
            case CertificateStep.ReuseKey(var name) -> reuse(run, name);
            case CertificateStep.DeleteNextKeys(var secrets, var why) -> deleteNextKeys(run, secrets, why);
            case CertificateStep.DeleteRequests(var unfit) -> deleteRequests(run, unfit);
            case CertificateStep.CreateRequest(var revision, var key) -> createRequest(run, revision, key);
            case CertificateStep.IssueTemporary(var key) -> issueTemporary(run, key);
            case CertificateStep.CollectCertificate(var request, var revision, var key) ->
                collect(run, request, revision, key);
        };
    }

    private boolean upkeep(CertificateRun run, Violation violation) {
        var certificate = run.certificate();
        if (run.picture().target() instanceof TargetSecret.Read(var facts)) {
            LOG.atInfo()
                    .addKeyValue("reason", violation.reason())
                    .log("writing the Secret again: {}", violation.message());
            var written = facts.leaf().flatMap(leaf -> targets.writeAgain(certificate, facts, leaf));
            run.upkept(written.<TargetSecret>map(TargetSecret.Read::new).orElseGet(() -> targets.read(certificate)));
        }
        return true;
    }

    void nameNextKey(CertificateRun run) {
        var name = NextKeySecrets.name(run.certificate(), context.random());
        run.edit(new StatusEdit.NextKeyName(name), Optional.empty());
        run.nextKey(new NextKey.Absent(name));
    }

    /// Key generation takes its time elsewhere.
    private boolean generate(CertificateRun run, String name, KeySpec spec, Optional<Announcement> why) {
        var id = ResourceID.fromResource(run.certificate());
        var errand = "private key " + spec + " for " + name;
        var pair = errands.ask(id, errand, () -> PrivateKeys.generate(spec));
        pair.ifPresent(made -> {
            try {
                why.ifPresent(a -> announce(run.certificate(), a));
                keep(run, name, made, EventReasons.Certificate.GENERATED, "Made a private key, kept in Secret ");
            } catch (RuntimeException e) {
                errands.giveBack(id, errand, made);
                throw e;
            }
        });
        return pair.isPresent();
    }

    private boolean reuse(CertificateRun run, String name) {
        var key = targets.find(run.certificate())
                .map(secret ->
                        PrivateKeys.decodePem(SecretFacts.entry(secret, SecretKeys.PRIVATE_KEY), settings.pemLimits()));
        if (key.isPresent() && key.get() instanceof DecodedKey.Decoded(var pair)) {
            keep(
                    run,
                    name,
                    pair,
                    EventReasons.Certificate.REUSED,
                    "Took the private key of the target Secret, kept in Secret ");
        } else {
            run.target(targets.read(run.certificate()));
        }
        return true;
    }

    private boolean deleteNextKeys(CertificateRun run, List<SecretIdentity> secrets, Optional<Announcement> why) {
        secrets.forEach(secret -> nextKeys.delete(run.certificate(), secret));
        run.withoutNextKeys(secrets);
        why.ifPresent(a -> announce(run.certificate(), a));
        return true;
    }

    private boolean deleteRequests(CertificateRun run, List<OwnedRequest> unfit) {
        unfit.forEach(request -> requests.delete(run.certificate(), request));
        run.requests(run.picture().requests().without(unfit));
        return true;
    }

    private boolean createRequest(CertificateRun run, long revision, SecretIdentity nextKey) {
        var certificate = run.certificate();
        var pair = run.madeKey(nextKey).or(() -> nextKeys.read(certificate, nextKey));
        if (pair.isEmpty()) {
            return false;
        }
        return switch (CertificateSigningRequests.build(SpecValues.template(certificate.getSpec()), pair.get())) {
            case BuiltCsr.Unbuildable(var reason) -> {
                run.unbuildable(reason);
                announce(
                        certificate,
                        Announcement.warning(
                                FieldManagers.REQUEST_MANAGER,
                                EventReasons.Certificate.REQUEST_FAILED,
                                "No certificate signing request can be made of this spec: " + reason));
                yield true;
            }
            case BuiltCsr.Built(var csr) -> {
                var created = requests.create(certificate, revision, nextKey.name(), csr);
                created.ifPresent(request -> announce(
                        certificate,
                        Announcement.normal(
                                FieldManagers.REQUEST_MANAGER,
                                EventReasons.Certificate.REQUESTED,
                                "Created CertificateRequest "
                                        + request.getMetadata().getName())));
                yield adopt(run, created.or(() -> requests.find(certificate, revision)));
            }
        };
    }

    /// Empty while the signature is made.
    private boolean issueTemporary(CertificateRun run, SecretIdentity nextKey) {
        var certificate = run.certificate();
        var pair = nextKeys.read(certificate, nextKey);
        if (pair.isEmpty()) {
            return false;
        }
        var template = SpecValues.template(certificate.getSpec());
        var lifetime = SpecValues.duration(certificate.getSpec());
        var signed = errands.ask(
                ResourceID.fromResource(certificate),
                "temporary certificate " + nextKey + " of generation "
                        + certificate.getMetadata().getGeneration(),
                () -> TemporaryCertificates.sign(
                        template, lifetime, pair.get(), context.clock().instant(), context.random()));
        signed.flatMap(pem -> pem).ifPresent(pem -> {
            var chain = pem.getBytes(StandardCharsets.US_ASCII);
            if (SecretFacts.certificate(chain, settings.pemLimits())
                    instanceof SecretFacts.CertificateFact.Usable(var leaf)) {
                run.target(new TargetSecret.Read(targets.write(
                        certificate,
                        run.picture().target(),
                        encoded(certificate, pair.get()),
                        chain,
                        new byte[0],
                        Map.of(),
                        leaf)));
                announce(
                        certificate,
                        Announcement.normal(
                                FieldManagers.ISSUING,
                                EventReasons.Certificate.ISSUING,
                                "Issued a temporary certificate"));
            }
        });
        return signed.isPresent() && signed.get().isPresent();
    }

    private boolean collect(CertificateRun run, OwnedRequest known, long revision, SecretIdentity nextKey) {
        var certificate = run.certificate();
        var request = context.status()
                .takeWhole(known.object())
                .or(() -> requests.find(certificate, known.name()))
                .map(r -> new OwnedRequest(r, settings.pemLimits()))
                .filter(r -> r.uid().equals(known.uid()));
        if (request.isEmpty() || !request.get().readyReason().equals(Reasons.Request.ISSUED)) {
            return false;
        }
        return switch (IssuedCertificate.of(request.get(), run.picture().now(), settings.pemLimits())) {
            case IssuedCertificate.Unusable(var message) -> {
                var step = Issuance.failed(run.picture(), Reasons.Certificate.INVALID_CERTIFICATE, message);
                run.edit(step.edit(), step.announcement());
                yield true;
            }
            case IssuedCertificate.Usable(var leaf) -> {
                var pair = nextKeys.read(certificate, nextKey);
                if (pair.isEmpty()) {
                    yield false;
                }
                var object = request.get().object();
                var status = object.statusOrEmpty();
                run.target(new TargetSecret.Read(targets.write(
                        certificate,
                        run.picture().target(),
                        encoded(certificate, pair.get()),
                        status.certificate().toArray(),
                        status.ca().toArray(),
                        issuer(object),
                        leaf)));
                run.requests(run.picture().requests().with(request.get()));
                run.edit(
                        new StatusEdit.Issued(revision),
                        Optional.of(Announcement.normal(
                                FieldManagers.ISSUING,
                                EventReasons.Certificate.ISSUING,
                                "The certificate is issued and kept in Secret "
                                        + certificate.getSpec().secretName())));
                yield true;
            }
        };
    }

    void announce(Certificate certificate, Announcement a) {
        if (a.warning()) {
            context.events().warning(certificate, a.component(), a.reason(), a.message());
        } else {
            context.events().normal(certificate, a.component(), a.reason(), a.message());
        }
    }

    private void keep(CertificateRun run, String name, KeyPair pair, String reason, String message) {
        run.nextKey(nextKeys.create(run.certificate(), name, pair), pair);
        announce(run.certificate(), Announcement.normal(FieldManagers.KEY_MANAGER, reason, message + name));
    }

    /// A request of that name is there; it may be the one of an earlier try, which the next decision judges.
    private boolean adopt(CertificateRun run, Optional<CertificateRequest> found) {
        if (found.isEmpty()) {
            return false;
        }
        if (!OwnerReferences.isControlledBy(found.get(), run.certificate())) {
            run.unbuildable("CertificateRequest " + found.get().getMetadata().getName() + " belongs to somebody else");
            return true;
        }
        context.kinds().requests.created(found.get());
        run.requests(run.picture().requests().with(new OwnedRequest(found.get(), settings.pemLimits())));
        return true;
    }

    private static byte[] encoded(Certificate certificate, KeyPair pair) {
        var pem = SpecValues.isPkcs8(certificate.getSpec())
                ? PrivateKeys.encodePkcs8(pair)
                : PrivateKeys.encodePkcs1(pair);
        return pem.getBytes(StandardCharsets.US_ASCII);
    }

    /// As the request has it, empty text included.
    private static Map<String, String> issuer(CertificateRequest request) {
        var ref = request.getSpec().issuerRef();
        return Map.of(
                Annotations.ISSUER_NAME,
                ref.name(),
                Annotations.ISSUER_KIND,
                ref.kind(),
                Annotations.ISSUER_GROUP,
                ref.group());
    }
}
