package dev.acme53.demo;

import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.Challenge;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.Order;
import dev.acme53.api.OwnerReferences;
import dev.acme53.api.State;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/// All objects of a namespace at one moment, and what they tell about each Certificate's progress.
record Observation(
        List<Certificate> certificates,
        List<CertificateRequest> requests,
        List<Order> orders,
        List<Challenge> challenges) {
    static Observation of(KubernetesClient client, String namespace) {
        return new Observation(
                client.resources(Certificate.class)
                        .inNamespace(namespace)
                        .list()
                        .getItems(),
                client.resources(CertificateRequest.class)
                        .inNamespace(namespace)
                        .list()
                        .getItems(),
                client.resources(Order.class).inNamespace(namespace).list().getItems(),
                client.resources(Challenge.class).inNamespace(namespace).list().getItems());
    }

    List<Progress> progress() {
        return certificates.stream().map(this::progressOf).toList();
    }

    private Progress progressOf(Certificate certificate) {
        var name = certificate.getMetadata().getName();
        var status = certificate.statusOrEmpty();
        if (Conditions.isTrue(status.conditions(), ConditionTypes.READY)) {
            return new Progress(name, Progress.Step.ISSUED, "");
        }
        var request = requests.stream()
                .filter(r -> OwnerReferences.isControlledBy(r, certificate))
                .findFirst();
        var order = request.flatMap(r -> orders.stream()
                .filter(o -> OwnerReferences.isControlledBy(o, r))
                .findFirst());
        if (order.isPresent()) {
            return ordered(name, order.get());
        }
        return new Progress(
                name, request.isPresent() ? Progress.Step.KEY : Progress.Step.APPLIED, message(certificate));
    }

    private Progress ordered(String name, Order order) {
        var mine = challenges.stream()
                .filter(c -> OwnerReferences.isControlledBy(c, order))
                .toList();
        var waiting = mine.stream()
                .filter(c -> c.statusOrEmpty().state() != State.VALID)
                .toList();
        var detail = waiting.stream()
                .map(c -> c.statusOrEmpty().reason())
                .filter(r -> !r.isEmpty())
                .findFirst()
                .orElse("");
        if (order.statusOrEmpty().state() == State.READY
                || order.statusOrEmpty().state() == State.VALID
                || (!mine.isEmpty() && waiting.isEmpty())) {
            return new Progress(name, Progress.Step.VALIDATED, "");
        }
        var written = !waiting.isEmpty()
                && waiting.stream().allMatch(c -> c.statusOrEmpty().presented());
        return new Progress(name, written ? Progress.Step.RECORD : Progress.Step.ORDERED, detail);
    }

    private static String message(Certificate certificate) {
        return Conditions.find(certificate.statusOrEmpty().conditions(), ConditionTypes.ISSUING)
                .map(c -> c.message())
                .orElse("");
    }
}
