package dev.acme53.operator;

import dev.acme53.account.AccountKeys;
import dev.acme53.account.AccountLogins;
import dev.acme53.acme.AcmeAccounts;
import dev.acme53.aws.SolverIdentities;
import dev.acme53.certificate.CertificateSettings;
import dev.acme53.certificate.CertificateStage;
import dev.acme53.challenge.ChallengeSettings;
import dev.acme53.challenge.ChallengeStage;
import dev.acme53.dns.DohSettings;
import dev.acme53.dns.Nameserver;
import dev.acme53.dns.Resolvers;
import dev.acme53.issuer.IssuerStages;
import dev.acme53.names.DnsName;
import dev.acme53.operator.flags.Settings;
import dev.acme53.operator.flags.Stage;
import dev.acme53.operator.metrics.MetricsPage;
import dev.acme53.operator.network.Network;
import dev.acme53.order.OrderStage;
import dev.acme53.reconcile.StageContext;
import dev.acme53.reconcile.StageRegistration;
import dev.acme53.request.RequestSettings;
import dev.acme53.request.RequestStage;
import dev.acme53.request.SignerNames;
import dev.acme53.route53.AccountCalls;
import dev.acme53.route53.ChangeTracker;
import dev.acme53.route53.HostedZones;
import dev.acme53.route53.RequestLimits;
import dev.acme53.route53.ZoneLanes;
import dev.acme53.status.Snapshot.Route53;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The stages that `--controllers` asks for, each with its settings and the faces of the library rooms it stands on.
final class Stages {
    /// A CA has mostly certified by then, and the Order has deleted its Challenges.
    private static final Duration LINGER = Duration.ofSeconds(10);

    private final StageContext context;
    private final Settings settings;
    private final AcmeAccounts accounts;
    private final AccountKeys keys;
    private final AccountLogins logins;
    private final Map<String, String> environment;
    private final Network network;
    private final List<Nameserver> nameservers;
    private final MetricsPage metrics;
    private Optional<Supplier<Route53>> route53 = Optional.empty();

    /// @param nameservers recursive ones, at least one
    Stages(
            StageContext context,
            Settings settings,
            AcmeAccounts accounts,
            Map<String, String> environment,
            Network network,
            List<Nameserver> nameservers,
            MetricsPage metrics) {
        this.context = context;
        this.settings = settings;
        this.accounts = accounts;
        this.environment = environment;
        this.network = network;
        this.nameservers = nameservers;
        this.metrics = metrics;
        keys = new AccountKeys(context.client(), context.clusterResourceNamespace(), settings.pemLimits());
        logins = new AccountLogins(keys, accounts);
    }

    /// The registrations, in no order that matters: stages meet only through the API's objects.
    List<StageRegistration<?>> enabled() {
        var on = settings.controllers();
        var all = new ArrayList<StageRegistration<?>>();
        if (on.has(Stage.ISSUERS)) {
            all.add(IssuerStages.issuers(context, keys, accounts));
        }
        if (on.has(Stage.CLUSTER_ISSUERS)) {
            all.add(IssuerStages.clusterIssuers(context, keys, accounts));
        }
        if (on.has(Stage.CERTIFICATES)) {
            all.add(CertificateStage.of(context, certificates(settings)));
        }
        if (on.has(Stage.CERTIFICATE_METRICS) && !on.has(Stage.CERTIFICATES)) {
            all.add(WatchedCertificates.registration());
        }
        if (on.has(Stage.APPROVER) || on.has(Stage.REQUESTS)) {
            all.add(RequestStage.of(context, requests()));
        }
        if (on.has(Stage.ORDERS)) {
            all.add(OrderStage.of(context, logins));
        }
        if (on.has(Stage.CHALLENGES)) {
            all.add(challenges());
        }
        return List.copyOf(all);
    }

    /// What the `route53` room does; empty unless `--controllers` asks for Challenges.
    Optional<Supplier<Route53>> route53() {
        return route53;
    }

    private static Route53 view(
            ZoneLanes lanes, HostedZones zones, ChangeTracker changes, AccountCalls calls, RequestLimits limits) {
        var written = lanes.lanes();
        var names = new HashMap<String, DnsName>();
        written.forEach(lane -> zones.nameOf(lane.zoneId()).ifPresent(name -> names.put(lane.zoneId(), name)));
        return new Route53(written, names, changes.pendingChanges(), calls.budgets(), limits.rate());
    }

    private RequestSettings requests() {
        var on = settings.controllers();
        return new RequestSettings(
                on.has(Stage.APPROVER), new SignerNames(settings.approvedSigners()), on.has(Stage.REQUESTS));
    }

    /// What the flags say about Certificates.
    static CertificateSettings certificates(Settings settings) {
        var flags = settings.certificates();
        return new CertificateSettings(
                flags.minimumBackoff(),
                flags.maximumBackoff(),
                flags.ownerReference(),
                flags.copiedAnnotationPrefixes(),
                settings.pemLimits());
    }

    private StageRegistration<?> challenges() {
        var flags = settings.challenges();
        var limits = new RequestLimits(flags.requestsPerSecond(), flags.headroom());
        var calls = new AccountCalls(limits, context.clock(), metrics.aws());
        var lanes = new ZoneLanes(calls, context.clock(), context.random());
        var changes = new ChangeTracker(calls, limits, context.clock());
        var zones = new HostedZones(calls, context.clock());
        metrics.aws().show(calls, lanes, changes);
        route53 = Optional.of(() -> view(lanes, zones, changes, calls, limits));
        var stage = ChallengeStage.of(
                context,
                new ChallengeSettings(
                        flags.atOnce(),
                        flags.checkRetryPeriod(),
                        flags.issuerAmbient(),
                        flags.clusterIssuerAmbient(),
                        flags.cleanUpGrace(),
                        LINGER,
                        flags.nameserversOnly() || !flags.nameservers().isEmpty()),
                logins,
                new SolverIdentities(
                        context.client(),
                        environment,
                        Version.userAgent(),
                        network.aws(),
                        metrics.aws(),
                        context.clock(),
                        context.random()),
                zones,
                lanes,
                changes,
                Resolvers.of(
                        nameservers,
                        flags.nameserversOnly(),
                        context.clock(),
                        new DohSettings(network.proxySelector(), network::proxyAuthorization, network.tls())),
                metrics.registry());
        return stage.silencedBy(() -> {
            lanes.close();
            changes.close();
        });
    }
}
