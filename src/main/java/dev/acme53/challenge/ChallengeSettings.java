package dev.acme53.challenge;

import java.time.Duration;

/// What the flags say about Challenges.
///
/// @param maxConcurrent how many are worked on at the same time (`--max-concurrent-challenges`)
/// @param checkRetryPeriod the longest wait between two looks at DNS (`--dns01-check-retry-period`)
/// @param issuerAmbient whether Issuers may use the controller's AWS credentials
/// @param clusterIssuerAmbient whether ClusterIssuers may
/// @param cleanUpGrace how long clean-up is tried in a namespace that is being deleted (`--cleanup-grace`)
public record ChallengeSettings(
        int maxConcurrent,
        Duration checkRetryPeriod,
        boolean issuerAmbient,
        boolean clusterIssuerAmbient,
        Duration cleanUpGrace) {}
