package dev.acme53.route53;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeInfo;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;

/// Takes a batch or not, and need not say why: for words that Route 53 might use and nobody has seen yet.
final class StrictRoute53 implements Route53Client {
    final AtomicInteger writes = new AtomicInteger();
    final AtomicInteger denied = new AtomicInteger();

    private final Function<List<Change>, RuntimeException> verdict;
    private final int throttledEvery;
    private final Runnable listed;

    /// @param verdict `null` for a batch that is taken
    /// @param throttledEvery so many calls; 0 for never
    StrictRoute53(Function<List<Change>, RuntimeException> verdict, int throttledEvery) {
        this(verdict, throttledEvery, () -> {});
    }

    /// @param listed is told that record sets are listed; there are none
    StrictRoute53(Function<List<Change>, RuntimeException> verdict, int throttledEvery, Runnable listed) {
        this.verdict = verdict;
        this.throttledEvery = throttledEvery;
        this.listed = listed;
    }

    @Override
    public ChangeResourceRecordSetsResponse changeResourceRecordSets(ChangeResourceRecordSetsRequest request) {
        var number = writes.incrementAndGet();
        if (throttledEvery > 0 && number % throttledEvery == 0) {
            throw FakeRoute53.error(400, "Throttling", "Rate exceeded");
        }
        var error = verdict.apply(request.changeBatch().changes());
        if (error != null) {
            denied.incrementAndGet();
            throw error;
        }
        return ChangeResourceRecordSetsResponse.builder()
                .changeInfo(ChangeInfo.builder().id("/change/C" + number).build())
                .build();
    }

    @Override
    public ListResourceRecordSetsResponse listResourceRecordSets(ListResourceRecordSetsRequest request) {
        listed.run();
        return ListResourceRecordSetsResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return "route53";
    }

    @Override
    public void close() {}
}
