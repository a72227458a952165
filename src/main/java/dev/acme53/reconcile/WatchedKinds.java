package dev.acme53.reconcile;

import dev.acme53.api.CertificateRequest;
import dev.acme53.api.Challenge;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.Issuer;
import dev.acme53.api.Order;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// The kinds that more than one stage wants to know of, each with one informer. Of one process, or of one run.
public final class WatchedKinds {
    public final WatchedKind<Issuer> issuers;
    public final WatchedKind<ClusterIssuer> clusterIssuers;
    public final WatchedKind<CertificateRequest> requests;
    public final WatchedKind<Order> orders;
    public final WatchedKind<Challenge> challenges;

    public WatchedKinds(InstantSource clock) {
        issuers = new WatchedKind<>(Issuer.class, clock);
        clusterIssuers = new WatchedKind<>(ClusterIssuer.class, clock);
        requests = new WatchedKind<>(CertificateRequest.class, clock);
        orders = new WatchedKind<>(Order.class, clock);
        challenges = new WatchedKind<>(Challenge.class, clock);
    }

    /// What has to be registered after all stages: informers of the kinds that some follow and none works on.
    public List<StageRegistration<?>> unattended() {
        return Stream.<StageRegistration<?>>of(
                        watching(issuers, new Issuers(issuers)),
                        watching(clusterIssuers, new ClusterIssuers(clusterIssuers)),
                        watching(requests, new Requests(requests)),
                        watching(orders, new Orders(orders)),
                        watching(challenges, new Challenges(challenges)))
                .filter(registration ->
                        all().anyMatch(watched -> watched.kind().equals(registration.kind()) && watched.isUnattended()))
                .toList();
    }

    /// Has all who wait for a cache of `kind` give up.
    public void fail(Class<?> kind, Throwable cause) {
        all().filter(watched -> watched.kind().equals(kind)).forEach(watched -> watched.fail(cause));
    }

    private Stream<WatchedKind<?>> all() {
        return Stream.of(issuers, clusterIssuers, requests, orders, challenges);
    }

    private static <K extends CustomResource<?, ?>> StageRegistration<K> watching(
            WatchedKind<K> watched, Reconciler<K> idle) {
        var name = "watched-" + HasMetadata.getPlural(watched.kind());
        return new StageRegistration<>(name, watched.kind(), idle, configuration -> {
            Informers.configure(configuration);
            configuration.withOnAddFilter(_ -> false).withOnUpdateFilter((_, _) -> false);
        });
    }

    /// Nothing to do. A class for each kind, for JOSDK reads from the class what it reconciles.
    private interface Idle<K extends CustomResource<?, ?>> extends Reconciler<K> {
        WatchedKind<K> watched();

        @Override
        default List<EventSource<?, K>> prepareEventSources(EventSourceContext<K> josdk) {
            return List.of(watched().shared(josdk));
        }

        @Override
        default UpdateControl<K> reconcile(K object, Context<K> josdk) {
            return UpdateControl.noUpdate();
        }
    }

    private record Issuers(WatchedKind<Issuer> watched) implements Reconciler<Issuer>, Idle<Issuer> {}

    private record ClusterIssuers(WatchedKind<ClusterIssuer> watched)
            implements Reconciler<ClusterIssuer>, Idle<ClusterIssuer> {}

    private record Requests(WatchedKind<CertificateRequest> watched)
            implements Reconciler<CertificateRequest>, Idle<CertificateRequest> {}

    private record Orders(WatchedKind<Order> watched) implements Reconciler<Order>, Idle<Order> {}

    private record Challenges(WatchedKind<Challenge> watched) implements Reconciler<Challenge>, Idle<Challenge> {}
}
