package dev.acme53.route53;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A hosted zone that is written to, as it is at one moment, for people to look at.
///
/// @param lines who waits, by credentials, those in the open call among them
/// @param next what waits for the request budget
/// @param open the call under way
/// @param nextTry when Route 53, which was busy or had too many requests, is called again
/// @param sent what it took from this zone's lane since that began
public record ZoneLane(
        String partition,
        String zoneId,
        List<Line> lines,
        Optional<NextCall> next,
        Optional<OpenCall> open,
        Optional<Instant> nextTry,
        Sent sent) {

    public ZoneLane {
        lines = List.copyOf(lines);
    }

    /// Records that wait to be sent, or for the answer, with the same credentials.
    /// @param credentials whose they are, in words without secrets
    /// @param records how many, one that several want as often as they do
    /// @param oldest since when the first of them is wanted
    public record Line(String credentials, int records, Instant oldest) {
        /// Both together.
        Line and(Line other) {
            return new Line(
                    credentials, records + other.records, oldest.isBefore(other.oldest) ? oldest : other.oldest);
        }
    }

    /// A call that waits for its turn in the account's request budget. It will have all of these credentials in it that
    /// wait by then.
    public record NextCall(String credentials, Instant since) {}

    /// A call that has no answer yet.
    public record OpenCall(String credentials, int records, Instant since) {}

    /// Changes that Route 53 accepted.
    /// @param last when the last of them was accepted; empty when there was none
    public record Sent(long batches, long records, Optional<Instant> last) {
        static final Sent NOTHING = new Sent(0, 0, Optional.empty());

        Sent more(int moreRecords, Instant now) {
            return new Sent(batches + 1, records + moreRecords, Optional.of(now));
        }
    }
}
