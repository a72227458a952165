package dev.acme53.aws;

import dev.acme53.api.Route53Solver;
import dev.acme53.names.CleanedMessage;
import dev.acme53.reconcile.NamespaceSecrets;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.SdkHttpClient;

/// Who a solver is to AWS: its own access keys, a ServiceAccount, or the controller's credentials where they are
/// allowed, and a role on top (route53.md §1.3 to §1.9).
///
/// Settings are read, refused or planned with, then the region is chosen, and only then AWS is asked.
public final class SolverIdentities implements AwsIdentities, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SolverIdentities.class);
    private static final int CASES = 1000;
    private static final int SHOWN = 200;

    private final KubernetesClient client;
    private final AmbientSources ambient;
    private final RegionRule regions;
    private final Supplier<Endpoints.Outcome> endpointSettings;
    private volatile Endpoints.Outcome endpoints;
    private final Clients clients;
    private final Sessions sessions;

    /// What was logged once.
    private final Recent<String, Boolean> said;

    /// With nobody who is told of calls.
    /// @param environment the process's variables
    /// @param userAgent one token, sent with every call to AWS
    /// @param http carries the calls to Route 53 and STS; closed with this
    public SolverIdentities(
            KubernetesClient client,
            Map<String, String> environment,
            String userAgent,
            SdkHttpClient http,
            InstantSource clock,
            RandomGenerator random) {
        this(client, environment, userAgent, http, CallObserver.NONE, clock, random);
    }

    /// The same, with somebody who is told of calls.
    /// @param observer told of all of these calls
    public SolverIdentities(
            KubernetesClient client,
            Map<String, String> environment,
            String userAgent,
            SdkHttpClient http,
            CallObserver observer,
            InstantSource clock,
            RandomGenerator random) {
        this.client = client;
        said = new Recent<>(CASES, clock);
        var variables = Map.copyOf(environment);
        var files = new SharedFiles(variables);
        ambient = new AmbientSources(variables, files);
        regions = new RegionRule(variables, () -> files.setting("region"));
        endpointSettings = () -> Endpoints.of(variables, files);
        endpoints = endpointSettings.get();
        clients = new Clients(
                () -> endpoints instanceof Endpoints.Outcome.Read read ? read.endpoints() : Endpoints.USUAL,
                userAgent,
                http,
                observer,
                clock);
        var beside = new LinkLocalHttp(userAgent);
        sessions = new Sessions(
                clients,
                new CredentialFetcher(
                        region -> new StsCalls(clients.sts(region)),
                        new ServiceAccountTokens(client),
                        new ContainerEndpoint(beside, clock),
                        new InstanceMetadata(beside, clock),
                        new CredentialProgram(clock)),
                clock,
                random);
    }

    @Override
    public Resolution resolve(Route53Solver solver, IssuerScope scope) {
        return switch (SolverKeys.of(solver, new NamespaceSecrets(client, scope.resourceNamespace()))) {
            case SolverKeys.Keys.Refused refused -> new Resolution.Refused(refused.message(), refused.mayHeal());
            case SolverKeys.Keys.Found keys ->
                switch (SolverPlan.of(solver, scope, keys)) {
                    case SolverPlan.Refused refused -> new Resolution.Refused(refused.message(), false);
                    case SolverPlan plan -> located(plan, solver.region(), scope);
                };
        };
    }

    /// Who AWS says a session is, by the one call that needs no permission; the controller never makes it.
    public CallerIdentity callerIdentity(AwsSession session) {
        return sessions.callerIdentity(session);
    }

    private Resolution located(SolverPlan plan, String field, IssuerScope scope) {
        var isAmbient = plan instanceof SolverPlan.Ambient;
        if (regions.ignores(isAmbient, field)) {
            once("region of the solver ignored: the environment's counts with the controller's own credentials", field);
        }
        return switch (regions.region(isAmbient, field)) {
            case RegionRule.Outcome.None _ -> {
                once("region not found", "");
                yield new Resolution.Refused(Refusals.NO_REGION, false);
            }
            case RegionRule.Outcome.Unreadable(String message) ->
                new Resolution.Refused(Refusals.setting(message), true);
            case RegionRule.Outcome.Malformed(String from) ->
                new Resolution.Refused(Refusals.malformedRegion(from), false);
            case RegionRule.Outcome.Chosen chosen ->
                switch (endpoints()) {
                    case Endpoints.Outcome.Malformed bad ->
                        new Resolution.Refused(Refusals.setting(bad.message()), true);
                    case Endpoints.Outcome.Read(Endpoints read) ->
                        switch (read.at(chosen.region())) {
                            case Endpoints.Place.None none -> new Resolution.Refused(none.message(), false);
                            case Endpoints.Place.At at -> granted(plan, scope, at, chosen.from());
                        };
                };
        };
    }

    /// As read when they could be first: a shared file may be mended while we run.
    private Endpoints.Outcome endpoints() {
        if (endpoints instanceof Endpoints.Outcome.Malformed) {
            endpoints = endpointSettings.get();
        }
        return endpoints;
    }

    private Resolution granted(SolverPlan plan, IssuerScope scope, Endpoints.Place.At place, String regionFrom) {
        var tenant = scope.issuerKind() + "|" + scope.resourceNamespace();
        return switch (plan) {
            case SolverPlan.Refused refused -> new Resolution.Refused(refused.message(), false);
            case SolverPlan.OwnKeys(SolverKeys.Keys.Found keys, String role) -> {
                var source = new CredentialSource.Keys(
                        keys.words(scope.resourceNamespace()), AwsBasicCredentials.create(keys.id(), keys.secret()));
                yield role(role, source, new Ask(tenant + "|" + keys.version(), tenant, false, place, regionFrom));
            }
            case SolverPlan.WebIdentity(String account, List<String> audiences, String role) ->
                RoleRequest.isRole(role)
                        ? session(
                                new CredentialSource.ServiceAccount(
                                        scope.resourceNamespace(), account, audiences, role),
                                new Ask(tenant, tenant, false, place, regionFrom))
                        : new Resolution.Refused(Refusals.WEB_IDENTITY + Refusals.MALFORMED_ROLE, false);
            case SolverPlan.Ambient(String role) ->
                switch (ambient.choose()) {
                    case AmbientChoice.Nothing _ -> new Resolution.Refused(Refusals.NO_AMBIENT, true);
                    case AmbientChoice.Broken broken ->
                        new Resolution.Refused(Refusals.ambient(broken.message()), true);
                    case AmbientChoice.Configured(CredentialSource source) ->
                        role(role, source, new Ask("ambient", tenant, true, place, regionFrom));
                };
        };
    }

    /// @param owner of the credentials that come first
    /// @param tenant of a role on top of them: never shared, whoever else names the same one
    private record Ask(String owner, String tenant, boolean ambient, Endpoints.Place.At place, String regionFrom) {}

    private Resolution role(String role, CredentialSource base, Ask ask) {
        if (role.isEmpty()) {
            return session(base, ask);
        }
        if (!RoleRequest.isRole(role)) {
            return new Resolution.Refused(Refusals.ROLE + Refusals.MALFORMED_ROLE, false);
        }
        var request = RoleRequest.ofSolver(role);
        if (!base.roles().isEmpty() && base.roles().getLast().equals(role)) {
            return alreadyHeld(base, ask, role);
        }
        var region = ask.place.region();
        var held = sessions.of(ask.owner, base, region);
        var source = new CredentialSource.Role(base, request);
        var taken = sessions.role(ask.tenant, source, held, new StsCalls(clients.sts(region)), region);
        if (taken.kept().areAtHand()) {
            return session(source, taken, ask); // as long as it lives, whatever became of what it was taken with
        }
        return switch (held.kept().current()) {
            case Fetch.Failed failed -> new Resolution.Refused(failed.message(), true);
            case Fetch.Got got when request.isHeldBy(got.holder()) -> alreadyHeld(base, ask, role);
            case Fetch.Got _ -> session(source, taken, ask);
        };
    }

    private Resolution alreadyHeld(CredentialSource base, Ask ask, String role) {
        once(RoleRequest.HELD, role);
        return session(base, ask);
    }

    private Resolution session(CredentialSource source, Ask ask) {
        return session(source, sessions.of(ask.owner, source, ask.place.region()), ask);
    }

    private Resolution session(CredentialSource source, Sessions.Credentials credentials, Ask ask) {
        return switch (credentials.kept().current()) {
            case Fetch.Failed failed -> new Resolution.Refused(failed.message(), true);
            case Fetch.Got got -> new Resolution.Granted(sessions.session(credentials, got, description(source, ask)));
        };
    }

    private static SessionDescription description(CredentialSource source, Ask ask) {
        return new SessionDescription(
                source.words(),
                ask.ambient,
                source.roles(),
                ask.place.region(),
                ask.regionFrom,
                ask.place.partition(),
                ask.place.route53(),
                ask.place.signingRegion(),
                ask.place.sts());
    }

    /// @param value as anybody may have written it: its beginning, on one line
    private void once(String message, String value) {
        var shown = CleanedMessage.of(value.substring(0, Math.min(value.length(), SHOWN)));
        if (said.add(message + "|" + shown, true)) {
            LOG.atInfo().addKeyValue("value", shown).log(message);
        }
    }

    @Override
    public void close() {
        clients.close();
    }
}
