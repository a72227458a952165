package dev.acme53.challenge;

import dev.acme53.api.Challenge;
import dev.acme53.dns.Nameserver;
import dev.acme53.dns.PropagationCheck;
import dev.acme53.dns.Resolvers;
import java.util.List;

/// A Challenge's look at DNS (behaviour.md §4.3): by the solver's own name servers when it has any, else by the flags'.
///
/// Route 53's word that a change is in sync is what counts. So what DNS shows keeps a Challenge from its CA only where
/// the user wants it by naming resolvers, or where it shows that the name is served elsewhere (ADR 12).
///
/// @param strict whether the flags name resolvers, all of which have to show the record
record DnsLook(Resolvers resolvers, Elsewhere elsewhere, boolean strict) {
    Outcome look(Challenge challenge) {
        var spec = challenge.getSpec();
        var own = own(challenge);
        Resolvers asked;
        try {
            asked = own.isEmpty()
                    ? resolvers
                    : resolvers.only(own.stream().map(Nameserver::of).toList());
        } catch (IllegalArgumentException e) {
            return new Outcome.NotShown("dns01.nameservers of the issuer's solver: " + e.getMessage());
        }
        var name = ChallengeName.of(spec).orElseThrow();
        return switch (asked.propagation().look(name, spec.key(), RecordPlaces.judge(challenge))) {
            case PropagationCheck.Look.Visible _ -> new Outcome.Shown();
            case PropagationCheck.Look.NotYet notYet -> notShown(challenge, notYet.text());
            case PropagationCheck.Look.Failed failed -> notShown(challenge, failed.text());
        };
    }

    /// Whether the record has to be seen, however long that takes.
    boolean isStrict(Challenge challenge) {
        return strict || !own(challenge).isEmpty();
    }

    private Outcome notShown(Challenge challenge, String text) {
        return isStrict(challenge)
                ? new Outcome.NotShown(text)
                : elsewhere
                        .sentence(challenge)
                        .<Outcome>map(Outcome.NotShown::new)
                        .orElseGet(() -> new Outcome.Unsettled(text));
    }

    private static List<String> own(Challenge challenge) {
        var dns01 = challenge.getSpec().solver().dns01();
        return dns01 == null ? List.of() : dns01.nameservers();
    }
}
