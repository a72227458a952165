package dev.acme53.it.rbac;

import dev.acme53.fixture.DeployFolder;
import dev.acme53.servers.AuditLog;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.TestNamespace;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What one ServiceAccount has asked since this was made, as the API server's audit log has it.
final class Calls {
    private final KubernetesApi kubernetes;
    private final String user;
    private final int before;

    /// @param namespace of the account of `folder`
    Calls(KubernetesApi kubernetes, String namespace, DeployFolder folder) {
        this.kubernetes = kubernetes;
        this.user = "system:serviceaccount:" + namespace + ":" + folder.account();
        this.before = kubernetes.audited().size();
    }

    /// What was allowed.
    Set<Permission> used() {
        return all().filter(AuditLog.Request::allowed).map(Permission::of).collect(Collectors.toSet());
    }

    /// What was not, less what was asked about namespaces of other tests: those may have issuers with accounts that are
    /// none of this test's.
    List<AuditLog.Request> refused(TestNamespace own) {
        return all().filter(request -> !request.allowed())
                .filter(request -> request.namespace().equals(own.name())
                        || !TestNamespace.NAME.matcher(request.namespace()).find())
                .toList();
    }

    private Stream<AuditLog.Request> all() {
        var audited = kubernetes.audited();
        return audited.subList(before, audited.size()).stream()
                .filter(request -> request.user().equals(user));
    }
}
