package dev.acme53.challenge;

import java.time.Instant;

/// What is known of a Challenge at work and need not outlive the process: lost, it is asked again.
///
/// @param notBefore when the next call outside is due
/// @param inSync whether Route 53 has confirmed the change
/// @param isVisible whether DNS has shown the record
/// @param isAccepted whether the CA was told to look
/// @param isMisplaced whether Route 53 did not take the record where it was to be
/// @param looks how many looks, at Route 53, at DNS or at the CA, the present wait has taken
record Memory(
        Instant notBefore, boolean inSync, boolean isVisible, boolean isAccepted, boolean isMisplaced, int looks) {
    static final Memory NONE = new Memory(Instant.MIN, false, false, false, false, 0);

    Memory waitingUntil(Instant due) {
        return new Memory(due, inSync, isVisible, isAccepted, isMisplaced, looks + 1);
    }

    Memory confirmed() {
        return new Memory(Instant.MIN, true, isVisible, isAccepted, isMisplaced, 0);
    }

    /// The change is not known to Route 53: the record has to be written again.
    Memory unconfirmed() {
        return NONE;
    }

    Memory seen() {
        return new Memory(Instant.MIN, true, true, isAccepted, isMisplaced, 0);
    }

    Memory accepted(Instant due) {
        return new Memory(due, true, true, true, isMisplaced, 0);
    }

    /// The record's place, known or still in the annotation, is not to be used.
    Memory misplaced() {
        return new Memory(notBefore, inSync, isVisible, isAccepted, true, looks);
    }

    /// The record's place was found anew.
    Memory placed() {
        return new Memory(notBefore, inSync, isVisible, isAccepted, false, looks);
    }
}
