package dev.acme53.tools.takeover;

import dev.acme53.api.CertificateRequest;
import dev.acme53.api.Challenge;
import dev.acme53.api.Finalizers;
import dev.acme53.api.Order;

/// What comes of issuances that have begun.
final class UnderWay {
    private final Issuers issuers;

    UnderWay(Issuers issuers) {
        this.issuers = issuers;
    }

    Finding verdict(CertificateRequest request) {
        var ref = request.getSpec().issuerRef();
        if (!ref.isServedGroup()) {
            return Finding.served(request, "signed by the controller of " + ref.group() + ", as before");
        }
        return issuers.obstacle(ref, request.getMetadata().getNamespace())
                .map(why -> Finding.leftAlone(request, why, "let cert-manager end it first"))
                .orElseGet(() -> Finding.served(request, "under way: goes on with the Order that it has"));
    }

    Finding verdict(Order order) {
        return issuers.obstacle(order.getSpec().issuerRef(), order.getMetadata().getNamespace())
                .map(why -> Finding.leftAlone(order, why, "let cert-manager end it first"))
                .orElseGet(() -> Finding.served(order, "under way: goes on at the CA, no second order is made"));
    }

    Finding verdict(Challenge challenge) {
        var solver = challenge.getSpec().solver();
        if (solver.route53().isPresent()) {
            return Finding.served(
                    challenge,
                    challenge.isMarkedForDeletion()
                            ? "its record is removed"
                            : "under way: goes on, with the record that is there");
        }
        var provider = Issuers.provider(solver);
        return Finalizers.holds(challenge)
                ? Finding.toDo(
                        challenge,
                        "of " + provider + ", and its finalizer is removed by cert-manager alone",
                        "let cert-manager end it first, else it and its namespace cannot be deleted")
                : Finding.leftAlone(challenge, "of " + provider, "let cert-manager end it first");
    }
}
