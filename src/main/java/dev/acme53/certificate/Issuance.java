package dev.acme53.certificate;

import dev.acme53.api.Annotations;
import dev.acme53.api.Condition;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.FieldManagers;
import dev.acme53.api.OrderWait;
import dev.acme53.api.Reasons;
import dev.acme53.certificate.CertificateStep.CollectCertificate;
import dev.acme53.certificate.CertificateStep.CreateRequest;
import dev.acme53.certificate.CertificateStep.DeleteRequests;
import dev.acme53.certificate.CertificateStep.Edit;
import dev.acme53.certificate.CertificateStep.IssueTemporary;
import dev.acme53.x509.DecodedCsr;
import dev.acme53.x509.PrivateKeys;
import java.security.PublicKey;
import java.util.Optional;
import java.util.stream.Stream;

/// What is done next while `Issuing` is True: the next private key, then the CertificateRequest, then its outcome
/// (behaviour.md §1.4 to §1.6).
final class Issuance {
    private Issuance() {}

    /// Empty when only an event can bring things on.
    static Optional<CertificateStep> next(Picture p) {
        return NextKeyDecision.next(p).or(() -> switch (p.nextKey()) {
            case NextKey.Usable(var secret, var key) -> request(p, secret, key);
            case NextKey.Unknown _, NextKey.Absent _, NextKey.Foreign _, NextKey.Broken _ -> Optional.empty();
        });
    }

    private static Optional<CertificateStep> request(Picture p, SecretIdentity nextKey, PublicKey key) {
        var next = p.requests().next(p.status().revision());
        var unfit = Stream.concat(
                        p.requests().withoutRevision().stream(),
                        next.stream().filter(request -> !fits(p, request, key) || failedBefore(p, request)))
                .toList();
        if (!unfit.isEmpty()) {
            return Optional.of(new DeleteRequests(unfit));
        }
        return switch (next.size()) {
            case 0 -> absent(p, nextKey);
            case 1 -> outcome(p, next.getFirst(), nextKey);
            default -> Optional.empty();
        };
    }

    private static Optional<CertificateStep> absent(Picture p, SecretIdentity nextKey) {
        return p.unbuildable().isEmpty()
                ? Optional.of(
                        new CreateRequest(OwnedRequests.nextRevision(p.status().revision()), nextKey))
                : waitFor(
                        p, "another spec: no certificate signing request can be made of this one, " + p.unbuildable());
    }

    private static boolean fits(Picture p, OwnedRequest request, PublicKey key) {
        return request.csr() instanceof DecodedCsr.Decoded(var csr)
                && RequestMatch.differences(p.spec(), request.object().getSpec(), csr)
                        .isEmpty()
                && PrivateKeys.same(csr.publicKey(), key);
    }

    /// Whether it failed in an earlier issuance than the one under way.
    private static boolean failedBefore(Picture p, OwnedRequest request) {
        var failed = request.object().statusOrEmpty().failureTime();
        return request.readyReason().equals(Reasons.Request.FAILED)
                && failed != null
                && CertificateDecision.issuingSince(p).filter(failed::isBefore).isPresent();
    }

    /// A denial wins even over an issued certificate.
    private static Optional<CertificateStep> outcome(Picture p, OwnedRequest request, SecretIdentity nextKey) {
        var refused = request.isTrue(ConditionTypes.DENIED)
                .or(() -> request.isTrue(ConditionTypes.INVALID_REQUEST))
                .or(() -> request.condition(ConditionTypes.READY)
                        .filter(c -> c.reason().equals(Reasons.Request.FAILED)));
        if (refused.isPresent()) {
            return Optional.of(failed(p, refused.get().reason(), refused.get().message()));
        }
        if (request.readyReason().equals(Reasons.Request.ISSUED)) {
            return Optional.of(new CollectCertificate(
                    request, OwnedRequests.nextRevision(p.status().revision()), nextKey));
        }
        return temporary(p, nextKey).or(() -> waitFor(p, pendingMessage(request)));
    }

    /// The issuance failed, for a condition's `reason`.
    static Edit failed(Picture p, String reason, String message) {
        var text = "The certificate request did not succeed and will be tried again: " + message;
        return new Edit(
                new StatusEdit.Failed(reason, text, p.generation(), p.now()),
                Optional.of(Announcement.warning(FieldManagers.ISSUING, reason, text)));
    }

    private static Optional<CertificateStep> temporary(Picture p, SecretIdentity nextKey) {
        if (!"true".equals(p.annotations().get(Annotations.ISSUE_TEMPORARY_CERTIFICATE))) {
            return Optional.empty();
        }
        return switch (p.target()) {
            case TargetSecret.Missing _ -> Optional.of(new IssueTemporary(nextKey));
            case TargetSecret.Read(var facts) -> ReissueReasons.pair(p, facts).map(_ -> new IssueTemporary(nextKey));
            case TargetSecret.InOrder _ -> Optional.empty();
        };
    }

    /// Empty while the request goes its way: that it waits for its Order is news to nobody, and would be one more
    /// write.
    private static String pendingMessage(OwnedRequest request) {
        return request.condition(ConditionTypes.READY)
                .filter(c -> c.reason().equals(Reasons.Request.PENDING))
                .map(Condition::message)
                .filter(message -> !message.isEmpty() && !OrderWait.isAllOf(message))
                .map(message -> "CertificateRequest " + request.name() + ": " + message)
                .orElse("");
    }

    /// Says what is waited for, if it does not stand there yet.
    static Optional<CertificateStep> waitFor(Picture p, String held) {
        var edit = new StatusEdit.WaitingFor(held);
        return edit.apply(p.status()).equals(p.status()) ? Optional.empty() : Optional.of(Edit.silent(edit));
    }
}
