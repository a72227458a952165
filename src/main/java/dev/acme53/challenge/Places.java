package dev.acme53.challenge;

import dev.acme53.api.Challenge;
import dev.acme53.names.DnsName;
import dev.acme53.route53.Caller;

/// Where records belong as things are.
interface Places {
    /// Blocks while DNS and Route 53 are asked.
    Place of(Challenge challenge, Caller caller);

    /// The zone of `name` has to be looked for again.
    void forget(Caller caller, DnsName name);
}
