package dev.acme53.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor.RequestTags;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Looks for a newer token of the API server once in a minute, where fabric8 looks for one a minute after it last found
/// one: where there is none, as in a kubeconfig with a client certificate, for each request from the second minute on,
/// each time by reading the whole file.
final class TokenRefresh extends TokenRefreshInterceptor {
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final InstantSource clock;
    private volatile Instant next;

    TokenRefresh(Config config, HttpClient.Factory factory, InstantSource clock) {
        super(config, factory, clock.instant());
        this.clock = clock;
        this.next = clock.instant().plus(INTERVAL);
    }

    @Override
    public void before(BasicBuilder headers, HttpRequest request, RequestTags tags) {
        if (isWithoutToken()) {
            var now = clock.instant();
            if (now.isBefore(next)) {
                return;
            }
            next = now.plus(INTERVAL);
        }
        super.before(headers, request, tags);
    }

    private boolean isWithoutToken() {
        return !isBasicAuth()
                && config.getAuthProvider() == null
                && config.getOauthTokenProvider() == null
                && config.getOauthToken() == null
                && config.getAutoOAuthToken() == null;
    }
}
