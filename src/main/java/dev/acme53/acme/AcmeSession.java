package dev.acme53.acme;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.toolbox.JSON;

/// One session with a CA: its nonce, and what the last answer said beside its body. Used by one call at a time.
final class AcmeSession extends Session {
    private String action = "unnamed_action";
    private int status = CaHttp.NO_ANSWER;
    private Optional<Instant> retryAfter = Optional.empty();
    private @Nullable JSON directory;

    /// acme4j means this constructor for tests, but it is the one that takes a provider which is no service of
    /// the class path; ours differs from CA to CA by its trust.
    AcmeSession(Ca ca) {
        super(ca.directory().url(), ca.provider());
        // CAs that translate would make a text depend on where we run
        setLocale(Locale.ENGLISH);
    }

    /// Starts a call.
    ///
    /// @param action its name in the metrics
    void begin(String action) {
        this.action = action;
        this.status = CaHttp.NO_ANSWER;
        this.retryAfter = Optional.empty();
    }

    void answered(HttpResponse<byte[]> answer, Instant now) {
        status = answer.statusCode();
        retryAfter = RetryAfter.in(answer.headers(), now);
    }

    void notAnswered() {
        status = CaHttp.NO_ANSWER;
        retryAfter = Optional.empty();
    }

    /// Whether `current` is news to this session.
    boolean adopt(JSON current) {
        var news = directory != current;
        directory = current;
        return news;
    }

    String action() {
        return action;
    }

    /// HTTP status of the last answer.
    int status() {
        return status;
    }

    /// `Retry-After` of the last answer.
    Optional<Instant> retryAfter() {
        return retryAfter;
    }
}
