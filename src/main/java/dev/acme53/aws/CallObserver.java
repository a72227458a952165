package dev.acme53.aws;

/// Told of each call to AWS once it has ended, the SDK's repetitions of it included. Must not block.
@FunctionalInterface
public interface CallObserver {
    /// Does not care.
    CallObserver NONE = (_, _, _) -> {};

    /// A call has ended.
    /// @param service as the SDK calls it: `Route53`, `Sts`
    /// @param operation of the service's API, such as `GetChange`
    void ended(String service, String operation, CallResult result);
}
