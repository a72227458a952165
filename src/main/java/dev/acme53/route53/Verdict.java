package dev.acme53.route53;

import dev.acme53.route53.RecordChanges.ChangeResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an answer means for each record of the part that was sent.
///
/// A batch comes to be as a whole or not at all. Where Route 53 says which record it rejects, that one is settled by
/// itself and all others are sent together; where it does not, the part is halved. A part that is denied is halved too,
/// since policies may name records, but only while one half passes: with both denied it is the whole that is denied.
///
/// @param results of those that are done
/// @param odd each rejected record, with what is said of it
/// @param next to be sent, in this order
/// @param denied those of which it is known by now that they are denied; they are among the results
/// @param wholly whether these were all of a batch
record Verdict(
        Map<Entry, ChangeResult> results,
        Map<Entry, Complaint> odd,
        List<Part> next,
        List<Part> denied,
        boolean wholly) {
    private static final Verdict NONE = new Verdict(Map.of(), Map.of(), List.of(), List.of(), false);

    static Verdict on(Part part, BatchAnswer.Accepted accepted) {
        var results = all(part, new ChangeResult.Accepted(accepted.changeId(), false));
        var split = part.split();
        if (split == null) {
            return done(results);
        }
        if (split.beginsWith(part)) {
            split.firstTaken();
            return done(results);
        }
        var first = split.deniedFirst();
        if (first == null) {
            return done(results);
        }
        return first.isSingle()
                ? new Verdict(
                        joined(results, all(first, new ChangeResult.Failed(split.failure()))),
                        Map.of(),
                        List.of(),
                        List.of(first),
                        false)
                : new Verdict(results, Map.of(), first.halves(split.failure(), true), List.of(), false);
    }

    static Verdict on(Part part, BatchAnswer.Denied answer) {
        var split = part.split();
        if (split != null && split.wasDenied()) {
            if (split.beginsWith(part) && !split.isSecondHeld()) {
                split.firstDenied();
                return NONE;
            }
            var first = split.deniedFirst();
            if (first != null) {
                return denied(List.of(first, part), answer.failure(), true);
            }
        }
        return part.isSingle()
                ? denied(List.of(part), answer.failure(), false)
                : new Verdict(Map.of(), Map.of(), part.halves(answer.failure(), true), List.of(), false);
    }

    static Verdict on(Part part, BatchAnswer.Rejected answer) {
        var odd = new LinkedHashMap<Entry, Complaint>();
        var rest = new ArrayList<Entry>();
        for (var entry : part.entries()) {
            answer.complaints().stream()
                    .filter(c -> c.isAbout(entry.record()))
                    .findFirst()
                    .ifPresentOrElse(c -> odd.put(entry, c), () -> rest.add(entry));
        }
        if (odd.isEmpty() && part.isSingle()) {
            odd.put(part.entries().getFirst(), Complaint.together(answer.complaints()));
            rest.clear();
        }
        var next = rest.isEmpty()
                ? List.<Part>of()
                : odd.isEmpty() ? part.halves(answer.failure(), false) : List.of(Part.of(rest));
        return new Verdict(Map.of(), odd, next, List.of(), false).after(part);
    }

    static Verdict on(Part part, BatchAnswer.Failed answer) {
        return done(all(part, new ChangeResult.Failed(answer.failure()))).after(part);
    }

    /// What is refused for the zone, whoever else's records were in it.
    static Verdict onAll(Part part, Route53Failure failure) {
        return denied(List.of(part), failure, true).after(part);
    }

    /// Without asking: nothing of `part` is to be sent.
    static Verdict held(Part part, Route53Failure failure) {
        var split = part.split();
        if (split != null && !split.beginsWith(part)) {
            split.secondHeld();
        }
        return done(all(part, new ChangeResult.Failed(failure))).after(part);
    }

    /// Without asking: Route 53 took the first half of the same whole, so that what it refused is in `part`.
    static Verdict onSecond(Part part, Split split) {
        return part.isSingle()
                ? denied(List.of(part), split.failure(), false)
                : new Verdict(Map.of(), Map.of(), part.halves(split.failure(), split.wasDenied()), List.of(), false);
    }

    /// When the second half has its answer and it was not a denial, the first that was denied has its own.
    private Verdict after(Part part) {
        var split = part.split();
        var first = split == null || split.beginsWith(part) ? null : split.deniedFirst();
        return split == null || first == null
                ? this
                : new Verdict(
                        joined(results, all(first, new ChangeResult.Failed(split.failure()))),
                        odd,
                        next,
                        List.of(first),
                        false);
    }

    private static Verdict denied(List<Part> parts, Route53Failure failure, boolean wholly) {
        var results = new LinkedHashMap<Entry, ChangeResult>();
        parts.forEach(p -> results.putAll(all(p, new ChangeResult.Failed(failure))));
        return new Verdict(results, Map.of(), List.of(), parts, wholly);
    }

    private static Verdict done(Map<Entry, ChangeResult> results) {
        return new Verdict(results, Map.of(), List.of(), List.of(), false);
    }

    private static Map<Entry, ChangeResult> all(Part part, ChangeResult result) {
        var results = new LinkedHashMap<Entry, ChangeResult>();
        part.entries().forEach(e -> results.put(e, result));
        return results;
    }

    private static Map<Entry, ChangeResult> joined(Map<Entry, ChangeResult> some, Map<Entry, ChangeResult> others) {
        var results = new LinkedHashMap<>(some);
        results.putAll(others);
        return results;
    }
}
