package dev.acme53.it.stages;

import dev.acme53.api.Certificate;
import dev.acme53.servers.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;

/// A Certificate that owns what a test makes, so that the garbage collector leaves it alone.
public final class SomeCertificate {
    private SomeCertificate() {}

    public static Certificate create(KubernetesClient client, TestNamespace namespace, String name) {
        var yaml = """
                apiVersion: cert-manager.io/v1
                kind: Certificate
                metadata: {name: %s, namespace: %s}
                spec: {secretName: %s, dnsNames: [x.example], issuerRef: {name: %s}}
                """.formatted(name, namespace.name(), name, TestCa.ISSUER);
        var certificate = client.getKubernetesSerialization().unmarshal(yaml, Certificate.class);
        return client.resource(certificate).create();
    }
}
