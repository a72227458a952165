package dev.acme53.request;

import dev.acme53.api.CertificateRequest;

/// Which parts of this stage run (behaviour.md §6.3).
///
/// @param approve `certificaterequests-approver`
/// @param signers whose requests it approves
/// @param sign `certificaterequests-issuer-acme`
public record RequestSettings(boolean approve, SignerNames signers, boolean sign) {
    boolean mayApprove(CertificateRequest request) {
        return approve && signers.cover(request);
    }
}
