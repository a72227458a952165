package dev.acme53.route53;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeInfo;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.GetChangeRequest;
import software.amazon.awssdk.services.route53.model.GetChangeResponse;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameResponse;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.NoSuchChangeException;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;
import software.amazon.awssdk.services.route53.model.PriorRequestNotCompleteException;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.route53.model.Route53Exception;
import software.amazon.awssdk.services.route53.model.Route53Request;

/// A Route 53 without network: zones and record sets as told, changes accepted unless the next answer is an error.
final class FakeRoute53 implements Route53Client {
    final List<Route53Request> requests = Collections.synchronizedList(new ArrayList<>());

    private final Deque<RuntimeException> errors = new ArrayDeque<>();
    private final Map<String, RuntimeException> always = new HashMap<>();
    private Function<ListHostedZonesByNameRequest, ListHostedZonesByNameResponse> zones = _ -> page();
    private Function<ListResourceRecordSetsRequest, ListResourceRecordSetsResponse> records =
            _ -> ListResourceRecordSetsResponse.builder().build();
    private ChangeStatus status = ChangeStatus.PENDING;
    private final Set<String> pending = new HashSet<>();

    Caller caller(String identity) {
        return new Caller(identity, identity, "tenant", "aws", "", () -> this);
    }

    FakeRoute53 nextFails(RuntimeException... next) {
        errors.addAll(List.of(next));
        return this;
    }

    FakeRoute53 always(Class<? extends Route53Request> operation, RuntimeException error) {
        always.put(operation.getSimpleName(), error);
        return this;
    }

    FakeRoute53 zones(HostedZone... all) {
        zones = _ -> page(all);
        return this;
    }

    FakeRoute53 zones(Function<ListHostedZonesByNameRequest, ListHostedZonesByNameResponse> listing) {
        zones = listing;
        return this;
    }

    FakeRoute53 records(Function<ListResourceRecordSetsRequest, ListResourceRecordSetsResponse> listing) {
        records = listing;
        return this;
    }

    FakeRoute53 changesAre(ChangeStatus now) {
        status = now;
        return this;
    }

    /// This one stays pending whatever the others are.
    FakeRoute53 pends(String changeId) {
        pending.add(changeId);
        return this;
    }

    <R extends Route53Request> List<R> requests(Class<R> operation) {
        return requests.stream()
                .filter(operation::isInstance)
                .map(operation::cast)
                .toList();
    }

    static ListHostedZonesByNameResponse page(HostedZone... zones) {
        return ListHostedZonesByNameResponse.builder()
                .hostedZones(zones)
                .isTruncated(false)
                .build();
    }

    static ListResourceRecordSetsResponse sets(ResourceRecordSet... sets) {
        return ListResourceRecordSetsResponse.builder().resourceRecordSets(sets).build();
    }

    static ResourceRecordSet set(String name, RRType type, String value) {
        return ResourceRecordSet.builder()
                .name(name)
                .type(type)
                .resourceRecords(ResourceRecord.builder().value(value).build())
                .build();
    }

    static HostedZone zone(String id, String name) {
        return HostedZone.builder()
                .id("/hostedzone/" + id)
                .name(name)
                .config(c -> c.privateZone(false))
                .build();
    }

    static HostedZone privateZone(String id, String name) {
        return zone(id, name).toBuilder().config(c -> c.privateZone(true)).build();
    }

    @Override
    public ChangeResourceRecordSetsResponse changeResourceRecordSets(ChangeResourceRecordSetsRequest request) {
        seen(request);
        return ChangeResourceRecordSetsResponse.builder()
                .changeInfo(ChangeInfo.builder()
                        .id("/change/C" + requests.size())
                        .status(ChangeStatus.PENDING)
                        .build())
                .build();
    }

    @Override
    public GetChangeResponse getChange(GetChangeRequest request) {
        seen(request);
        return GetChangeResponse.builder()
                .changeInfo(ChangeInfo.builder()
                        .id(request.id())
                        .status(pending.contains(request.id()) ? ChangeStatus.PENDING : status)
                        .build())
                .build();
    }

    @Override
    public ListHostedZonesByNameResponse listHostedZonesByName(ListHostedZonesByNameRequest request) {
        seen(request);
        return zones.apply(request);
    }

    @Override
    public ListResourceRecordSetsResponse listResourceRecordSets(ListResourceRecordSetsRequest request) {
        seen(request);
        return records.apply(request);
    }

    private void seen(Route53Request request) {
        requests.add(request);
        var error = always.getOrDefault(request.getClass().getSimpleName(), errors.poll());
        if (error != null) {
            throw error;
        }
    }

    /// An error in AWS's current form; those that the SDK has a class for come as that class, as from the SDK.
    static Route53Exception error(int status, String code, String message) {
        var details = AwsErrorDetails.builder()
                .serviceName("Route53")
                .errorCode(code)
                .errorMessage(message)
                .build();
        var builder = switch (code) {
            case "InvalidChangeBatch" -> InvalidChangeBatchException.builder();
            case "NoSuchHostedZone" -> NoSuchHostedZoneException.builder();
            case "NoSuchChange" -> NoSuchChangeException.builder();
            case "PriorRequestNotComplete" -> PriorRequestNotCompleteException.builder();
            default -> Route53Exception.builder();
        };
        builder.awsErrorDetails(details)
                .message(message)
                .requestId("b25f48e8-84fd-11e6-80d9-574e0c4664cb")
                .statusCode(status);
        return (Route53Exception) builder.build();
    }

    /// An answer in which the SDK found no code.
    static Route53Exception unreadable(int status, String body) {
        var details = AwsErrorDetails.builder()
                .serviceName("Route53")
                .rawResponse(SdkBytes.fromUtf8String(body))
                .build();
        return (Route53Exception) Route53Exception.builder()
                .awsErrorDetails(details)
                .statusCode(status)
                .build();
    }

    static Route53Exception legacyInvalidChangeBatch(String message) {
        return unreadable(400, """
                <?xml version="1.0"?>
                <InvalidChangeBatch xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Messages><Message>%s\
                </Message></Messages><RequestId>b25f48e8-84fd-11e6-80d9-574e0c4664cb</RequestId></InvalidChangeBatch>""".formatted(message));
    }

    @Override
    public String serviceName() {
        return "route53";
    }

    @Override
    public void close() {}
}
