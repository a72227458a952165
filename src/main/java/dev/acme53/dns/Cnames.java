package dev.acme53.dns;

import dev.acme53.names.DnsName;
import java.util.LinkedHashSet;
import java.util.List;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Type;

/// Where CNAMEs lead.
public final class Cnames {
    private static final int LONGEST_CHAIN = 32;

    private final Questions questions;
    private final List<Nameserver> servers;

    Cnames(Questions questions, List<Nameserver> servers) {
        this.questions = questions;
        this.servers = servers;
    }

    /// Follows the chain from `name`, as the recursive servers show it, to the first name that has no CNAME, which
    /// need not exist.
    public Followed follow(DnsName name) {
        var seen = new LinkedHashSet<DnsName>();
        var current = name;
        while (seen.add(current) && seen.size() <= LONGEST_CHAIN) {
            switch (next(current)) {
                case Step.To to -> current = to.name;
                case Step.End _ -> {
                    return new Followed.At(current);
                }
                case Step.Unknown unknown -> {
                    return new Followed.Failed(unknown.text);
                }
            }
        }
        return new Followed.Failed(
                "the CNAME records of " + name + " lead in a circle or over more than " + LONGEST_CHAIN + " names");
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
                .<Step>map(r -> DnsName.parse(r.getTarget().toString())
                        .<Step>map(Step.To::new)
                        .orElseGet(() -> new Step.Unknown("the CNAME record of " + name + " leads to no usable name")))
                .orElseGet(Step.End::new);
    }

    private sealed interface Step {
        record To(DnsName name) implements Step {}

        record End() implements Step {}

        record Unknown(String text) implements Step {}
    }

    /// Where a chain ends.
    public sealed interface Followed {
        /// It ends here.
        /// @param name the last one; the first when it has no CNAME
        record At(DnsName name) implements Followed {}

        record Failed(String text) implements Followed {}
    }
}
