package dev.acme53.route53;

import dev.acme53.sim.AccessKey;
import dev.acme53.sim.Simulator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.route53.Route53Client;

/// A client of the simulator with one key; it repeats nothing by itself.
final class SimulatorClient {
    private SimulatorClient() {}

    static Route53Client of(Simulator simulator, AccessKey key) {
        return Route53Client.builder()
                .endpointOverride(simulator.route53Endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
                .build();
    }
}
