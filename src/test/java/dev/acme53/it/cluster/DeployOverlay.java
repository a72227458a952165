package dev.acme53.it.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A kustomization on top of `deploy/`, as a user on EKS has it who wants two Pods; it lies two folders below the
/// project.
final class DeployOverlay {
    private static final YAMLMapper YAML = new YAMLMapper();

    private DeployOverlay() {}

    /// @param more `extraEnv` of the chart
    /// @param role that the ServiceAccount names
    /// @param annotations of the Pods
    /// @param container what is added to the controller's
    static String of(String more, String role, Map<String, String> annotations, Map<String, Object> container) {
        try {
            var controller = new HashMap<>(container);
            controller.put("name", "acme53-controller");
            controller.put("env", YAML.readTree(more).path("extraEnv"));
            var pod = Map.of(
                    "securityContext", Map.of("fsGroup", 1001, "runAsUser", 1001), "containers", List.of(controller));
            return YAML.writeValueAsString(Map.of(
                    "apiVersion",
                    "kustomize.config.k8s.io/v1beta1",
                    "kind",
                    "Kustomization",
                    "resources",
                    List.of("../../deploy"),
                    "patches",
                    List.of(
                            patch(
                                    "apps/v1",
                                    "Deployment",
                                    "acme53",
                                    "spec",
                                    Map.of(
                                            "replicas",
                                            2,
                                            "template",
                                            Map.of("metadata", Map.of("annotations", annotations), "spec", pod))),
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
