package dev.acme53.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// One kube-apiserver on loopback: TLS, RBAC, tokens of ServiceAccounts. Anonymous requests reach only its health
/// endpoints, as by default.
final class KubeApiServer implements AutoCloseable {
    private final ServerProcess process;
    private final URI url;
    private final PrivateCa ca;
    private final Path folder;
    private final AuditLog audit = new AuditLog();

    private KubeApiServer(ServerProcess process, URI url, PrivateCa ca, Path folder) {
        this.process = process;
        this.url = url;
        this.ca = ca;
        this.folder = folder;
    }

    static KubeApiServer start(Etcd etcd) {
        var binary = ServerBinaries.pathOf(GoServer.KUBE_APISERVER);
        var folder = ServerProcess.folder("kube-apiserver");
        var ca = new PrivateCa("kubernetes");
        var leaf = ca.server(List.of("127.0.0.1", "localhost", "kubernetes.default.svc"));
        var accounts = PrivateCa.p256();
        ServerProcess.write(folder.resolve("ca.crt"), ca.rootPem());
        ServerProcess.write(folder.resolve("server.crt"), leaf.certificate());
        ServerProcess.write(folder.resolve("server.key"), leaf.key());
        ServerProcess.write(folder.resolve("accounts.key"), PrivateCa.pem(accounts.getPrivate()));
        ServerProcess.write(folder.resolve("audit-policy.yaml"), AuditLog.POLICY);
        ServerProcess.write(folder.resolve("accounts.pub"), PrivateCa.pem(accounts.getPublic()));
        var url = URI.create("https://127.0.0.1:" + FreePort.next());
        var process = ServerProcess.start(
                "kube-apiserver",
                folder,
                List.of(
                        binary.toString(),
                        "--etcd-servers=" + etcd.clients(),
                        "--bind-address=127.0.0.1",
                        "--secure-port=" + url.getPort(),
                        "--tls-cert-file=server.crt",
                        "--tls-private-key-file=server.key",
                        "--client-ca-file=ca.crt",
                        "--authorization-mode=RBAC",
                        "--audit-policy-file=audit-policy.yaml",
                        "--audit-log-path=" + auditLog(folder),
                        // where it is on, owners that are blocked by what they own ask for rights of their own
                        "--enable-admission-plugins=OwnerReferencesPermissionEnforcement",
                        "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
                        "--service-account-signing-key-file=accounts.key",
                        "--service-account-key-file=accounts.pub",
                        "--service-cluster-ip-range=10.43.0.0/16",
                        // the address of the Service `kubernetes`: loopback is not allowed in Endpoints, nobody asks
                        "--endpoint-reconciler-type=none",
                        "--allow-privileged=true"),
                Map.of());
        var ready = HttpRequest.newBuilder(url.resolve("/readyz"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try (var http = Answers.trusting(ca.root())) {
            process.awaitReady(Duration.ofSeconds(90), () -> Answers.ok(http, ready));
        }
        return new KubeApiServer(process, url, ca, folder);
    }

    URI url() {
        return url;
    }

    /// Signs clients of this server.
    PrivateCa ca() {
        return ca;
    }

    /// Beside the folder, so that it stays.
    private static Path auditLog(Path folder) {
        return folder.resolveSibling(folder.getFileName() + "-audit.log");
    }

    List<AuditLog.Request> audited() {
        var log = auditLog(folder);
        if (!Files.exists(log)) {
            return List.of();
        }
        try (var text = Files.newInputStream(log)) {
            return audit.read(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The key that signs tokens of ServiceAccounts, PKCS #8 PEM.
    Path accountsKey() {
        return folder.resolve("accounts.key");
    }

    /// A kubeconfig file, readable by its owner only, for a client certificate of `user` in `groups`.
    Path kubeconfig(String user, List<String> groups) {
        var client = ca.client(user, groups);
        var file = folder.resolve(user.replace(':', '-') + ".kubeconfig");
        ServerProcess.write(file, Kubeconfig.of(url, ca.rootPem(), client));
        return file;
    }

    List<Long> processes() {
        return process.processes();
    }

    @Override
    public void close() {
        process.close();
        ServerProcess.delete(folder);
    }
}
