package dev.acme53.sim;

import java.util.ArrayList;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeInfo;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.Route53Exception;

/// AWS's SDK with one access key and no retries, writing challenge records.
final class SdkCaller implements AutoCloseable {
    private final Route53Client client;

    SdkCaller(Simulator simulator, AccessKey key) {
        client = Route53Client.builder()
                .endpointOverride(simulator.route53Endpoint())
                .region(Region.EU_CENTRAL_1)
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())))
                .build();
    }

    Route53Client client() {
        return client;
    }

    ChangeInfo upsert(Zone zone, String name, String... tokens) {
        return change(zone, ChangeAction.UPSERT, name, tokens);
    }

    ChangeInfo change(Zone zone, ChangeAction action, String name, String... tokens) {
        var changes = new ArrayList<Change>();
        for (var token : tokens) {
            var value = '"' + token + '"';
            changes.add(Change.builder()
                    .action(action)
                    .resourceRecordSet(s -> s.name(name)
                            .type(RRType.TXT)
                            .ttl(10L)
                            .multiValueAnswer(true)
                            .setIdentifier(value)
                            .resourceRecords(
                                    ResourceRecord.builder().value(value).build()))
                    .build());
        }
        return client.changeResourceRecordSets(r -> r.hostedZoneId(zone.id())
                        .changeBatch(b -> b.comment("Managed by cert-manager").changes(changes)))
                .changeInfo();
    }

    ChangeStatus status(ChangeInfo change) {
        return client.getChange(r -> r.id(change.id())).changeInfo().status();
    }

    /// Of a listing of zones; empty when it succeeds.
    String errorCode() {
        try {
            client.listHostedZonesByName();
            return "";
        } catch (Route53Exception e) {
            return e.awsErrorDetails().errorCode();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
