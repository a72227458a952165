package dev.acme53.certificate;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All CertificateRequests that a Certificate controls.
record OwnedRequests(List<OwnedRequest> all) {
    static final OwnedRequests NONE = new OwnedRequests(List.of());

    OwnedRequests {
        all = List.copyOf(all);
    }

    /// Those of one revision.
    List<OwnedRequest> ofRevision(long revision) {
        return all.stream().filter(r -> r.isOfRevision(revision)).toList();
    }

    /// The request that the certificate in the Secret came of: the one of `status.revision`. Empty when the revision
    /// is unset, or the request was deleted.
    Optional<OwnedRequest> current(@Nullable Long revision) {
        return revision == null
                ? Optional.empty()
                : ofRevision(revision).stream().findFirst();
    }

    /// Those of the revision that would be issued next.
    List<OwnedRequest> next(@Nullable Long revision) {
        return ofRevision(nextRevision(revision));
    }

    static long nextRevision(@Nullable Long revision) {
        return revision == null ? 1 : revision + 1;
    }

    /// Those without a revision that can be read.
    List<OwnedRequest> withoutRevision() {
        return all.stream().filter(r -> r.revision().isEmpty()).toList();
    }

    /// The issued revisions beyond the newest `kept`, by revision (behaviour.md §1.9). The next revision's request is
    /// never among them: it is still needed.
    List<OwnedRequest> obsolete(@Nullable Long revision, int kept) {
        return all.stream()
                .filter(r -> revision != null
                        && r.revision().isPresent()
                        && r.revision().getAsLong() <= revision)
                .sorted(Comparator.comparingLong(
                                (OwnedRequest r) -> r.revision().orElseThrow())
                        .reversed())
                .skip(kept)
                .toList();
    }

    OwnedRequests with(OwnedRequest request) {
        return new OwnedRequests(Stream.concat(
                        all.stream().filter(r -> !r.name().equals(request.name())), Stream.of(request))
                .toList());
    }

    OwnedRequests without(List<OwnedRequest> gone) {
        return new OwnedRequests(all.stream().filter(r -> !gone.contains(r)).toList());
    }
}
