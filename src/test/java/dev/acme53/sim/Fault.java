package dev.acme53.sim;

import java.time.Duration;
import java.util.List;

/// What goes wrong with a call that would have been answered otherwise. Faults strike after the signature was
/// verified and before quotas and policies are asked.
public sealed interface Fault {
    /// An error in AWS's current form.
    record Refused(int status, String code, String message) implements Fault {}

    /// `InvalidChangeBatch` as the document's root with its list of messages.
    record LegacyInvalidChangeBatch(List<String> messages) implements Fault {}

    /// An answer that no AWS service wrote, as of a proxy.
    record Foreign(int status, String body) implements Fault {}

    /// The connection ends without an answer; the call was carried out first if `afterActing`.
    record ConnectionDropped(boolean afterActing) implements Fault {}

    /// The call is carried out as usual, but only after a while of real time.
    record Delayed(Duration by) implements Fault {}

    /// The call is carried out as usual, and its answer kept back.
    record Held(Hold hold) implements Fault {}

    static Fault throttling() {
        return of(Refusal.throttling());
    }

    static Fault priorRequestNotComplete() {
        return of(Refusal.priorRequestNotComplete());
    }

    /// @param action `route53:GetChange`
    static Fault accessDenied(String principal, String action, String resource) {
        return of(Refusal.accessDenied(principal, action, resource));
    }

    static Fault noSuchHostedZone(String id) {
        return of(Refusal.noSuchHostedZone(id));
    }

    static Fault noSuchChange(String id) {
        return of(Refusal.noSuchChange(id));
    }

    static Fault invalidChangeBatch(String... messages) {
        return of(Refusal.invalidChangeBatch(List.of(messages)));
    }

    static Fault legacyInvalidChangeBatch(String... messages) {
        return new LegacyInvalidChangeBatch(List.of(messages));
    }

    static Fault expiredToken() {
        return new Refused(403, "ExpiredToken", "The security token included in the request is expired");
    }

    static Fault internalFailure() {
        return new Refused(500, "InternalFailure", "We encountered an internal error. Please try again.");
    }

    static Fault serviceUnavailable() {
        return new Refused(503, "ServiceUnavailable", "Service is unavailable, please try again shortly");
    }

    static Fault connectionDropped() {
        return new ConnectionDropped(false);
    }

    /// The call takes effect, the caller never learns it.
    static Fault answerLost() {
        return new ConnectionDropped(true);
    }

    private static Fault of(Refusal refusal) {
        return new Refused(refusal.status(), refusal.code(), refusal.text());
    }
}
