package dev.acme53.it.challenge;

import dev.acme53.api.Annotations;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// The end of a stage at one request: from that one on the API server gets none of its requests, as if its process
/// had died just before.
final class Severed implements Interceptor {
    /// The request that puts finalizer and annotation on a Challenge.
    static final Predicate<HttpRequest> APPLY = r -> isPatch(r) && !isRelease(r);

    /// The request that takes them off.
    static final Predicate<HttpRequest> RELEASE = r -> isPatch(r) && isRelease(r);

    /// Any that changes a Challenge.
    static final Predicate<HttpRequest> WRITE = r -> isPatch(r) || (r.method().equals("PUT") && isChallenge(r));

    private final Predicate<HttpRequest> last;
    private final CountDownLatch severed = new CountDownLatch(1);

    Severed(Predicate<HttpRequest> last) {
        this.last = last;
    }

    /// The status that says `part`.
    static Predicate<HttpRequest> status(String part) {
        return r -> r.method().equals("PUT")
                && r.uri().getPath().endsWith("/status")
                && isChallenge(r)
                && body(r).contains(part);
    }

    void await() throws InterruptedException {
        if (!severed.await(ChallengeRig.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the stage never came to that request");
        }
    }

    void sever() {
        severed.countDown();
    }

    boolean isSevered() {
        return severed.getCount() == 0;
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (!isSevered() && last.test(request)) {
            sever();
        }
        if (isSevered()) {
            throw new IllegalStateException("this stage has ended");
        }
    }

    private static boolean isChallenge(HttpRequest request) {
        return request.uri().getPath().contains("/challenges/");
    }

    private static boolean isPatch(HttpRequest request) {
        return request.method().equals("PATCH") && isChallenge(request);
    }

    private static boolean isRelease(HttpRequest request) {
        return body(request).contains('"' + Annotations.ROUTE53_CHANGE + "\":null");
    }

    private static String body(HttpRequest request) {
        return Objects.requireNonNullElse(request.bodyString(), "");
    }
}
