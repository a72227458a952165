package dev.acme53.it.cluster;

import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/// Users who have one of Kubernetes' own roles in a namespace; each is called like the role.
record Users(KubernetesClient client, String namespace) {
    boolean has(String role) {
        return client.rbac()
                        .roleBindings()
                        .inNamespace(namespace)
                        .withName("is-" + role)
                        .get()
                != null;
    }

    void add(String role) {
        client.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName("is-" + role)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                        .addNewSubject("rbac.authorization.k8s.io", "User", role, null)
                        .build())
                .create();
    }

    /// @param kind as `kubectl auth can-i` takes it: `orders.acme.cert-manager.io`,
    /// `certificates.cert-manager.io/status`
    boolean may(String user, String verb, String kind) {
        var resource = kind.substring(0, kind.indexOf('.'));
        var group = kind.substring(resource.length() + 1).replaceFirst("/.*", "");
        var subresource = kind.contains("/") ? kind.substring(kind.indexOf('/') + 1) : "";
        var review = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(user)
                .withNewResourceAttributes()
                .withNamespace(namespace)
                .withVerb(verb)
                .withGroup(group)
                .withResource(resource)
                .withSubresource(subresource)
                .endResourceAttributes()
                .endSpec()
                .build();
        return client.resource(review).create().getStatus().getAllowed();
    }
}
