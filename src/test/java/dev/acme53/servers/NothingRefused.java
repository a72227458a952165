package dev.acme53.servers;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Fails a test class whose controllers or stages, under the roles of `deploy/`, asked the shared Kubernetes API for
/// something that RBAC refused. JUnit finds it by itself. Tokens of ServiceAccounts are left out: those a team's own
/// Role grants.
public final class NothingRefused implements AfterAllCallback {
    private static int seen;

    @Override
    public void afterAll(ExtensionContext context) {
        TestServers.startedKubernetes().ifPresent(NothingRefused::check);
    }

    private static synchronized void check(KubernetesApi kubernetes) {
        var audited = kubernetes.audited();
        List<AuditLog.Request> refused = audited.subList(seen, audited.size()).stream()
                .filter(request -> request.user().equals(ControllerAccount.USER)
                        && !request.allowed()
                        && !request.resource().equals("serviceaccounts/token"))
                .toList();
        seen = audited.size();
        if (!refused.isEmpty()) {
            throw new AssertionError("the roles of deploy/ do not allow what the controller asks for: " + refused);
        }
    }
}
