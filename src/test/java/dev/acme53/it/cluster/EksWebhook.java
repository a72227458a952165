package dev.acme53.it.cluster;

import static org.awaitility.Awaitility.await;

import dev.acme53.servers.Kubectl;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// What EKS' pod identity webhook does: a Pod whose ServiceAccount names a role gets a token for AWS, and variables
/// that say where it is. Here the API server does it by a policy of its own, for one ServiceAccount.
///
/// A Pod that comes before the API server knows the ServiceAccount is refused, and comes again.
final class EksWebhook {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ROLE = "eks.amazonaws.com/role-arn";

    private static final String POLICY = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: MutatingAdmissionPolicy
            metadata: {name: pod-identity-webhook}
            spec:
              failurePolicy: Fail
              reinvocationPolicy: Never
              paramKind: {apiVersion: v1, kind: ServiceAccount}
              matchConstraints:
                resourceRules:
                  - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}
              mutations:
                - patchType: JSONPatch
                  jsonPatch:
                    expression: >-
                      object.spec.serviceAccountName == params.metadata.name
                      && has(params.metadata.annotations)
                      && "eks.amazonaws.com/role-arn" in params.metadata.annotations
                      ? [
                        JSONPatch{op: "add", path: "/spec/volumes/-", value: Object.spec.volumes{
                          name: "aws-iam-token",
                          projected: Object.spec.volumes.projected{sources: [Object.spec.volumes.projected.sources{
                            serviceAccountToken: Object.spec.volumes.projected.sources.serviceAccountToken{
                              audience: "sts.amazonaws.com", expirationSeconds: 86400, path: "token"}}]}}},
                        JSONPatch{op: "add", path: "/spec/containers/0/volumeMounts/-",
                          value: Object.spec.containers.volumeMounts{
                            name: "aws-iam-token", readOnly: true,
                            mountPath: "/var/run/secrets/eks.amazonaws.com/serviceaccount"}},
                        JSONPatch{op: "add", path: "/spec/containers/0/env/-", value: Object.spec.containers.env{
                          name: "AWS_ROLE_ARN", value: params.metadata.annotations["eks.amazonaws.com/role-arn"]}},
                        JSONPatch{op: "add", path: "/spec/containers/0/env/-", value: Object.spec.containers.env{
                          name: "AWS_WEB_IDENTITY_TOKEN_FILE",
                          value: "/var/run/secrets/eks.amazonaws.com/serviceaccount/token"}},
                        JSONPatch{op: "add", path: "/spec/containers/0/env/-", value: Object.spec.containers.env{
                          name: "AWS_STS_REGIONAL_ENDPOINTS", value: "regional"}},
                        JSONPatch{op: "add", path: "/spec/containers/0/env/-", value: Object.spec.containers.env{
                          name: "AWS_DEFAULT_REGION", value: "eu-central-1"}},
                        JSONPatch{op: "add", path: "/spec/containers/0/env/-", value: Object.spec.containers.env{
                          name: "AWS_REGION", value: "eu-central-1"}}
                      ] : []
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: MutatingAdmissionPolicyBinding
            metadata: {name: pod-identity-webhook}
            spec:
              policyName: pod-identity-webhook
              paramRef: {name: "%1$s", parameterNotFoundAction: Deny}
              matchResources:
                namespaceSelector:
                  matchExpressions:
                    - {key: kubernetes.io/metadata.name, operator: In, values: ["%2$s", "%3$s"]}
            """;

    /// Where it is seen to work before there is anything else.
    private static final String PROBE = "pod-identity-probe";

    private EksWebhook() {}

    /// Returns when it works.
    /// @param account whose Pods it is for
    /// @param namespace of the account, not there yet
    /// @param folder for the manifest
    static void install(KubernetesClient client, Kubectl kubectl, String account, String namespace, Path folder)
            throws IOException {
        var file = folder.resolve("pod-identity-webhook.yaml");
        Files.writeString(file, POLICY.formatted(account, namespace, PROBE));
        kubectl.run("apply", "--server-side", "-f", file.toString());
        var probe = client.resource(new NamespaceBuilder()
                .withNewMetadata()
                .withName(PROBE)
                .endMetadata()
                .build());
        probe.create();
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(account)
                        .withNamespace(PROBE)
                        .addToAnnotations(ROLE, PROBE)
                        .endMetadata()
                        .build())
                .create();
        await().atMost(PATIENCE).until(() -> isAtWork(client, account));
        probe.delete();
    }

    /// Whether a Pod of the account would have the role that the account names.
    private static boolean isAtWork(KubernetesClient client, String account) {
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName("probe")
                .withNamespace(PROBE)
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName(account)
                .addNewContainer()
                .withName("probe")
                .withImage("probe")
                .addNewEnv()
                .withName("PROBE")
                .withValue("yes")
                .endEnv()
                .endContainer()
                .endSpec()
                .build();
        try {
            return client.resource(pod).dryRun().create().getSpec().getContainers().getFirst().getEnv().stream()
                    .anyMatch(env -> "AWS_ROLE_ARN".equals(env.getName()) && PROBE.equals(env.getValue()));
        } catch (KubernetesClientException e) {
            return false; // the account or the policy is not known yet
        }
    }
}
