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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Names each request to the API server in the log with `--v=5`: method and path, never a body. A request that is
/// forbidden is named always: it says what the roles lack.
final class RequestLog implements Interceptor {
    private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);

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
        if (response.code() == HttpURLConnection.HTTP_FORBIDDEN) {
            LOG.atWarn()
                    .addKeyValue("method", request.method())
                    .addKeyValue("path", path(request))
                    .log("the API server forbids a request: a role lacks it, or an admission plugin refused it");
        }
    }

    private static String path(HttpRequest request) {
        return Objects.requireNonNullElse(request.uri().getPath(), "");
    }
}
