package dev.acme53.reconcile;

import dev.acme53.api.AnyIssuer;
import dev.acme53.api.IssuerRef;
import dev.acme53.api.IssuerSpec;
import dev.acme53.api.IssuerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The Issuers and ClusterIssuers that a stage's objects name in `issuerRef`: any change of one wakes the objects
/// that name it, and [#find] reads it from the cache.
///
/// Made in `prepareEventSources`, one per stage. Issuers of another group are never found.
public final class ReferencedIssuers<P extends HasMetadata> {
    private static final String INDEX = "issuer";

    private final WatchedKinds kinds;
    private final List<EventSource<?, P>> sources;

    /// @param reference the `issuerRef` of a primary
    /// @param onlyNamespace the single namespace served, in which case there are no ClusterIssuers
    public ReferencedIssuers(
            EventSourceContext<P> context,
            WatchedKinds kinds,
            Function<P, IssuerRef> reference,
            Optional<String> onlyNamespace) {
        this.kinds = kinds;
        var primaries = context.getPrimaryCache();
        primaries.addIndexer(
                INDEX,
                primary -> List.of(
                        key(reference.apply(primary), primary.getMetadata().getNamespace())));
        var issuers = source(kinds.issuers, primaries);
        sources = onlyNamespace.isPresent()
                ? List.of(issuers)
                : List.of(issuers, source(kinds.clusterIssuers, primaries));
    }

    /// The event sources to hand to JOSDK.
    public List<EventSource<?, P>> sources() {
        return sources;
    }

    /// The issuer that an object in `namespace` means; empty when there is none, or it is not of our group.
    public Optional<? extends AnyIssuer> find(IssuerRef reference, String namespace) {
        if (!reference.isServedGroup()) {
            return Optional.empty();
        }
        return switch (reference.kindOrDefault()) {
            case IssuerRef.ISSUER -> kinds.issuers.get(new ResourceID(reference.name(), namespace));
            case IssuerRef.CLUSTER_ISSUER -> kinds.clusterIssuers.get(new ResourceID(reference.name()));
            default -> Optional.empty();
        };
    }

    private static <I extends CustomResource<IssuerSpec, IssuerStatus> & AnyIssuer, P extends HasMetadata>
            EventSource<I, P> source(WatchedKind<I> watched, IndexerResourceCache<P> primaries) {
        var source = watched.<P>followed(issuer -> naming(primaries, issuer));
        source.setOnUpdateFilter(MeaningfulChange.ofCustomResource());
        return source;
    }

    private static <P extends HasMetadata> Set<ResourceID> naming(IndexerResourceCache<P> primaries, AnyIssuer issuer) {
        var meta = issuer.getMetadata();
        var namespace = Objects.requireNonNullElse(meta.getNamespace(), "");
        return primaries
                .byIndex(INDEX, key(new IssuerRef(meta.getName(), issuer.getKind(), IssuerRef.GROUP), namespace))
                .stream()
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    /// One text per issuer that can be meant; a ClusterIssuer's has no namespace.
    private static String key(IssuerRef reference, String namespace) {
        return String.join(
                "/",
                reference.groupOrDefault(),
                reference.kindOrDefault(),
                reference.isClusterIssuer() ? "" : namespace,
                reference.name());
    }
}
