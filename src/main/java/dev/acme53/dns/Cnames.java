package dev.acme53.dns;

import dev.acme53.names.DnsName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// Where CNAMEs lead.
///
/// A wildcard's CNAME (RFC 4592) looks as if it were the name's own, and gives way to whatever is written at the name.
/// So it is not followed (ADR 16). What it shows at a name it shows at any other: names beside it are asked for too.
public final class Cnames {
    private static final int LONGEST_CHAIN = 32;

    /// Nobody's, and no longer than `_acme-challenge`, so that it fits beside it.
    private static final String SIBLING = "_acme53-sibling";

    private final Questions questions;
    private final List<Nameserver> servers;

    Cnames(Questions questions, List<Nameserver> servers) {
        this.questions = questions;
        this.servers = servers;
    }

    /// Follows the chain from `name`, as the recursive servers show it, to the first name that has no CNAME of its own,
    /// which need not exist. What a sibling shows too is a wildcard's.
    public Followed follow(DnsName name) {
        return follow(name, (_, isSame) -> isSame ? new Owner.Wildcard() : new Owner.Name());
    }

    /// As above, where `judge` says whose a CNAME is when names beside it have one as well.
    public Followed follow(DnsName name, Judge judge) {
        var seen = new LinkedHashSet<DnsName>();
        var current = name;
        while (seen.add(current) && seen.size() <= LONGEST_CHAIN) {
            switch (next(current)) {
                case Step.End _ -> {
                    return new Followed.At(current);
                }
                case Step.Unknown(String text) -> {
                    return new Followed.Failed(text);
                }
                case Step.To(Name target) -> {
                    switch (owner(current, target, judge)) {
                        case Owner.Wildcard _ -> {
                            return new Followed.At(current);
                        }
                        case Owner.Unknown(String text) -> {
                            return new Followed.Failed(text);
                        }
                        case Owner.Name _ -> {
                            var usable = DnsName.parse(target.toString());
                            if (usable.isEmpty()) {
                                return new Followed.Failed(
                                        "the CNAME record of " + current + " leads to no usable name");
                            }
                            current = usable.get();
                        }
                    }
                }
            }
        }
        return new Followed.Failed(
                "the CNAME records of " + name + " lead in a circle or over more than " + LONGEST_CHAIN + " names");
    }

    private Owner owner(DnsName name, Name target, Judge judge) {
        var isBesideAny = false;
        for (var sibling : siblings(name)) {
            switch (next(sibling)) {
                case Step.End _ -> {
                    // no wildcard here
                }
                case Step.Unknown(String text) -> {
                    return new Owner.Unknown(text);
                }
                case Step.To(Name shown) -> {
                    if (shown.equals(target)) {
                        return judge.of(name, true);
                    }
                    isBesideAny = true;
                }
            }
        }
        return isBesideAny ? judge.of(name, false) : new Owner.Name();
    }

    /// Names that nobody has, beside `name` and beside those above it: once something is written at the name, a
    /// wildcard further up no longer covers what is beside it (RFC 4592 §2.2.2), though resolvers remember it.
    private static List<DnsName> siblings(DnsName name) {
        return Stream.iterate(name.parent(), Optional::isPresent, p -> p.flatMap(DnsName::parent))
                .flatMap(Optional::stream)
                .takeWhile(p -> p.labels().size() >= 2 || p.equals(name.parent().orElseThrow()))
                .flatMap(p -> DnsName.parse(SIBLING + "." + p).stream())
                .toList();
    }

    private Step next(DnsName name) {
        return switch (questions.askFirst(servers, name, Type.CNAME)) {
            case Answer.None none -> new Step.Unknown(none.text());
            case Answer.Given given when given.isPositive() -> target(name, given);
            case Answer.Given _ -> new Step.End();
        };
    }

    private static Step target(DnsName name, Answer.Given given) {
        return given.records().stream()
                .filter(CNAMERecord.class::isInstance)
                .map(CNAMERecord.class::cast)
                .filter(r -> DnsName.parse(r.getName().toString())
                        .filter(name::equals)
                        .isPresent())
                .findFirst()
                .<Step>map(r -> new Step.To(r.getTarget()))
                .orElseGet(Step.End::new);
    }

    private sealed interface Step {
        record To(Name target) implements Step {}

        record End() implements Step {}

        record Unknown(String text) implements Step {}
    }

    /// Whose a CNAME record is that DNS shows at a name.
    public sealed interface Owner {
        /// The name's own.
        record Name() implements Owner {}

        record Wildcard() implements Owner {}

        record Unknown(String text) implements Owner {}
    }

    /// Says whose a CNAME is that may be a wildcard's.
    @FunctionalInterface
    public interface Judge {
        /// May block.
        /// @param name where the CNAME shows
        /// @param isSame whether a name beside it leads to the same target; else one leads elsewhere
        Owner of(DnsName name, boolean isSame);
    }

    /// Where a chain ends.
    public sealed interface Followed {
        /// It ends here.
        /// @param name the last one; the first when it has no CNAME of its own
        record At(DnsName name) implements Followed {}

        record Failed(String text) implements Followed {}
    }
}
