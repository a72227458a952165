package dev.acme53.operator;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Names each request to the API server in the log with `--v=5`: method and path, never a body.
final class RequestLog implements Interceptor {
    private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (LOG.isTraceEnabled()) {
            LOG.atTrace()
                    .addKeyValue("method", request.method())
                    .addKeyValue(
                            "path", Objects.requireNonNullElse(request.uri().getPath(), ""))
                    .addKeyValue(
                            "watch",
                            Objects.requireNonNullElse(request.uri().getQuery(), "")
                                    .contains("watch=true"))
                    .log("API request");
        }
    }
}
