package dev.acme53.challenge;

import dev.acme53.api.ChallengeSpec;
import dev.acme53.names.DnsName;
import java.util.Optional;

/// The name under which a CA looks for proof (RFC 8555 §8.4).
final class ChallengeName {
    private static final String LABEL = "_acme-challenge";

    private ChallengeName() {}

    /// Empty when `spec.dnsName` is no name.
    static Optional<DnsName> of(ChallengeSpec spec) {
        return DnsName.parse(LABEL + "." + spec.dnsName());
    }
}
