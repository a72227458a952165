package dev.acme53.it.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import java.util.Map;

/// A kustomization on top of `deploy/`, as a user on EKS has it; it lies two folders below the project.
final class DeployOverlay {
    private static final YAMLMapper YAML = new YAMLMapper();

    private DeployOverlay() {}

    /// @param webhook `extraEnv`, `volumes` and `volumeMounts` of the chart
    static String of(String webhook, String role) {
        try {
            var added = YAML.readTree(webhook);
            var container = Map.of(
                    "name", "acme53-controller",
                    "env", added.path("extraEnv"),
                    "volumeMounts", added.path("volumeMounts"));
            var pod = Map.of(
                    "securityContext",
                    Map.of("fsGroup", 1001, "runAsUser", 1001),
                    "containers",
                    List.of(container),
                    "volumes",
                    added.path("volumes"));
            return YAML.writeValueAsString(Map.of(
                    "apiVersion",
                    "kustomize.config.k8s.io/v1beta1",
                    "kind",
                    "Kustomization",
                    "resources",
                    List.of("../../deploy"),
                    "patches",
                    List.of(
                            patch("apps/v1", "Deployment", "acme53", "spec", Map.of("template", Map.of("spec", pod))),
                            patch(
                                    "v1",
                                    "ServiceAccount",
                                    "cert-manager",
                                    "automountServiceAccountToken",
                                    true,
                                    Map.of("eks.amazonaws.com/role-arn", role)))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> patch(String version, String kind, String name, String field, Object value)
            throws JsonProcessingException {
        return patch(version, kind, name, field, value, Map.of());
    }

    private static Map<String, String> patch(
            String version, String kind, String name, String field, Object value, Map<String, String> annotations)
            throws JsonProcessingException {
        var metadata = Map.of("name", name, "namespace", ClusterRig.NAMESPACE, "annotations", annotations);
        return Map.of(
                "patch",
                YAML.writeValueAsString(
                        Map.of("apiVersion", version, "kind", kind, "metadata", metadata, field, value)));
    }
}
