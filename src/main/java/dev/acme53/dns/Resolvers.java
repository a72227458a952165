package dev.acme53.dns;

import dev.acme53.names.DnsName;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Type;

/// The recursive servers that answer our questions, and whether they alone count for propagation. What they say is kept
/// for as long as it may be (ADR 15); whether a record shows is asked each time.
///
/// Safe for any number of threads.
public final class Resolvers implements AutoCloseable {
    private final Exchange exchange;
    private final List<Nameserver> servers;
    private final boolean recursiveOnly;
    private final KeptAnswers kept;

    private Resolvers(Exchange exchange, List<Nameserver> servers, boolean recursiveOnly, KeptAnswers kept) {
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("at least one name server is needed");
        }
        this.exchange = exchange;
        this.servers = List.copyOf(servers);
        this.recursiveOnly = recursiveOnly;
        this.kept = kept;
    }

    /// The servers that the flags name.
    /// @param servers recursive ones, asked in this order; at least one
    /// @param recursiveOnly whether the propagation check asks them all instead of the authoritative ones
    /// (`--dns01-recursive-nameservers-only`)
    public static Resolvers of(List<Nameserver> servers, boolean recursiveOnly, InstantSource clock, DohSettings doh) {
        return over(new NetworkExchange(NetworkExchange.TIMEOUT, doh), servers, recursiveOnly, clock);
    }

    static Resolvers over(Exchange exchange, List<Nameserver> servers, boolean recursiveOnly, InstantSource clock) {
        return new Resolvers(exchange, servers, recursiveOnly, new KeptAnswers(clock));
    }

    /// Other servers, which alone count for propagation, as a solver's own `nameservers` do. They share the network
    /// and what is kept; closing them is the matter of this one.
    public Resolvers only(List<Nameserver> others) {
        return new Resolvers(exchange, others, true, kept);
    }

    public Cnames cnames() {
        return new Cnames(questions(), servers);
    }

    public ZoneCuts zoneCuts() {
        return new ZoneCuts(questions(), servers);
    }

    /// Whether one of the name servers has a public address, as the recursive servers show it. Those of a private view
    /// of DNS have none: what such a view says of a zone does not hold for the CA.
    public boolean arePublic(Set<DnsName> nameservers) {
        var questions = questions();
        return nameservers.stream()
                .anyMatch(name -> questions.askFirst(servers, name, Type.A) instanceof Answer.Given given
                        && given.records().stream().anyMatch(r -> r instanceof ARecord a && isPublic(a.getAddress())));
    }

    private Questions questions() {
        return new Questions(exchange, kept);
    }

    private static boolean isPublic(InetAddress address) {
        return !(address.isSiteLocalAddress() || address.isLoopbackAddress() || address.isLinkLocalAddress());
    }

    public PropagationCheck propagation() {
        return new PropagationCheck(questions(), cnames(), zoneCuts(), servers, recursiveOnly);
    }

    @Override
    public void close() {
        if (exchange instanceof NetworkExchange network) {
            network.close();
        }
    }
}
