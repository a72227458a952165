package dev.acme53.route53;

import dev.acme53.route53.RecordChanges.ChangeResult;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.route53.model.Change;

/// Records of one identity that go to Route 53 in one call.
///
/// @param entries at least one
/// @param split what it is the half of; `null` when it was not made by looking for a bad entry
/// @param complaint what Route 53 has said of its one entry, to be settled by itself ([OddRecord]); `null` when nothing
record Part(
        List<Entry> entries,
        @Nullable Split split,
        @Nullable Complaint complaint) {
    private static final Comparator<Entry> ORDER = Comparator.comparing(Entry::isWantedPresent)
            .thenComparing(e -> e.record().name().text())
            .thenComparing(e -> e.record().value());

    Part {
        entries = List.copyOf(entries);
    }

    static Part of(List<Entry> entries) {
        return new Part(entries, null, null);
    }

    static Part odd(Entry entry, Complaint complaint) {
        return new Part(List.of(entry), null, complaint);
    }

    Caller caller() {
        return entries.getLast().caller();
    }

    List<ChallengeRecord> records() {
        return entries.stream().map(Entry::record).toList();
    }

    /// Whether it is not to be put together anew.
    boolean isAsItIs() {
        return split != null || complaint != null;
    }

    boolean isSingle() {
        return entries.size() == 1;
    }

    /// What it is the half of, when Route 53 took the other: then it need not be asked to know that it refuses this
    /// one.
    Optional<Split> refusedUnasked() {
        return Optional.ofNullable(split).filter(s -> s.isFirstTaken() && (s.wasDenied() || !isSingle()));
    }

    /// Deletions first, names in order.
    List<Change> changes() {
        return entries.stream().sorted(ORDER).map(Entry::change).toList();
    }

    /// Two halves, which know of each other.
    /// @param failure why this was refused
    /// @param denied whether to us, or else for what is in it
    List<Part> halves(Route53Failure failure, boolean denied) {
        var middle = entries.size() / 2;
        var split = new Split(failure, denied);
        var first = new Part(entries.subList(0, middle), split, null);
        split.begin(first);
        return List.of(first, new Part(entries.subList(middle, entries.size()), split, null));
    }

    void complete(ChangeResult result) {
        entries.forEach(e -> e.complete(result));
    }
}
