package dev.acme53.aws;

import dev.acme53.api.KubernetesAuth;
import dev.acme53.api.Route53Auth;
import dev.acme53.api.Route53Solver;
import dev.acme53.api.ServiceAccountRef;
import dev.acme53.reconcile.NamespaceSecrets;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/// Who a solver is to AWS: its own access keys, or the controller's credentials where they are allowed, and a role on
/// top of either (route53.md §1.3 to §1.9). The order of the checks is that of §2.7.
public final class SolverIdentities implements AwsIdentities, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SolverIdentities.class);
    private static final String SESSION_NAME = "cert-manager";
    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:role/[\\w+=,.@/-]{1,512}");

    private final KubernetesClient client;
    private final RegionRule regions;
    private final Clients clients;
    private final AwsCredentialsProvider ambient;

    /// @param environment the process's variables, for region and endpoints; the controller's own credentials are
    /// found by the SDK where AWS documents them
    /// @param userAgent one token, sent with every call to AWS
    /// @param http knows proxies and whom to trust; closed with this
    public SolverIdentities(
            KubernetesClient client, Map<String, String> environment, String userAgent, SdkHttpClient http) {
        this(
                client,
                environment,
                userAgent,
                http,
                DefaultCredentialsProvider.builder().build());
    }

    SolverIdentities(
            KubernetesClient client,
            Map<String, String> environment,
            String userAgent,
            SdkHttpClient http,
            AwsCredentialsProvider ambient) {
        this.ambient = ambient;
        this.client = client;
        this.regions = new RegionRule(environment, SolverIdentities::profileRegion);
        this.clients = new Clients(environment, userAgent, http);
    }

    @Override
    public Resolution resolve(Route53Solver solver, IssuerScope scope) {
        return switch (SolverKeys.of(solver, new NamespaceSecrets(client, scope.resourceNamespace()))) {
            case SolverKeys.Keys.Refused refused -> new Resolution.Refused(refused.message(), refused.mayHeal());
            case SolverKeys.Keys.Found keys -> checked(solver, scope, keys);
        };
    }

    private Resolution checked(Route53Solver solver, IssuerScope scope, SolverKeys.Keys.Found keys) {
        var account = serviceAccount(solver);
        var webIdentity = account.isPresent();
        if (account.filter(ref -> ref.name().isBlank()).isPresent()) {
            return new Resolution.Refused(Refusals.NO_SERVICE_ACCOUNT, false);
        }
        if (webIdentity && solver.role().isBlank()) {
            return new Resolution.Refused(Refusals.ROLE_MISSING, false);
        }
        var none = !keys.isComplete() && !keys.isHalf();
        if (none && !webIdentity && !scope.ambientAllowed()) {
            return new Resolution.Refused(Refusals.NO_CREDENTIALS, false);
        }
        if (keys.isHalf()) {
            return new Resolution.Refused(Refusals.HALF_OF_THE_KEYS, false);
        }
        if (webIdentity) {
            return new Resolution.Refused(Refusals.SERVICE_ACCOUNT, false);
        }
        if (regions.ignores(none, solver.region())) {
            LOG.atDebug()
                    .addKeyValue("region", solver.region())
                    .log(
                            "region of the solver ignored: the environment's counts with the controller's own credentials");
        }
        return switch (regions.region(none, solver.region())) {
            case RegionRule.Outcome.None _ -> new Resolution.Refused(Refusals.NO_REGION, false);
            case RegionRule.Outcome.Malformed _ -> new Resolution.Refused(Refusals.MALFORMED_REGION, false);
            case RegionRule.Outcome.Chosen chosen -> granted(solver, scope, keys, chosen.region());
        };
    }

    private static Optional<ServiceAccountRef> serviceAccount(Route53Solver solver) {
        return Optional.ofNullable(solver.auth()).map(Route53Auth::kubernetes).map(KubernetesAuth::serviceAccountRef);
    }

    private Resolution granted(Route53Solver solver, IssuerScope scope, SolverKeys.Keys.Found keys, String region) {
        if (!keys.isComplete() && !hasAmbient()) {
            return new Resolution.Refused(Refusals.NO_AMBIENT, true);
        }
        var base = keys.isComplete()
                ? String.join("|", "keys", scope.issuerKind(), scope.resourceNamespace(), keys.id(), keys.version())
                : "ambient";
        var role = solver.role().strip();
        if (role.isEmpty()) {
            return new Resolution.Granted(clients.session(base + "|" + region, region, () -> credentials(keys)));
        }
        if (!ROLE.matcher(role).matches()) {
            return new Resolution.Refused(Refusals.MALFORMED_ROLE, false);
        }
        // tenants with the same role never share a session: kind and namespace are part of its name (R35)
        var identity = String.join("|", base, scope.issuerKind(), scope.resourceNamespace(), role, region);
        try {
            var session = clients.session(identity, region, () -> assuming(role, region, credentials(keys)));
            return new Resolution.Granted(session);
        } catch (SdkException e) {
            return new Resolution.Refused(Refusals.roleRefused(e), true);
        }
    }

    /// Asked each time: what the SDK has found it keeps, and losing it should be told as what it is.
    private boolean hasAmbient() {
        try {
            ambient.resolveCredentials();
            return true;
        } catch (SdkException e) {
            return false;
        }
    }

    private AwsCredentialsProvider credentials(SolverKeys.Keys.Found keys) {
        return keys.isComplete()
                ? StaticCredentialsProvider.create(AwsBasicCredentials.create(keys.id(), keys.secret()))
                : ambient;
    }

    /// Asks at once, so that a refusal is told as what it is.
    private AwsCredentialsProvider assuming(String role, String region, AwsCredentialsProvider base) {
        var provider = StsAssumeRoleCredentialsProvider.builder()
                .stsClient(clients.sts(region, base))
                .refreshRequest(r -> r.roleArn(role).roleSessionName(SESSION_NAME))
                .build();
        provider.resolveCredentials();
        return provider;
    }

    private static Optional<String> profileRegion() {
        try {
            return Optional.ofNullable(new AwsProfileRegionProvider().getRegion())
                    .map(Object::toString);
        } catch (SdkClientException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        clients.close();
    }
}
