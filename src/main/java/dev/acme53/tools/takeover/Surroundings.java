package dev.acme53.tools.takeover;

import dev.acme53.tools.ServiceAccount;
import dev.acme53.tools.takeover.Picture.Definition;
import dev.acme53.tools.takeover.Picture.HeldLease;
import dev.acme53.tools.takeover.Picture.Program;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What stands around the six kinds: their definitions, the programs and their Leases.
final class Surroundings {
    private static final List<String> DEFINITIONS = List.of(
            "certificates.cert-manager.io",
            "certificaterequests.cert-manager.io",
            "issuers.cert-manager.io",
            "clusterissuers.cert-manager.io",
            "orders.acme.cert-manager.io",
            "challenges.acme.cert-manager.io");
    private static final List<String> LEASES = List.of("cert-manager-controller", "acme53-challenges");
    private static final String READ_DEFINITIONS = "get customresourcedefinitions.apiextensions.k8s.io";
    private static final String RELEASE = "meta.helm.sh/release-name";
    private static final String RELEASE_NAMESPACE = "meta.helm.sh/release-namespace";

    private final KubernetesClient client;
    private final Reading reading;

    Surroundings(KubernetesClient client, Reading reading) {
        this.client = client;
        this.reading = reading;
    }

    List<Definition> definitions() {
        var found = new ArrayList<Definition>();
        for (var name : DEFINITIONS) {
            var definition = reading.one(
                    READ_DEFINITIONS,
                    () -> client.apiextensions()
                            .v1()
                            .customResourceDefinitions()
                            .withName(name)
                            .get());
            if (definition.isPresent()) {
                found.add(definition(definition.get()));
            } else if (reading.lacking().stream().noneMatch(what -> what.startsWith(READ_DEFINITIONS))) {
                found.add(new Definition(name, false, Optional.empty(), false, false, false, List.of()));
            }
        }
        return found;
    }

    private static Definition definition(CustomResourceDefinition found) {
        var annotations = annotations(found);
        var conversion = found.getSpec().getConversion();
        var stored = found.getStatus() == null
                ? List.<String>of()
                : found.getStatus().getStoredVersions();
        return new Definition(
                found.getMetadata().getName(),
                true,
                Optional.ofNullable(annotations.get(RELEASE))
                        .map(release -> annotations.getOrDefault(RELEASE_NAMESPACE, "") + "/" + release),
                Kept.byItsRelease(found),
                found.getSpec().getVersions().stream().anyMatch(Surroundings::hasRules),
                conversion != null && "Webhook".equals(conversion.getStrategy()),
                stored.stream().filter(version -> !version.equals("v1")).toList());
    }

    /// cert-manager's own definitions have no rules at `spec`.
    private static boolean hasRules(CustomResourceDefinitionVersion version) {
        var schema = version.getSchema() == null ? null : version.getSchema().getOpenAPIV3Schema();
        var spec = schema == null || schema.getProperties() == null
                ? null
                : schema.getProperties().get("spec");
        return spec != null && !spec.getXKubernetesValidations().isEmpty();
    }

    private static Map<String, String> annotations(HasMetadata object) {
        return Objects.requireNonNullElse(object.getMetadata().getAnnotations(), Map.of());
    }

    List<Picture.Hook> hooks() {
        return new Hooks(client, reading).all();
    }

    List<HeldLease> leases() {
        return reading.all("list leases.coordination.k8s.io", client.leases().inAnyNamespace()).stream()
                .filter(lease -> LEASES.contains(lease.getMetadata().getName()))
                .map(Surroundings::lease)
                .toList();
    }

    private static HeldLease lease(Lease lease) {
        var spec = lease.getSpec();
        return new HeldLease(
                lease.getMetadata().getNamespace(),
                lease.getMetadata().getName(),
                Objects.requireNonNullElse(spec.getHolderIdentity(), ""),
                Optional.ofNullable(spec.getRenewTime()).map(ZonedDateTime::toInstant),
                Duration.ofSeconds(Objects.requireNonNullElse(spec.getLeaseDurationSeconds(), 0)));
    }

    List<Program> programs() {
        return reading
                .all(
                        "list deployments.apps",
                        client.apps()
                                .deployments()
                                .inAnyNamespace()
                                .withLabel("app.kubernetes.io/component", "controller"))
                .stream()
                .flatMap(deployment -> program(deployment).stream())
                .toList();
    }

    private static Optional<Program> program(Deployment deployment) {
        var namespace = deployment.getMetadata().getNamespace();
        var account = Objects.requireNonNullElse(
                deployment.getSpec().getTemplate().getSpec().getServiceAccountName(), "default");
        return Whose.of(deployment)
                .flatMap(whose -> Whose.controller(deployment)
                        .map(container -> new Program(
                                namespace,
                                deployment.getMetadata().getName(),
                                whose == Whose.PEERS,
                                Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1),
                                new ServiceAccount(namespace, account),
                                container.getArgs())));
    }

    /// The AWS roles of the accounts that programs run as.
    Map<ServiceAccount, String> roles(List<Program> programs) {
        var roles = new HashMap<ServiceAccount, String>();
        for (var program : programs) {
            var account = program.account();
            reading.one(
                            "get serviceaccounts in namespace " + account.namespace(),
                            () -> client.serviceAccounts()
                                    .inNamespace(account.namespace())
                                    .withName(account.name())
                                    .get())
                    .map(found -> annotations(found).get("eks.amazonaws.com/role-arn"))
                    .ifPresent(role -> roles.put(account, role));
        }
        return roles;
    }
}
