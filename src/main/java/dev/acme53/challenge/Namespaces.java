package dev.acme53.challenge;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/// Whether namespaces are being deleted.
///
/// The controller may not read namespaces, and need not: the API server refuses new objects in one that is going, and
/// says so. An Event is what the controller may create; a dry run stores none.
record Namespaces(KubernetesClient client) {
    /// The cause in the API server's refusal.
    private static final String TERMINATING = "NamespaceTerminating";

    /// Blocks.
    /// @throws KubernetesClientException when the API server does not answer
    boolean isTerminating(String namespace) {
        try {
            client.v1()
                    .events()
                    .inNamespace(namespace)
                    .resource(new EventBuilder()
                            .withNewMetadata()
                            .withGenerateName("is-terminating-")
                            .withNamespace(namespace)
                            .endMetadata()
                            .withNewInvolvedObject()
                            .withApiVersion("v1")
                            .withKind("Namespace")
                            .withNamespace(namespace)
                            .withName(namespace)
                            .endInvolvedObject()
                            .build())
                    .dryRun()
                    .create();
            return false;
        } catch (KubernetesClientException refused) {
            if (isSaidBy(refused)) {
                return true;
            }
            if (refused.getCode() == 403) {
                return false; // may not create Events here: nothing is known, and the longer grace is the safer one
            }
            throw refused;
        }
    }

    private static boolean isSaidBy(KubernetesClientException refused) {
        var status = refused.getStatus();
        return refused.getCode() == 404
                || (status != null
                        && status.getDetails() != null
                        && status.getDetails().getCauses().stream()
                                .anyMatch(cause -> TERMINATING.equals(cause.getReason())));
    }
}
