package dev.acme53.challenge;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/// What is known of a Challenge at work and need not outlive the process: lost, it is asked again.
///
/// @param notBefore when the next call outside is due
/// @param looks how many looks, at Route 53, at DNS or at the CA, the present wait has taken
/// @param lookUntil when DNS is not waited for any longer; never, until that is said
record Memory(Instant notBefore, Set<Fact> facts, int looks, Instant lookUntil) {
    /// What can be known.
    enum Fact {
        /// It has a place among those at work, which its status says with the next write.
        STARTED,
        /// Its Order lists it, its issuer has its solver.
        VOUCHED,
        /// The CA has shown it as pending and as its authorization's.
        OFFERED,
        /// Route 53 has confirmed the change.
        IN_SYNC,
        /// DNS has shown the record.
        VISIBLE,
        /// The CA was told to look.
        ACCEPTED,
        /// Route 53 did not take the record where it was to be: the place that the annotation holds is not to be used.
        MISPLACED,
        /// It gave its place among those at work to others while it waits.
        OUT_OF_TURN,
        /// The wait is one of clean-up, not of what was before.
        CLEANING,
        /// The record and the finalizer are gone, and status does not say so yet.
        CLEANED
    }

    static final Memory NONE = new Memory(Instant.MIN, Set.of(), 0, Instant.MAX);

    Memory {
        facts = Set.copyOf(facts);
    }

    boolean holds(Fact fact) {
        return facts.contains(fact);
    }

    Memory with(Fact fact) {
        var all = EnumSet.of(fact);
        all.addAll(facts);
        return new Memory(notBefore, all, looks, lookUntil);
    }

    Memory without(Fact fact) {
        var all = EnumSet.noneOf(Fact.class);
        all.addAll(facts);
        all.remove(fact);
        return new Memory(notBefore, all, looks, lookUntil);
    }

    Memory waitingUntil(Instant due) {
        return new Memory(due, facts, looks + 1, lookUntil);
    }

    /// What was waited for has come.
    Memory due() {
        return new Memory(Instant.MIN, facts, looks, lookUntil);
    }

    Memory lookingUntil(Instant end) {
        return new Memory(notBefore, facts, looks, end);
    }

    Memory confirmed() {
        return new Memory(Instant.MIN, facts, 0, lookUntil).with(Fact.IN_SYNC);
    }

    Memory seen() {
        return confirmed().with(Fact.VISIBLE);
    }

    Memory accepted(Instant due) {
        return new Memory(due, facts, 0, lookUntil)
                .with(Fact.IN_SYNC)
                .with(Fact.VISIBLE)
                .with(Fact.ACCEPTED);
    }
}
