package dev.acme53.aws;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.awscore.endpoints.AwsEndpointAttribute;
import software.amazon.awssdk.awscore.endpoints.authscheme.EndpointAuthScheme;
import software.amazon.awssdk.awscore.endpoints.authscheme.SigV4AuthScheme;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.route53.endpoints.Route53EndpointProvider;
import software.amazon.awssdk.services.sts.endpoints.StsEndpointProvider;

/// Where Route 53 and STS are for a region: AWS's own rules, FIPS and dual stack, or what the environment or the
/// selected profile puts in their place (route53.md §3.6).
///
/// @param route53 in place of AWS's; the same for `sts`
record Endpoints(boolean fips, boolean dualStack, Optional<URI> route53, Optional<URI> sts) {
    static final Endpoints USUAL = new Endpoints(false, false, Optional.empty(), Optional.empty());

    /// Reads the settings once: variables first, then the profile.
    static Outcome of(Map<String, String> environment, SharedFiles files) {
        var settings = new EndpointSettings(environment, files);
        try {
            var ignored = settings.flag("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls");
            return new Outcome.Read(new Endpoints(
                    settings.flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint"),
                    settings.flag("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint"),
                    ignored ? Optional.empty() : settings.url("ROUTE_53"),
                    ignored ? Optional.empty() : settings.url("STS")));
        } catch (MalformedSetting e) {
            return new Outcome.Malformed(e.words);
        }
    }

    /// The place for a region, by rules that need no network.
    Place at(String region) {
        var at = Region.of(region);
        try {
            var dns = Route53EndpointProvider.defaultProvider()
                    .resolveEndpoint(p -> p.region(at)
                            .useFips(fips)
                            .useDualStack(dualStack)
                            .endpoint(route53.map(URI::toString).orElse(null)))
                    .join();
            var tokens = StsEndpointProvider.defaultProvider()
                    .resolveEndpoint(p -> p.region(at)
                            .useFips(fips)
                            .useDualStack(dualStack)
                            .endpoint(sts.map(URI::toString).orElse(null)))
                    .join();
            return new Place.At(
                    region,
                    PartitionMetadata.of(at).id(),
                    dns.endpointUrl().toUri(),
                    route53.isPresent() ? region : signingRegion(dns, region),
                    tokens.endpointUrl().toUri());
        } catch (CompletionException | SdkException e) {
            return new Place.None(Refusals.NO_ENDPOINT);
        }
    }

    private static String signingRegion(Endpoint endpoint, String region) {
        List<EndpointAuthScheme> schemes = endpoint.attribute(AwsEndpointAttribute.AUTH_SCHEMES);
        return schemes == null
                ? region
                : schemes.stream()
                        .filter(SigV4AuthScheme.class::isInstance)
                        .map(scheme -> ((SigV4AuthScheme) scheme).signingRegion())
                        .findFirst()
                        .orElse(region);
    }

    sealed interface Outcome {
        record Read(Endpoints endpoints) implements Outcome {}

        /// A setting cannot be used.
        ///
        /// @param message which setting, and what it may be
        record Malformed(String message) implements Outcome {}
    }

    sealed interface Place {
        /// AWS, or what stands in for it.
        ///
        /// @param signingRegion of calls to Route 53
        record At(String region, String partition, URI route53, String signingRegion, URI sts) implements Place {}

        record None(String message) implements Place {}
    }
}
