package dev.acme53.aws;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.partitionmetadata.AwsPartitionMetadata;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.sts.StsClient;

/// AWS clients, shared among those who are the same to AWS. All use one HTTP client.
///
/// The least recently used are dropped beyond a number that no cluster's issuers reach; a dropped one that is at work
/// finishes, since connections and threads belong to all of them together.
final class Clients implements AutoCloseable {
    private static final int MOST = 2000;
    private static final Duration ATTEMPT = Duration.ofSeconds(10);
    private static final Duration CALL = Duration.ofSeconds(30);

    private final Map<String, String> environment;
    private final String userAgent;
    private final SdkHttpClient http;

    /// Ends calls that take too long. Without it every client would have threads of its own for that.
    private final ScheduledExecutorService timeouts = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("aws-timeouts").daemon().factory());

    private final Map<String, AwsSession> sessions = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, AwsSession> eldest) {
            return size() > MOST;
        }
    };

    /// @param userAgent one token, sent with every call
    /// @param http closed with this
    Clients(Map<String, String> environment, String userAgent, SdkHttpClient http) {
        this.http = http;
        this.environment = Map.copyOf(environment);
        this.userAgent = userAgent;
    }

    /// The session of `identity`, made with `credentials` when there is none yet. Made without a lock, since asking for
    /// credentials may take long: of two made at once the first kept is used.
    AwsSession session(String identity, String region, Supplier<AwsCredentialsProvider> credentials) {
        synchronized (sessions) {
            var known = sessions.get(identity);
            if (known != null) {
                return known;
            }
        }
        var client = configured(Route53Client.builder(), "ROUTE_53", region)
                .credentialsProvider(credentials.get())
                .httpClient(http)
                .build();
        var made = new Shared(identity, partition(region), client);
        synchronized (sessions) {
            var first = sessions.putIfAbsent(identity, made);
            return first == null ? made : first;
        }
    }

    /// A client of STS for `region`, signing with `credentials`.
    StsClient sts(String region, AwsCredentialsProvider credentials) {
        return configured(StsClient.builder(), "STS", region)
                .credentialsProvider(credentials)
                .httpClient(http)
                .build();
    }

    private <B extends AwsClientBuilder<B, ?>> B configured(B builder, String service, String region) {
        builder.region(Region.of(region))
                .overrideConfiguration(c -> c.retryStrategy(CallRetries.strategy())
                        .apiCallAttemptTimeout(ATTEMPT)
                        .apiCallTimeout(CALL)
                        .scheduledExecutorService(timeouts)
                        .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, userAgent));
        endpoint(service).ifPresent(builder::endpointOverride);
        return builder;
    }

    private Optional<URI> endpoint(String service) {
        if (environment.getOrDefault("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "").equalsIgnoreCase("true")) {
            return Optional.empty();
        }
        var specific = environment.getOrDefault("AWS_ENDPOINT_URL_" + service, "");
        var text = specific.isBlank() ? environment.getOrDefault("AWS_ENDPOINT_URL", "") : specific;
        return text.isBlank() ? Optional.empty() : Optional.of(URI.create(text.strip()));
    }

    private static String partition(String region) {
        var metadata = PartitionMetadata.of(Region.of(region));
        return metadata == null ? new AwsPartitionMetadata().id() : metadata.id();
    }

    @Override
    public void close() {
        http.close();
        timeouts.shutdownNow();
    }

    private record Shared(String identity, String partition, Route53Client route53) implements AwsSession {}
}
