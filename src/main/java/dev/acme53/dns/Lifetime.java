package dev.acme53.dns;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/// How long an answer may be kept: as long as the shortest-lived of its records, and one that holds nothing of the type
/// asked for no longer than its zone's SOA record allows (RFC 2308 §5).
///
/// Within bounds (ADR 15): who mends a record waits for what its resolver remembers, and not much longer for us.
final class Lifetime {
    static final Duration LONGEST = Duration.ofMinutes(10);
    static final Duration LONGEST_OF_NOTHING = Duration.ofMinutes(1);

    private Lifetime() {}

    /// Zero for what is not to be kept: a refusal, or nothing without an SOA record.
    static Duration of(Message answer) {
        var records = answer.getSection(Section.ANSWER);
        var ttls = records.stream().mapToLong(Record::getTTL);
        return switch (answer.getRcode()) {
            case Rcode.NOERROR -> holdsWhatWasAsked(answer) ? bounded(ttls.min(), LONGEST) : ofNothing(answer, ttls);
            case Rcode.NXDOMAIN -> ofNothing(answer, ttls);
            default -> Duration.ZERO;
        };
    }

    private static boolean holdsWhatWasAsked(Message answer) {
        var question = answer.getQuestion();
        return question != null
                && answer.getSection(Section.ANSWER).stream().anyMatch(r -> r.getType() == question.getType());
    }

    private static Duration ofNothing(Message answer, LongStream ttls) {
        var allowed = answer.getSection(Section.AUTHORITY).stream()
                .filter(SOARecord.class::isInstance)
                .map(SOARecord.class::cast)
                .mapToLong(soa -> Math.min(soa.getTTL(), soa.getMinimum()))
                .min();
        return allowed.isEmpty()
                ? Duration.ZERO
                : bounded(LongStream.concat(ttls, allowed.stream()).min(), LONGEST_OF_NOTHING);
    }

    private static Duration bounded(OptionalLong seconds, Duration longest) {
        var wanted = Duration.ofSeconds(seconds.orElse(0));
        return wanted.compareTo(longest) < 0 ? wanted : longest;
    }
}
