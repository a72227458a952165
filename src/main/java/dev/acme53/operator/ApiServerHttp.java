package dev.acme53.operator;

import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.http.HttpClient;

/// The JDK's HTTP client under fabric8's, without threads of its own but the one that waits for the sockets: it
/// decrypts and hands out what it reads (ADR 29).
///
/// Nothing that it calls may block. Events of a watch fabric8 only parses there before it hands them on; pages of a
/// list it also puts into caches, and asks for the next.
final class ApiServerHttp extends JdkHttpClientFactory {
    @Override
    protected void additionalConfig(HttpClient.Builder builder) {
        builder.executor(Runnable::run);
    }
}
