package dev.acme53.certificate;

import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.IssuerRef;
import dev.acme53.api.Labels;
import dev.acme53.api.OwnerReferences;
import dev.acme53.reconcile.Informers;
import dev.acme53.reconcile.MeaningfulChange;
import dev.acme53.reconcile.SlimMetadata;
import dev.acme53.reconcile.WatchedKind;
import dev.acme53.x509.PemLimits;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What wakes a Certificate and what is known of it without a call: its CertificateRequests, by owner; the watched
/// Secrets, its target by `spec.secretName` and its next private keys by owner; the Certificates that want the same
/// Secret.
///
/// The caches keep as little as can be: no Secret data, no issued chains.
final class CertificateSources {
    private static final String SECRET = "secret";
    private static final String OWNER = "owner";

    private final IndexerResourceCache<Certificate> certificates;
    private final WatchedKind<CertificateRequest> requests;
    private final AbstractEventSource<CertificateRequest, Certificate> requestEvents;
    private final InformerEventSource<Secret, Certificate> secrets;

    CertificateSources(EventSourceContext<Certificate> context, WatchedKind<CertificateRequest> requests) {
        certificates = context.getPrimaryCache();
        certificates.addIndexer(
                SECRET,
                c -> List.of(key(c.getMetadata().getNamespace(), c.getSpec().secretName())));
        this.requests = requests;
        requestEvents = requests.followed(request -> owner(request).stream()
                .map(o -> new ResourceID(o.getName(), request.getMetadata().getNamespace()))
                .collect(Collectors.toSet()));
        requestEvents.setOnUpdateFilter(MeaningfulChange.ofCustomResource());
        secrets = new InformerEventSource<>(
                Informers.of(Secret.class, Certificate.class, CertificateSources::slim)
                        .withName("secrets")
                        .withLabelSelector(Labels.CACHED + "=" + Labels.TRUE)
                        .withSecondaryToPrimaryMapper(this::concerned)
                        .withPrimaryToSecondaryMapper((Certificate _) -> Set.of())
                        .build(),
                context);
        secrets.addIndexers(Map.of(OWNER, CertificateSources::ownerUid));
    }

    List<EventSource<?, Certificate>> sources() {
        return List.of(requestEvents, secrets);
    }

    OwnedRequests requests(Certificate certificate, PemLimits limits) {
        return new OwnedRequests(requests.controlledBy(certificate).stream()
                .map(request -> new OwnedRequest(request, limits))
                .toList());
    }

    List<SecretIdentity> nextKeys(Certificate certificate) {
        return secrets.byIndex(OWNER, certificate.getMetadata().getUid()).stream()
                .filter(secret -> NextKeySecrets.isOf(certificate, secret))
                .map(NextKeySecrets::identity)
                .toList();
    }

    /// The version of a watched Secret that the cache has.
    Optional<SecretIdentity> secret(Certificate certificate, String name) {
        return secrets.get(new ResourceID(name, certificate.getMetadata().getNamespace()))
                .map(NextKeySecrets::identity);
    }

    /// All Certificates that want the same Secret, this one included.
    List<Certificate> competitors(Certificate certificate) {
        return certificates.byIndex(
                SECRET,
                key(
                        certificate.getMetadata().getNamespace(),
                        certificate.getSpec().secretName()));
    }

    private Set<ResourceID> concerned(Secret secret) {
        var meta = secret.getMetadata();
        var ids = new HashSet<ResourceID>();
        certificates
                .byIndex(SECRET, key(meta.getNamespace(), meta.getName()))
                .forEach(c -> ids.add(ResourceID.fromResource(c)));
        owner(secret).ifPresent(o -> ids.add(new ResourceID(o.getName(), meta.getNamespace())));
        return ids;
    }

    private static Optional<OwnerReference> owner(HasMetadata object) {
        return OwnerReferences.controller(object)
                .filter(o ->
                        o.getKind().equals("Certificate") && o.getApiVersion().startsWith(IssuerRef.GROUP + "/"));
    }

    private static List<String> ownerUid(HasMetadata object) {
        return owner(object).map(OwnerReference::getUid).map(List::of).orElseGet(List::of);
    }

    private static String key(String namespace, String secret) {
        return namespace + "/" + secret;
    }

    /// Only which Secret it is, in what version, whose, and whether it holds a next private key.
    static Secret slim(Secret secret) {
        var meta = secret.getMetadata();
        var labels = Objects.requireNonNullElse(meta.getLabels(), Map.<String, String>of());
        meta.setLabels(
                Labels.TRUE.equals(labels.get(Labels.NEXT_PRIVATE_KEY))
                        ? Map.of(Labels.NEXT_PRIVATE_KEY, Labels.TRUE)
                        : Map.of());
        meta.setAnnotations(Map.of());
        meta.setCreationTimestamp(null);
        SlimMetadata.slim(meta);
        secret.setApiVersion("v1");
        secret.setKind("Secret");
        secret.setType(null);
        secret.setData(null);
        secret.setStringData(null);
        return secret;
    }
}
