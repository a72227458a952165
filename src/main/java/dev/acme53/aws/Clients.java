package dev.acme53.aws;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.sts.StsClient;

/// AWS clients. All use one HTTP client and one thread for time-outs, so that a client dropped from a cache needs no
/// closing: who is at work with it finishes.
final class Clients implements AutoCloseable {
    private static final int REGIONS = 50;
    private static final Duration ATTEMPT = Duration.ofSeconds(10);
    private static final Duration CALL = Duration.ofSeconds(30);

    private final Supplier<Endpoints> endpoints;
    private final String userAgent;
    private final SdkHttpClient http;
    private final CallObserver observer;

    /// Ends calls that take too long. Without it every client would have threads of its own for that.
    private final ScheduledExecutorService timeouts = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("aws-timeouts").daemon().factory());

    private final Recent<String, StsClient> sts;

    /// @param endpoints asked for when a client is made
    /// @param userAgent one token, sent with every call
    /// @param http used by all, closed with this
    Clients(
            Supplier<Endpoints> endpoints,
            String userAgent,
            SdkHttpClient http,
            CallObserver observer,
            InstantSource clock) {
        sts = new Recent<>(REGIONS, clock);
        this.endpoints = endpoints;
        this.userAgent = userAgent;
        this.http = http;
        this.observer = observer;
    }

    /// A client that signs with what `credentials` gives at each call.
    ///
    /// @param refused told the access key id of credentials that AWS did not take
    Route53Client route53(String region, AwsCredentialsProvider credentials, Consumer<String> refused) {
        return configured(Route53Client.builder(), endpoints.get().route53(), region, new StaleCredentials(refused))
                .credentialsProvider(credentials)
                .httpClient(http)
                .build();
    }

    /// The shared client for a region. It has no credentials: calls that are signed bring theirs.
    StsClient sts(String region) {
        return sts.get(
                region,
                () -> configured(StsClient.builder(), endpoints.get().sts(), region)
                        .credentialsProvider(AnonymousCredentialsProvider.create())
                        .httpClient(http)
                        .build());
    }

    /// Nothing is left to the SDK's own look around in environment and home folder.
    private <B extends AwsClientBuilder<B, ?>> B configured(
            B builder, Optional<URI> endpoint, String region, ExecutionInterceptor... interceptors) {
        var places = endpoints.get();
        builder.region(Region.of(region))
                .fipsEnabled(places.fips())
                .dualstackEnabled(places.dualStack())
                .overrideConfiguration(c -> c.retryStrategy(CallRetries.strategy())
                        .defaultProfileFile(ProfileFile.aggregator().build())
                        .defaultProfileName("default")
                        .apiCallAttemptTimeout(ATTEMPT)
                        .apiCallTimeout(CALL)
                        .scheduledExecutorService(timeouts)
                        .executionInterceptors(Stream.concat(
                                        Stream.of(new CallLog(), new ObservedCalls(observer)), Stream.of(interceptors))
                                .toList())
                        .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, userAgent));
        endpoint.ifPresent(builder::endpointOverride);
        return builder;
    }

    @Override
    public void close() {
        http.close();
        timeouts.shutdownNow();
    }
}
