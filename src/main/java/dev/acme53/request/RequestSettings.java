package dev.acme53.request;

/// Which parts of this stage run (behaviour.md §6.3).
///
/// @param approve `certificaterequests-approver`
/// @param sign `certificaterequests-issuer-acme`
public record RequestSettings(boolean approve, boolean sign) {}
