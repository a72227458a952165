package dev.acme53.it.secrets;

import dev.acme53.rig.Tenant;
import java.util.Map;

/// What a tenant applies: issuers of one CA with an external account, each with one solver, and what these name.
record Manifests(Tenant tenant, String role) {
    /// The ServiceAccount whose tokens the controller may make, and the one whose it may not.
    static final String LISTED = "listed";

    static final String UNLISTED = "unlisted";

    /// Two ServiceAccounts; the controller may make tokens of one.
    void accounts() {
        tenant.apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: listed, namespace: "${NAMESPACE}"}
                ---
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: unlisted, namespace: "${NAMESPACE}"}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: tokens, namespace: "${NAMESPACE}"}
                rules:
                - {apiGroups: [""], resources: [serviceaccounts/token], resourceNames: [listed], verbs: [create]}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: tokens, namespace: "${NAMESPACE}"}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: tokens}
                subjects:
                - {kind: ServiceAccount, name: cert-manager, namespace: cert-manager}
                """);
    }

    /// An Issuer for each row, and a Certificate of it.
    void ask(Map<String, String> solvers) {
        solvers.forEach((name, solver) -> {
            issuer(name, "mac", solver);
            tenant.certificate(name, "Issuer", name, name + ".hygiene.test");
        });
    }

    void issuer(String name, String mac, String solver) {
        issuer(name, mac, solver, "${DIRECTORY}");
    }

    void issuer(String name, String mac, String solver, String directory) {
        tenant.apply("""
                apiVersion: cert-manager.io/v1
                kind: Issuer
                metadata: {name: %s, namespace: "${NAMESPACE}"}
                spec:
                  acme:
                    server: %s
                    caBundle: ${CA_BUNDLE}
                    privateKeySecretRef: {name: %s-account}
                    externalAccountBinding: {keyID: kid-1, keySecretRef: {name: %s, key: value}}
                    solvers:
                    - dns01: {route53: {%s}}
                """.formatted(name, directory, name, mac, solver));
    }

    String keys(String secret, String key) {
        return "region: eu-central-1, accessKeyID: %s, secretAccessKeySecretRef: {name: %s, key: %s}"
                .formatted(tenant.rig().route53().accessKey().id(), secret, key);
    }

    String account(String name, String audience) {
        return "region: eu-central-1, role: %s, auth: {kubernetes: {serviceAccountRef: {name: %s, audiences: [%s]}}}"
                .formatted(role, name, audience);
    }

    void secret(String name, String value) {
        tenant.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: %s, namespace: "${NAMESPACE}"}
                stringData: {value: "%s"}
                """.formatted(name, value));
    }
}
