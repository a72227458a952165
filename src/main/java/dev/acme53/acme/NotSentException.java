package dev.acme53.acme;

import org.shredzone.acme4j.exception.AcmeException;

/// Ends a call because nothing that can be sent would help; becomes [AcmeFailure.NotSent].
final class NotSentException extends AcmeException {
    private static final long serialVersionUID = 1;

    private final String reason;

    NotSentException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
