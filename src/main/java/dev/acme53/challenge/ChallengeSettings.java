package dev.acme53.challenge;

import java.time.Duration;

/// What the flags say about Challenges.
///
/// @param maxConcurrent how many are worked on at the same time (`--max-concurrent-challenges`)
/// @param checkRetryPeriod the longest wait between two looks at DNS (`--dns01-check-retry-period`)
/// @param issuerAmbient whether Issuers may use the controller's AWS credentials
/// @param clusterIssuerAmbient whether ClusterIssuers may
/// @param cleanUpGrace how long clean-up is tried in a namespace that is being deleted (`--cleanup-grace`)
/// @param linger how long a Challenge that is done is left to its Order, which deletes it, before its status is
/// written once more
/// @param strictLook whether DNS has to show the record, since resolvers are named (`--dns01-recursive-nameservers`,
/// `--dns01-recursive-nameservers-only`)
public record ChallengeSettings(
        int maxConcurrent,
        Duration checkRetryPeriod,
        boolean issuerAmbient,
        boolean clusterIssuerAmbient,
        Duration cleanUpGrace,
        Duration linger,
        boolean strictLook) {}
