package dev.acme53.sim;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A call while it is being answered: what is known of it so far.
final class CallInProgress {
    private final Instant at;
    private final Request request;
    private final String requestId;
    private Operation operation = Operation.OTHER;
    private String action = "";
    private String accessKeyId = "";
    private String principal = "";
    private String zoneId = "";
    private String region = "";
    private Map<String, String> parameters = Map.of();
    private int changes;
    private boolean answerLost;
    private Optional<Hold> hold = Optional.empty();

    CallInProgress(Instant at, Request request, String requestId) {
        this.at = at;
        this.request = request;
        this.requestId = requestId;
    }

    Request request() {
        return request;
    }

    void asks(Operation asked, String name, Map<String, String> with) {
        operation = asked;
        action = name;
        parameters = with;
    }

    void of(String zone) {
        zoneId = zone;
    }

    void changing(int recordChanges) {
        changes = recordChanges;
    }

    void signedBy(SignatureV4.Authorization authorization) {
        accessKeyId = authorization.accessKeyId();
        region = authorization.region();
    }

    void isFrom(Identity identity) {
        principal = identity.arn();
    }

    /// The answer will not reach the caller, though everything was done.
    void loseAnswer() {
        answerLost = true;
    }

    boolean answerLost() {
        return answerLost;
    }

    /// The answer will reach the caller when `until` says so.
    void holdAnswer(Hold until) {
        hold = Optional.of(until);
    }

    Optional<Hold> hold() {
        return hold;
    }

    Operation operation() {
        return operation;
    }

    Call finished(int status, String errorCode) {
        return new Call(
                at,
                operation,
                action,
                accessKeyId,
                principal,
                zoneId,
                region,
                request.header("user-agent"),
                parameters,
                changes,
                status,
                errorCode,
                requestId);
    }
}
