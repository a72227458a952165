package dev.acme53.route53;

/// Whether a challenge's record should be there.
///
/// @param merged whether the value stands in a simple TXT record of somebody else, which it joined because it could not
/// have one of its own: then a deletion looks there too
public record WantedRecord(ChallengeRecord record, Presence presence, Merged merged) {
    public enum Merged {
        NO,
        /// Whoever wrote it ended before it could say so.
        PERHAPS,
        YES
    }

    public enum Presence {
        PRESENT,
        ABSENT
    }
}
