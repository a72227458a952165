package dev.acme53.route53;

/// Whether a challenge's record should be there.
///
/// @param mayBeMerged whether the value may stand in a simple TXT record of somebody else, which it joined because it
/// could not have one of its own: then a deletion looks there too
public record WantedRecord(ChallengeRecord record, Presence presence, boolean mayBeMerged) {
    public enum Presence {
        PRESENT,
        ABSENT
    }
}
