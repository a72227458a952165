package dev.acme53.reconcile;

import dev.acme53.api.AnyIssuer;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.Issuer;
import dev.acme53.api.IssuerRef;
import dev.acme53.api.IssuerSpec;
import dev.acme53.api.IssuerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The Issuers and ClusterIssuers that a stage's objects name in `issuerRef`: any change of one wakes the objects
/// that name it, and [#find] reads it from the informer's cache.
///
/// Made in `prepareEventSources`, one per stage. Issuers of another group are never found.
public final class ReferencedIssuers<P extends HasMetadata> {
    private static final String INDEX = "issuer";

    private final InformerEventSource<Issuer, P> issuers;
    private final Optional<InformerEventSource<ClusterIssuer, P>> clusterIssuers;

    /// @param reference the `issuerRef` of a primary
    /// @param onlyNamespace the single namespace served, in which case there are no ClusterIssuers
    public ReferencedIssuers(
            EventSourceContext<P> context, Function<P, IssuerRef> reference, Optional<String> onlyNamespace) {
        var primaries = context.getPrimaryCache();
        primaries.addIndexer(
                INDEX,
                primary -> List.of(
                        key(reference.apply(primary), primary.getMetadata().getNamespace())));
        issuers = source(context, Issuer.class, primaries);
        clusterIssuers = onlyNamespace.isPresent()
                ? Optional.empty()
                : Optional.of(source(context, ClusterIssuer.class, primaries));
    }

    /// The event sources to hand to JOSDK.
    public List<EventSource<?, P>> sources() {
        return Stream.<EventSource<?, P>>concat(Stream.of(issuers), clusterIssuers.stream())
                .toList();
    }

    /// The issuer that an object in `namespace` means; empty when there is none, or it is not of our group.
    public Optional<? extends AnyIssuer> find(IssuerRef reference, String namespace) {
        if (!reference.isServedGroup()) {
            return Optional.empty();
        }
        return switch (reference.kindOrDefault()) {
            case IssuerRef.ISSUER -> issuers.get(new ResourceID(reference.name(), namespace));
            case IssuerRef.CLUSTER_ISSUER -> clusterIssuers.flatMap(c -> c.get(new ResourceID(reference.name())));
            default -> Optional.empty();
        };
    }

    private static <I extends CustomResource<IssuerSpec, IssuerStatus> & AnyIssuer, P extends HasMetadata>
            InformerEventSource<I, P> source(
                    EventSourceContext<P> context, Class<I> kind, IndexerResourceCache<P> primaries) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(kind, context.getPrimaryResourceClass())
                        .withName(kind.getSimpleName())
                        .withInformerListLimit(SlimStore.PAGE)
                        .withSecondaryToPrimaryMapper(issuer -> naming(primaries, issuer))
                        .withPrimaryToSecondaryMapper((P _) -> Set.of())
                        .withOnUpdateFilter(MeaningfulChange.ofCustomResource())
                        .withItemStore(SlimStore.withoutManagedFields())
                        .build(),
                context);
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
