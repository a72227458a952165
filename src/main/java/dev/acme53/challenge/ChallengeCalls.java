package dev.acme53.challenge;

/// Whom the stage calls. All block, all may be repeated.
record ChallengeCalls(RecordCalls records, CleanUpCalls cleanUp, DnsLook dns, CaCalls ca, Provenance provenance) {}
