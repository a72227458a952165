package dev.acme53.route53;

import java.time.Instant;

/// A change that Route 53 has accepted and not yet confirmed.
///
/// @param changeId without `/change/`
/// @param since when it was first asked about
public record PendingChange(String partition, String changeId, Instant since) {}
