package dev.acme53.route53;

import org.jspecify.annotations.Nullable;

/// What two halves of a refused part know of each other. The first is sent first.
final class Split {
    private final Route53Failure failure;
    private final boolean denied;
    private @Nullable Part first;
    private boolean firstTaken;
    private boolean firstDenied;
    private boolean secondHeld;

    /// @param failure why the whole was refused
    /// @param denied whether to us, or else for what is in it
    Split(Route53Failure failure, boolean denied) {
        this.failure = failure;
        this.denied = denied;
    }

    void begin(Part half) {
        first = half;
    }

    Route53Failure failure() {
        return failure;
    }

    boolean wasDenied() {
        return denied;
    }

    boolean beginsWith(Part half) {
        return half.equals(first);
    }

    void firstTaken() {
        firstTaken = true;
    }

    /// Whether Route 53 took the first half: then what it refused is in the second.
    boolean isFirstTaken() {
        return firstTaken;
    }

    void firstDenied() {
        firstDenied = true;
    }

    /// The first half, if it was denied: what that means depends on the second.
    @Nullable
    Part deniedFirst() {
        return firstDenied ? first : null;
    }

    /// The second half is not sent.
    void secondHeld() {
        secondHeld = true;
    }

    /// Whether nothing will come of the second half: what is said of the first is then all there is.
    boolean isSecondHeld() {
        return secondHeld;
    }
}
