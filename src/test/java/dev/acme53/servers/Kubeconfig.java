package dev.acme53.servers;

import io.fabric8.kubernetes.client.Config;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// A kubeconfig's text with everything inside, nothing by file name.
final class Kubeconfig {
    private Kubeconfig() {}

    static String of(URI server, String rootPem, PrivateCa.Leaf client) {
        return of(
                server.toString(), base64(rootPem), """
                    client-certificate-data: %s
                    client-key-data: %s
                """.formatted(base64(client.certificate()), base64(client.key())));
    }

    /// For an identity that has a token.
    static String of(Config identity) {
        return of(identity.getMasterUrl(), identity.getCaCertData(), """
                    token: %s
                """.formatted(identity.getOauthToken()));
    }

    private static String of(String server, String rootBase64, String user) {
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: tests
                  cluster:
                    server: %s
                    certificate-authority-data: %s
                contexts:
                - name: tests
                  context:
                    cluster: tests
                    user: tests
                current-context: tests
                users:
                - name: tests
                  user:
                """.formatted(server, rootBase64) + user;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
