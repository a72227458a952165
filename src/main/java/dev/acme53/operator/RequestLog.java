package dev.acme53.operator;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Names each request to the API server in the log with `--v=5`: method and path, never a body. A request that is
/// forbidden is named always: it says what the roles lack. That the API server does not answer is said once, and once
/// that it does again, since every request is repeated meanwhile.
final class RequestLog implements Interceptor {
    private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);

    private final AtomicBoolean isAway = new AtomicBoolean();

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (LOG.isTraceEnabled()) {
            var query = Objects.requireNonNullElse(request.uri().getQuery(), "");
            LOG.atTrace()
                    .addKeyValue("method", request.method())
                    .addKeyValue("path", path(request))
                    .addKeyValue("watch", query.contains("watch=true"))
                    .log("API request");
        }
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (isAway.compareAndSet(true, false)) {
            LOG.info("the API server answers again");
        }
        if (response.code() == HttpURLConnection.HTTP_FORBIDDEN) {
            LOG.atWarn()
                    .addKeyValue("method", request.method())
                    .addKeyValue("path", path(request))
                    .log("the API server forbids a request: a role lacks it, or an admission plugin refused it");
        }
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable failure) {
        if (isAway.compareAndSet(false, true)) {
            LOG.atWarn()
                    .addKeyValue("method", request.method())
                    .addKeyValue("path", path(request))
                    .addKeyValue("reason", failure)
                    .log("the API server does not answer: requests are repeated until it does");
        }
    }

    private static String path(HttpRequest request) {
        return Objects.requireNonNullElse(request.uri().getPath(), "");
    }
}
