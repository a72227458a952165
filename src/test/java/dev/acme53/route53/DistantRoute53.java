package dev.acme53.route53;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeInfo;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.GetChangeRequest;
import software.amazon.awssdk.services.route53.model.GetChangeResponse;

/// A Route 53 whose answers take their time, and which writes down when it was asked what.
final class DistantRoute53 implements Route53Client {
    /// One call.
    /// @param zone empty for `GetChange`
    /// @param open how many calls were under way then, this one too
    record Asked(Instant at, String zone, int records, int open, boolean refused) {}

    private final SharedTime time;
    private final Duration away;
    private final Function<String, @Nullable RuntimeException> verdict;
    private final List<Asked> asked = new ArrayList<>();
    private int open;

    /// @param away how long each answer takes
    /// @param verdict on a call for a zone, empty for `GetChange`; `null` for one that is answered well
    DistantRoute53(SharedTime time, Duration away, Function<String, @Nullable RuntimeException> verdict) {
        this.time = time;
        this.away = away;
        this.verdict = verdict;
    }

    Caller caller(String identity) {
        return caller(identity, "tenant");
    }

    Caller caller(String identity, String tenant) {
        return new Caller(identity, identity, tenant, "aws", "", () -> this);
    }

    synchronized List<Asked> asked() {
        return List.copyOf(asked);
    }

    List<Asked> asked(String zone) {
        return asked().stream().filter(a -> a.zone.equals(zone)).toList();
    }

    @Override
    public ChangeResourceRecordSetsResponse changeResourceRecordSets(ChangeResourceRecordSetsRequest request) {
        var number =
                answer(request.hostedZoneId(), request.changeBatch().changes().size());
        return ChangeResourceRecordSetsResponse.builder()
                .changeInfo(ChangeInfo.builder().id("/change/C" + number).build())
                .build();
    }

    @Override
    public GetChangeResponse getChange(GetChangeRequest request) {
        answer("", 0);
        return GetChangeResponse.builder()
                .changeInfo(ChangeInfo.builder()
                        .id(request.id())
                        .status(ChangeStatus.PENDING)
                        .build())
                .build();
    }

    private int answer(String zone, int records) {
        int number;
        RuntimeException refusal;
        synchronized (this) {
            refusal = verdict.apply(zone);
            open++;
            asked.add(new Asked(time.instant(), zone, records, open, refusal != null));
            number = asked.size();
        }
        try {
            time.pause(away);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            synchronized (this) {
                open--;
            }
        }
        if (refusal != null) {
            throw refusal;
        }
        return number;
    }

    @Override
    public String serviceName() {
        return "route53";
    }

    @Override
    public void close() {}
}
