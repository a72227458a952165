package dev.acme53.dns;

import dev.acme53.names.DnsName;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/// Whether a TXT record can be seen by those who will look for it: at all authoritative servers of its zone, or
/// at all recursive servers that are configured (behaviour.md §4.3).
public final class PropagationCheck {
    private static final String WILDCARD = ": a wildcard's CNAME record still shows in its place";

    private final Questions questions;
    private final Cnames cnames;
    private final ZoneCuts zoneCuts;
    private final List<Nameserver> servers;
    private final boolean recursiveOnly;

    PropagationCheck(
            Questions questions, Cnames cnames, ZoneCuts zoneCuts, List<Nameserver> servers, boolean recursiveOnly) {
        this.questions = questions;
        this.cnames = cnames;
        this.zoneCuts = zoneCuts;
        this.servers = servers;
        this.recursiveOnly = recursiveOnly;
    }

    /// Looks once, following CNAMEs from `name`.
    ///
    /// @param value unquoted; other TXT values may stand beside it
    /// @param judge whose a CNAME is that may be a wildcard's
    public Look look(DnsName name, String value, Cnames.Judge judge) {
        return switch (cnames.follow(name, judge)) {
            case Cnames.Followed.Failed failed -> new Look.Failed(failed.text());
            case Cnames.Followed.At at when recursiveOnly -> lookAtAll(servers, at.name(), value);
            case Cnames.Followed.At at ->
                switch (zoneCuts.zoneOf(at.name())) {
                    case ZoneCuts.ZoneCut.Failed failed -> new Look.Failed(failed.text());
                    case ZoneCuts.ZoneCut.At zone ->
                        lookAtAll(
                                zone.nameservers().stream()
                                        .<Nameserver>map(n -> new Nameserver.Plain(n.text(), Nameserver.PORT))
                                        .toList(),
                                at.name(),
                                value);
                };
        };
    }

    /// All are asked at the same time; the text of a failure is that of the first in their order.
    private Look lookAtAll(List<Nameserver> asked, DnsName name, String value) {
        var looks = new ArrayList<Future<Look>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var server : asked) {
                looks.add(threads.submit(() -> lookAt(server, name, value)));
            }
        }
        return looks.stream().map(Future::resultNow).reduce(new Look.Visible(), PropagationCheck::worse);
    }

    private static Look worse(Look a, Look b) {
        return switch (a) {
            case Look.Failed _ -> a;
            case Look.NotYet _ -> b instanceof Look.Failed ? b : a;
            case Look.Visible _ -> b;
        };
    }

    private Look lookAt(Nameserver server, DnsName name, String value) {
        return switch (questions.ask(server, name, Type.TXT)) {
            case Answer.None none -> new Look.Failed(none.text());
            case Answer.Given given
            when given.isPositive() ->
                holds(given, value) ? new Look.Visible() : notYet(name, hasCname(given) ? WILDCARD : "");
            case Answer.Given given when given.isNoSuchName() -> notYet(name, "");
            case Answer.Given given -> new Look.Failed(Questions.refusal(given, server, name, Type.TXT));
        };
    }

    private static Look notYet(DnsName name, String instead) {
        return new Look.NotYet("DNS record for \"" + name + "\" not yet propagated" + instead);
    }

    /// The name that is looked at has no CNAME of its own.
    private static boolean hasCname(Answer.Given given) {
        return given.records().stream().anyMatch(CNAMERecord.class::isInstance);
    }

    private static boolean holds(Answer.Given given, String value) {
        return given.records().stream()
                .filter(TXTRecord.class::isInstance)
                .map(TXTRecord.class::cast)
                .anyMatch(txt -> joined(txt).equals(value));
    }

    private static String joined(TXTRecord txt) {
        var all = new ByteArrayOutputStream();
        txt.getStringsAsByteArrays().forEach(all::writeBytes);
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /// What one look showed. Texts are the same from one look to the next as long as the state is.
    public sealed interface Look {
        record Visible() implements Look {}

        /// A server has no such value, or no such name, yet.
        record NotYet(String text) implements Look {}

        /// It cannot be known: a server is silent or refuses, CNAMEs lead in a circle, no zone is found.
        record Failed(String text) implements Look {}
    }
}
