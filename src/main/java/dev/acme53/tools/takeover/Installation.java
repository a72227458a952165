package dev.acme53.tools.takeover;

import dev.acme53.tools.takeover.Picture.Definition;
import dev.acme53.tools.takeover.Picture.Hook;
import java.util.Optional;

/// What cert-manager's installation leaves behind, or takes with it, when it goes.
final class Installation {
    private static final String DEFINITION = "CustomResourceDefinition";

    private Installation() {}

    static Optional<Finding> verdict(Definition definition) {
        if (!definition.isThere()) {
            return toDo(definition, "is not there", "kubectl apply --server-side -f crds/, or crds.enabled=true");
        }
        if (!definition.oldVersions().isEmpty()) {
            return toDo(
                    definition,
                    "objects may still be stored as " + String.join(", ", definition.oldVersions()),
                    "cmctl upgrade migrate-api-version, while cert-manager runs");
        }
        if (definition.isConverted()) {
            return toDo(
                    definition,
                    "a webhook of cert-manager's converts its objects, and without it none can be read",
                    "upgrade cert-manager's CustomResourceDefinitions first");
        }
        if (definition.release().isPresent() && !definition.isKept() && !definition.isOurs()) {
            return toDo(
                    definition,
                    "helm uninstall of release " + definition.release().get()
                            + " deletes it, and with it every object of its kind: it has no"
                            + " helm.sh/resource-policy: keep of that release's",
                    "helm upgrade that release with crds.keep=true first, unless helm get manifest shows the annotation;"
                            + " helm uninstall does not look at one that was set by hand");
        }
        return definition.isOurs()
                ? Optional.empty()
                : toDo(
                        definition,
                        "is cert-manager's: without its webhook nothing checks objects on their way in",
                        definition.release().isPresent()
                                ? "helm install acme53 … --set crds.enabled=true --take-ownership"
                                : "kubectl apply --server-side --force-conflicts -f crds/");
    }

    private static Optional<Finding> toDo(Definition definition, String why, String change) {
        return Optional.of(Finding.toDo(DEFINITION, "", definition.name(), why, change));
    }

    static Optional<Finding> verdict(Hook hook) {
        if (hook.asksAboutOurKinds()) {
            if (!hook.fails()) {
                return Optional.empty();
            }
            var service = hook.service().orElse("a URL");
            return Optional.of(
                    hook.isAnswered()
                            ? Finding.toDo(
                                    hook.kind(),
                                    "",
                                    hook.name(),
                                    "failurePolicy is Fail: once " + service
                                            + " is gone and this is left, no object of the six kinds can be written",
                                    "see that it goes with cert-manager's release; else kubectl delete it")
                            : Finding.toDo(
                                    hook.kind(),
                                    "",
                                    hook.name(),
                                    "failurePolicy is Fail and " + service
                                            + " is not there: no object of the six kinds can be written",
                                    "kubectl delete it"));
        }
        return hook.isInjected()
                ? Optional.of(Finding.toDo(
                        hook.kind(),
                        "",
                        hook.name(),
                        "its CA is filled in by cert-manager's cainjector; acme53 has none",
                        "let cainjector run on, or give it a caBundle by other means"))
                : Optional.empty();
    }
}
