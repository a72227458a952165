package dev.acme53.servers;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// A kubeconfig's text with everything inside, nothing by file name.
final class Kubeconfig {
    private Kubeconfig() {}

    static String of(URI server, String rootPem, PrivateCa.Leaf client) {
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
                    client-certificate-data: %s
                    client-key-data: %s
                """.formatted(server, base64(rootPem), base64(client.certificate()), base64(client.key()));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
