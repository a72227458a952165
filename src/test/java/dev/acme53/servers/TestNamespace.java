package dev.acme53.servers;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/// A namespace of one test. Closing it deletes our objects in it and takes the finalizers off what is left, since the
/// controller that would is usually gone by then: the API server is shared, and who comes next would go on with them.
/// The namespace itself is deleted without waiting for the deletion's end, which few API servers of tests bring about.
public record TestNamespace(KubernetesApi api, String name) implements AutoCloseable {
    /// Finds the name of such a namespace in a text.
    public static final Pattern NAME = Pattern.compile("\\bt-[0-9a-z]{6}\\b");

    static TestNamespace in(KubernetesApi api) {
        var name = "t-"
                + Long.toString(
                        ThreadLocalRandom.current().nextLong(36L * 36 * 36 * 36 * 36, 36L * 36 * 36 * 36 * 36 * 36),
                        36);
        try (var admin = api.client()) {
            admin.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .create();
        }
        return new TestNamespace(api, name);
    }

    @Override
    public void close() {
        try (var admin = api.client()) {
            admin.namespaces().withName(name).delete();
            for (var crd : admin.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .list()
                    .getItems()) {
                if (!crd.getSpec().getScope().equals("Namespaced")) {
                    continue;
                }
                var kind = admin.genericKubernetesResources(CustomResourceDefinitionContext.fromCrd(crd))
                        .inNamespace(name);
                kind.delete();
                for (var left : kind.list().getItems()) {
                    if (!left.getMetadata().getFinalizers().isEmpty()) {
                        kind.withName(left.getMetadata().getName())
                                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
                    }
                }
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
