package dev.acme53.challenge;

import dev.acme53.api.Challenge;
import dev.acme53.dns.Nameserver;
import dev.acme53.dns.PropagationCheck;
import dev.acme53.dns.Resolvers;

/// A Challenge's look at DNS (behaviour.md §4.3): by the solver's own name servers when it has any, else by the flags'.
record DnsLook(Resolvers resolvers) {
    Outcome look(Challenge challenge) {
        var spec = challenge.getSpec();
        var dns01 = spec.solver().dns01();
        var own = dns01 == null ? java.util.List.<String>of() : dns01.nameservers();
        Resolvers asked;
        try {
            asked = own.isEmpty()
                    ? resolvers
                    : resolvers.only(own.stream().map(Nameserver::of).toList());
        } catch (IllegalArgumentException e) {
            return new Outcome.NotShown("dns01.nameservers of the issuer's solver: " + e.getMessage());
        }
        var look = asked.propagation().look(ChallengeName.of(spec).orElseThrow(), spec.key());
        return switch (look) {
            case PropagationCheck.Look.Visible _ -> new Outcome.Shown();
            case PropagationCheck.Look.NotYet notYet -> new Outcome.NotShown(notYet.text());
            case PropagationCheck.Look.Failed failed -> new Outcome.NotShown(failed.text());
        };
    }
}
