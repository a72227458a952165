package dev.acme53.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor.RequestTags;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import io.fabric8.kubernetes.client.utils.Utils;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Sends the token for the API server, as fabric8 does. Where there is none, as with a client certificate, it looks for
/// one once a minute (ADR 33); fabric8 alone would read the kubeconfig for every request after the first minute.
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
                && Utils.isNullOrEmpty(config.getOauthToken())
                && Utils.isNullOrEmpty(config.getAutoOAuthToken());
    }
}
