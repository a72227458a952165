package dev.acme53.route53;

import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.route53.Route53Client;

/// A request that an account's budget has granted: to be made at once, or to be given back.
///
/// @param budget that of the account of whoever it was granted to
/// @param caller to whom
record Turn(RequestBudget budget, Caller caller) {
    /// Makes it.
    /// @param caller of the account that it was granted to
    /// @throws SdkException what the call threw
    <T> T call(Caller caller, Function<Route53Client, T> call) {
        try {
            return call.apply(caller.client().get());
        } catch (SdkException e) {
            if (Route53Failures.isOverRate(e)) {
                budget.throttled();
            }
            throw e;
        }
    }

    /// It is not needed any more.
    void giveBack() {
        budget.giveBack();
    }
}
