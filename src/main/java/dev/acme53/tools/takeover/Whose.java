package dev.acme53.tools.takeover;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Whose controller a Deployment is. Charts and people name releases, containers and images as they like, so the
/// surest sign that is there decides.
enum Whose {
    OURS,
    PEERS;

    /// What our chart and `deploy/` put on the Deployment, however else it is named.
    private static final String MARK = "acme53.dev/controller";

    private static final Map<String, Whose> NAMES = Map.of("acme53", OURS, "cert-manager", PEERS);

    /// Nobody's of the two where nothing says so.
    static Optional<Whose> of(Deployment deployment) {
        var labels = labels(deployment);
        if (labels.containsKey(MARK)) {
            return Optional.of(OURS);
        }
        var containers = containers(deployment);
        return containers.stream()
                .flatMap(container -> byImage(container).stream())
                .findFirst()
                .or(() -> named(chart(labels.getOrDefault("helm.sh/chart", ""))))
                .or(() -> named(labels.getOrDefault("app.kubernetes.io/name", "")))
                .or(() -> containers.stream()
                        .flatMap(container -> named(container.getName()).stream())
                        .findFirst());
    }

    /// The container that is the controller, among helpers that others added.
    static Optional<Container> controller(Deployment deployment) {
        var containers = containers(deployment);
        return containers.stream()
                .filter(container -> byImage(container).isPresent())
                .findFirst()
                .or(() -> containers.stream()
                        .filter(container -> container.getName().endsWith("controller"))
                        .findFirst())
                .or(() -> containers.stream().findFirst());
    }

    private static List<Container> containers(Deployment deployment) {
        return deployment.getSpec().getTemplate().getSpec().getContainers();
    }

    private static Map<String, String> labels(HasMetadata object) {
        return Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.of());
    }

    /// By the last part of its name, which mirrors keep.
    private static Optional<Whose> byImage(Container container) {
        var image = Objects.requireNonNullElse(container.getImage(), "");
        return named(image.substring(image.lastIndexOf('/') + 1).replaceFirst("[:@].*", ""));
    }

    /// Less its version.
    private static String chart(String label) {
        return label.replaceFirst("-v?[0-9].*", "");
    }

    private static Optional<Whose> named(String name) {
        return Optional.ofNullable(NAMES.get(name.replaceFirst("-controller$", "")));
    }
}
