package dev.acme53.tools.takeover;

import dev.acme53.api.Annotations;
import dev.acme53.api.Challenge;
import dev.acme53.tools.takeover.Picture.Definition;
import dev.acme53.tools.takeover.Picture.HeldLease;
import dev.acme53.tools.takeover.Picture.Program;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// What cert-manager finds when it comes back.
final class WayBack {
    private final Picture picture;
    private final Instant now;

    WayBack(Picture picture, Instant now) {
        this.picture = picture;
        this.now = now;
    }

    Report report() {
        var findings = new ArrayList<Finding>();
        picture.programs().stream()
                .filter(program -> !program.isPeer() && program.replicas() > 0)
                .map(WayBack::running)
                .forEach(findings::add);
        picture.peers().stream().flatMap(Programs::verdictsOfBack).forEach(findings::add);
        picture.leases().stream().flatMap(this::lease).forEach(findings::add);
        picture.definitions().stream().flatMap(WayBack::definition).forEach(findings::add);
        picture.issuers().forEach(issuer -> findings.add(Finding.served(issuer, "")));
        picture.certificates().forEach(certificate -> findings.add(Finding.served(certificate, "")));
        picture.requests().forEach(request -> findings.add(Finding.served(request, "under way: goes on")));
        picture.orders().forEach(order -> findings.add(Finding.served(order, "under way: goes on")));
        picture.challenges().forEach(challenge -> findings.add(challenge(challenge)));
        return new Report(findings, NOTES, picture.finished(), List.copyOf(picture.lacking()));
    }

    private static final List<String> NOTES = List.of(
            "Certificates, their Secrets and the accounts of issuers are as cert-manager writes them, field managers and"
                    + " annotations included: nothing is issued again",
            "acme53 leaves one annotation, " + Annotations.ROUTE53_CHANGE
                    + ", on Challenges under way; cert-manager does not read it",
            "finalizers, labels and names of Orders and Challenges are cert-manager's own",
            "what cert-manager refuses and acme53 does not is refused at the next write, by its webhook");

    private static Finding running(Program program) {
        return Finding.toDo(
                "Deployment",
                program.namespace(),
                program.name(),
                "acme53 runs, and its ServiceAccount is " + program.account(),
                program.isBeside()
                        ? "helm uninstall it, and have cert-manager prove the Challenges"
                        : "helm uninstall it before cert-manager's chart is installed: both make ServiceAccount"
                                + " cert-manager");
    }

    private Stream<Finding> lease(HeldLease lease) {
        if (lease.isHeld(now)) {
            return Stream.of(Finding.toDo(
                    "Lease",
                    lease.namespace(),
                    lease.name(),
                    "held by " + lease.holder() + ": as long as it is, a cert-manager with the same Lease waits",
                    "kubectl scale acme53 to 0, which gives it back at once; after helm uninstall it lapses in 15 s"));
        }
        return lease.name().equals("acme53-challenges")
                ? Stream.of(Finding.toDo(
                        "Lease",
                        lease.namespace(),
                        lease.name(),
                        "left by acme53 beside cert-manager",
                        "kubectl delete it"))
                : Stream.of();
    }

    private static Stream<Finding> definition(Definition definition) {
        if (!definition.isOurs()) {
            return Stream.of();
        }
        return Stream.of(Finding.toDo(
                "CustomResourceDefinition",
                "",
                definition.name(),
                "is acme53's"
                        + definition
                                .release()
                                .map(release -> ", of release " + release)
                                .orElse("")
                        + ": the same fields with more rules, with which cert-manager works on",
                "leave it, or helm install cert-manager … --set crds.enabled=true --take-ownership"));
    }

    private static Finding challenge(Challenge challenge) {
        var annotations =
                Objects.requireNonNullElse(challenge.getMetadata().getAnnotations(), Map.<String, String>of());
        return Finding.served(
                challenge,
                annotations.containsKey(Annotations.ROUTE53_CHANGE)
                        ? "under way: goes on with the record that is there, and does not read "
                                + Annotations.ROUTE53_CHANGE
                        : "under way: goes on");
    }
}
