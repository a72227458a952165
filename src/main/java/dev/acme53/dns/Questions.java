package dev.acme53.dns;

import dev.acme53.names.DnsName;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// Questions with recursion desired, and their answers as values.
///
/// What recursive servers are asked for us is kept ([#askFirst]); what one server shows at this moment is not ([#ask]).
final class Questions {
    /// Octets of an answer by UDP that we take (EDNS0, RFC 6891).
    private static final int PAYLOAD = 4096;

    private final Exchange exchange;
    private final KeptAnswers kept;

    Questions(Exchange exchange, KeptAnswers kept) {
        this.exchange = exchange;
        this.kept = kept;
    }

    /// Asks one server, each time.
    /// @param type of [Type]
    Answer ask(Nameserver server, DnsName name, int type) {
        try {
            var query = Message.newQuery(Record.newRecord(absolute(name), type, DClass.IN));
            query.addRecord(new OPTRecord(PAYLOAD, 0, 0), Section.ADDITIONAL);
            var answer = exchange.ask(server, query);
            return new Answer.Given(
                    answer.getRcode(), List.copyOf(answer.getSection(Section.ANSWER)), Lifetime.of(answer));
        } catch (IOException e) {
            return new Answer.None("no answer from " + server + " to " + question(name, type) + ": " + stable(e));
        }
    }

    /// Asks the servers one after the other until one answers with NOERROR or NXDOMAIN; else the first failure. Or
    /// what they said before, for as long as that may be kept.
    Answer askFirst(List<Nameserver> servers, DnsName name, int type) {
        return kept.get(new KeptAnswers.Question(servers, name, type), () -> first(servers, name, type));
    }

    private Answer first(List<Nameserver> servers, DnsName name, int type) {
        var first = ask(servers.getFirst(), name, type);
        if (isUsable(first)) {
            return first;
        }
        return servers.stream()
                .skip(1)
                .map(server -> ask(server, name, type))
                .filter(Questions::isUsable)
                .findFirst()
                .orElse(first);
    }

    /// The text for an answer that says neither yes nor no.
    static String refusal(Answer.Given answer, Object server, DnsName name, int type) {
        return server + " answers " + Rcode.string(answer.rcode()) + " to " + question(name, type);
    }

    static String question(DnsName name, int type) {
        return Type.string(type) + " " + name;
    }

    private static boolean isUsable(Answer answer) {
        return switch (answer) {
            case Answer.Given given -> given.isPositive() || given.isNoSuchName();
            case Answer.None _ -> false;
        };
    }

    private static Name absolute(DnsName name) throws TextParseException {
        return Name.fromString(name.absolute());
    }

    /// Library messages name query ids and ports, which differ each time.
    private static String stable(IOException e) {
        return switch (e) {
            case UnknownHostException _ -> "no such host";
            case ConnectException _ -> "connection refused";
            case InterruptedIOException _ -> "timed out";
            case HttpTimeoutException _ -> "timed out";
            case NetworkExchange.HttpStatusException status -> status.getMessage();
            case NetworkExchange.UnaskedException unasked -> unasked.getMessage();
            case IOException other when hasTimedOut(other) -> "timed out";
            case IOException _ -> "network error";
        };
    }

    private static boolean hasTimedOut(IOException e) {
        var message = e.getMessage();
        return e.getCause() instanceof TimeoutException
                || (message != null && message.toLowerCase(Locale.ROOT).contains("timed out"));
    }
}
