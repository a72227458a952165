package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where an order stands (api.md §6.2). `certificate` is a PEM chain, leaf first.
@OmitEmpty
public record OrderStatus(
        @JsonProperty("url") String url,
        @JsonProperty("finalizeURL") String finalizeURL,
        List<Authorization> authorizations,
        Bytes certificate,
        @Nullable State state,
        String reason,
        @Rfc3339 @Nullable Instant failureTime) {

    private static final OrderStatus EMPTY = new OrderStatus("", "", List.of(), Bytes.EMPTY, null, "", null);

    public OrderStatus(
            @Nullable String url,
            @Nullable String finalizeURL,
            @Nullable List<Authorization> authorizations,
            @Nullable Bytes certificate,
            @Nullable State state,
            @Nullable String reason,
            @Nullable Instant failureTime) {
        this.url = Absent.or(url);
        this.finalizeURL = Absent.or(finalizeURL);
        this.authorizations = Absent.or(authorizations);
        this.certificate = certificate == null ? Bytes.EMPTY : certificate;
        this.state = state;
        this.reason = Absent.or(reason);
        this.failureTime = Absent.orSeconds(failureTime);
    }

    /// The status of an object that has none yet.
    public static OrderStatus empty() {
        return EMPTY;
    }

    public OrderStatus withUrl(String url) {
        return new OrderStatus(url, finalizeURL, authorizations, certificate, state, reason, failureTime);
    }

    public OrderStatus withFinalizeURL(String finalizeURL) {
        return new OrderStatus(url, finalizeURL, authorizations, certificate, state, reason, failureTime);
    }

    public OrderStatus withAuthorizations(List<Authorization> authorizations) {
        return new OrderStatus(url, finalizeURL, authorizations, certificate, state, reason, failureTime);
    }

    public OrderStatus withCertificate(Bytes certificate) {
        return new OrderStatus(url, finalizeURL, authorizations, certificate, state, reason, failureTime);
    }

    public OrderStatus withState(@Nullable State state) {
        return new OrderStatus(url, finalizeURL, authorizations, certificate, state, reason, failureTime);
    }

    public OrderStatus withReason(String reason) {
        return new OrderStatus(url, finalizeURL, authorizations, certificate, state, reason, failureTime);
    }

    public OrderStatus withFailureTime(@Nullable Instant failureTime) {
        return new OrderStatus(url, finalizeURL, authorizations, certificate, state, reason, failureTime);
    }
}
