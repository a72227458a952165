package dev.acme53.tools.takeover;

import dev.acme53.api.AnyIssuer;
import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.Challenge;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.Finalizers;
import dev.acme53.api.Issuer;
import dev.acme53.api.Order;
import dev.acme53.api.Reasons;
import dev.acme53.api.State;
import dev.acme53.tools.takeover.Picture.Shimmed;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Reads a cluster; of Secrets nothing.
final class Gathering {
    private static final String ASKS = "cert-manager.io/";

    /// Not asked of the API server, which need not have it.
    private static final ResourceDefinitionContext GATEWAYS = new ResourceDefinitionContext.Builder()
            .withGroup("gateway.networking.k8s.io")
            .withVersion("v1")
            .withKind("Gateway")
            .withPlural("gateways")
            .withNamespaced(true)
            .build();

    private final KubernetesClient client;
    private final Reading reading = new Reading();
    private final SortedMap<String, Integer> finished = new TreeMap<>();

    Gathering(KubernetesClient client) {
        this.client = client;
    }

    Picture picture() {
        var surroundings = new Surroundings(client, reading);
        var programs = surroundings.programs();
        var issuers = new ArrayList<AnyIssuer>(all(ClusterIssuer.class, "clusterissuers.cert-manager.io"));
        issuers.addAll(all(Issuer.class, "issuers.cert-manager.io"));
        var certificates = all(Certificate.class, "certificates.cert-manager.io");
        var requests =
                unfinished(CertificateRequest.class, "certificaterequests.cert-manager.io", Gathering::isFinished);
        var orders = unfinished(Order.class, "orders.acme.cert-manager.io", Gathering::isFinished);
        var challenges = unfinished(Challenge.class, "challenges.acme.cert-manager.io", Gathering::isFinished);
        return new Picture(
                issuers,
                certificates,
                requests,
                orders,
                challenges,
                finished,
                shimmed(),
                surroundings.definitions(),
                surroundings.hooks(),
                surroundings.leases(),
                programs,
                new Grants(client, reading).all(),
                surroundings.roles(programs),
                reading.lacking());
    }

    private <T extends HasMetadata> List<T> all(Class<T> kind, String resource) {
        var found = reading.all("list " + resource, client.resources(kind).inAnyNamespace());
        found.forEach(object -> object.getMetadata().setManagedFields(List.of()));
        return found;
    }

    private <T extends HasMetadata> List<T> unfinished(Class<T> kind, String resource, Predicate<T> isFinished) {
        var found = all(kind, resource);
        var open = found.stream().filter(isFinished.negate()).toList();
        if (open.size() < found.size()) {
            finished.put(HasMetadata.getKind(kind), found.size() - open.size());
        }
        return open;
    }

    private static boolean isFinished(CertificateRequest request) {
        var conditions = request.statusOrEmpty().conditions();
        var reason = Conditions.reason(conditions, ConditionTypes.READY);
        return reason.equals(Reasons.Request.ISSUED)
                || reason.equals(Reasons.Request.FAILED)
                || Conditions.isTrue(conditions, ConditionTypes.DENIED);
    }

    private static boolean isFinished(Order order) {
        return State.isOver(order.statusOrEmpty().state());
    }

    private static boolean isFinished(Challenge challenge) {
        return State.isOver(challenge.statusOrEmpty().state()) && !Finalizers.holds(challenge);
    }

    private List<Shimmed> shimmed() {
        var found = new ArrayList<Shimmed>();
        reading.all(
                        "list ingresses.networking.k8s.io",
                        client.network().v1().ingresses().inAnyNamespace())
                .forEach(ingress -> add(found, ingress));
        gateways().forEach(gateway -> add(found, gateway));
        return found;
    }

    private List<GenericKubernetesResource> gateways() {
        return reading.all(
                "list gateways.gateway.networking.k8s.io",
                client.genericKubernetesResources(GATEWAYS).inAnyNamespace());
    }

    private static void add(List<Shimmed> found, HasMetadata object) {
        var annotations = object.getMetadata().getAnnotations();
        if (annotations != null
                && (annotations.containsKey(ASKS + "issuer")
                        || annotations.containsKey(ASKS + "cluster-issuer")
                        || "true".equals(annotations.get("kubernetes.io/tls-acme")))) {
            found.add(new Shimmed(
                    object.getKind(),
                    object.getMetadata().getNamespace(),
                    object.getMetadata().getName()));
        }
    }
}
