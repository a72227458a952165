package dev.acme53.route53;

import dev.acme53.route53.Route53Failures.Operation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.route53.model.NoSuchChangeException;

/// Asks Route 53 about a change, one `GetChange` each time.
public final class ChangeTracker implements Changes {
    @Override
    public ChangeStatus status(Caller caller, String changeId) {
        try {
            var info = caller.client().get().getChange(r -> r.id(changeId)).changeInfo();
            return switch (info.status()) {
                case INSYNC -> new ChangeStatus.InSync();
                case PENDING, UNKNOWN_TO_SDK_VERSION -> new ChangeStatus.Pending();
            };
        } catch (NoSuchChangeException _) {
            return new ChangeStatus.Unknown();
        } catch (SdkException e) {
            return new ChangeStatus.Failed(Route53Failures.of(Operation.STATUS, e));
        }
    }
}
