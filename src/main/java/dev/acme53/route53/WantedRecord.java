package dev.acme53.route53;

/// Whether a challenge's record should be there.
public record WantedRecord(ChallengeRecord record, Presence presence) {
    public enum Presence {
        PRESENT,
        ABSENT
    }
}
