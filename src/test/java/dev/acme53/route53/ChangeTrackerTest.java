package dev.acme53.route53;

import static dev.acme53.route53.FakeRoute53.error;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.GetChangeRequest;

class ChangeTrackerTest {
    private final FakeRoute53 route53 = new FakeRoute53();

    private Changes.ChangeStatus status() {
        return new ChangeTracker().status(route53.caller("me"), "C1");
    }

    @Test
    void aChangeIsPendingUntilItIsInSync() {
        assertThat(status()).isEqualTo(new Changes.ChangeStatus.Pending());
        route53.changesAre(ChangeStatus.INSYNC);
        assertThat(status()).isEqualTo(new Changes.ChangeStatus.InSync());
        assertThat(route53.requests(GetChangeRequest.class))
                .extracting(GetChangeRequest::id)
                .containsExactly("C1", "C1");
    }

    @Test
    void aChangeThatRoute53DoesNotKnowIsUnknownAndNoFailure() {
        route53.nextFails(error(404, "NoSuchChange", "Could not find resource with ID: C1"));
        assertThat(status()).isEqualTo(new Changes.ChangeStatus.Unknown());
    }

    @Test
    void t70ADeniedLookNamesThePermission() {
        route53.nextFails(error(403, "AccessDenied", "User x is not authorized"));
        assertThat(status())
                .isEqualTo(new Changes.ChangeStatus.Failed(new Route53Failure.Permanent(
                        "failed to follow the Route 53 change with route53:GetChange: AccessDenied: User x is not "
                                + "authorized")));
    }
}
