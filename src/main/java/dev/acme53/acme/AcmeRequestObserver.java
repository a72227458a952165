package dev.acme53.acme;

/// Whoever counts requests. Called on the requesting thread: must be quick and must not throw.
@FunctionalInterface
public interface AcmeRequestObserver {
    void ended(AcmeRequest request);
}
