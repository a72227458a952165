package dev.acme53.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenRefreshTest {
    /// Since fabric8 asks the system's clock whether its own minute is over.
    private static final Instant START = Instant.now().minus(Duration.ofHours(1));

    private final AtomicReference<Instant> now = new AtomicReference<>(START);

    @TempDir
    private Path folder;

    @Test
    void aKubeconfigWithoutATokenIsReadOnceAMinute() throws IOException {
        var refresh = refresh("{token: ''}");
        write("{token: late}");
        now.set(START.plusSeconds(59));
        assertThat(sent(refresh)).isEmpty();
        write("{}");
        now.set(START.plusSeconds(60));
        assertThat(sent(refresh)).isEmpty();
        write("{token: late}");
        now.set(START.plusSeconds(119));
        assertThat(sent(refresh)).isEmpty();
        now.set(START.plusSeconds(120));
        assertThat(sent(refresh)).containsExactly("Bearer late");
        now.set(START.plusSeconds(121));
        assertThat(sent(refresh)).as("from then on it is there").containsExactly("Bearer late");
    }

    @Test
    void aTokenGoesWithEachRequestAndIsReadAgain() throws IOException {
        var refresh = refresh("{token: early}");
        write("{token: late}");
        assertThat(sent(refresh)).as("fabric8's own minute is long over").containsExactly("Bearer late");
        write("{token: later}");
        assertThat(sent(refresh)).as("and begins anew").containsExactly("Bearer late");
    }

    private TokenRefresh refresh(String user) throws IOException {
        write(user);
        return new TokenRefresh(Config.fromKubeconfig(file().toFile()), new JdkHttpClientFactory(), now::get);
    }

    private static List<String> sent(TokenRefresh refresh) {
        var request = new StandardHttpRequest.Builder();
        request.uri("http://localhost/apis");
        refresh.before(request, request.build(), null);
        return request.build().headers("Authorization");
    }

    private void write(String user) throws IOException {
        Files.writeString(file(), """
                apiVersion: v1
                kind: Config
                current-context: c
                clusters: [{name: k, cluster: {server: "http://localhost"}}]
                users: [{name: u, user: %s}]
                contexts: [{name: c, context: {cluster: k, user: u}}]
                """.formatted(user));
    }

    private Path file() {
        return folder.resolve("kubeconfig");
    }
}
