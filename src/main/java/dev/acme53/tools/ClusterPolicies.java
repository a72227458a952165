package dev.acme53.tools;

import dev.acme53.api.AnyIssuer;
import dev.acme53.api.Issuer;
import dev.acme53.api.KubernetesAuth;
import dev.acme53.api.Route53Auth;
import dev.acme53.api.Route53Solver;
import dev.acme53.api.ServiceAccountRef;
import dev.acme53.api.Solver;
import dev.acme53.names.DnsName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The policies that the issuers of a cluster need for the names that are asked of them.
final class ClusterPolicies {
    private static final String AUDIENCE = "sts.amazonaws.com";
    private static final String CONTROLLER = "the controller's own identity";
    private static final Pattern AUDIENCES = Pattern.compile("[A-Za-z0-9:/._-]{1,255}");
    private static final Pattern ZONE = Pattern.compile("[A-Z0-9]{0,32}");

    private final Surroundings around;
    private final SortedMap<String, Wanted> wanted = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, Supplier<Stream<Document>>>> trusts = new TreeMap<>();
    private final SortedSet<String> notes = new TreeSet<>();

    /// What is known beside the issuers.
    ///
    /// @param clusterResourceNamespace of ClusterIssuers
    /// @param controller the controller's ServiceAccount
    /// @param controllerRole the controller's own role
    /// @param provider the cluster's provider of tokens, without `https://`
    /// @param principal who takes roles with access keys
    /// @param partition of those whom no role tells
    /// @param issuersAreAmbient whether Issuers may use the controller's own credentials
    record Surroundings(
            String clusterResourceNamespace,
            ServiceAccount controller,
            Optional<RoleArn> controllerRole,
            Optional<String> provider,
            Optional<RoleArn> principal,
            String partition,
            boolean issuersAreAmbient) {}

    /// The documents in a stable order, and what a reader must know beside.
    record Result(List<Document> documents, List<String> notes) {}

    ClusterPolicies(Surroundings around) {
        this.around = around;
    }

    /// Adds the policies of one issuer.
    void add(AnyIssuer issuer, AskedNames names) {
        var spec = issuer.getSpec();
        var acme = spec == null ? null : spec.acme();
        if (acme == null) {
            return;
        }
        for (var solver : acme.solvers()) {
            solver.route53().ifPresent(route53 -> add(issuer, solver, route53, names));
        }
    }

    private void add(AnyIssuer issuer, Solver solver, Route53Solver route53, AskedNames names) {
        var fault = fault(issuer, route53);
        if (fault.isPresent()) {
            notes.add(name(issuer) + ": " + fault.get() + "; this solver is left out");
            return;
        }
        var namespace = issuer.resourceNamespace(around.clusterResourceNamespace);
        var account = reference(route53).map(ref -> new ServiceAccount(namespace, ref.name()));
        var base = account.isPresent() ? "" : base(route53, namespace);
        var role = RoleArn.parse(route53.role());
        var target = role.map(r -> "role " + r).orElse(base);
        var partition = role.map(RoleArn::partition).orElse(around.partition);
        var wants = wanted.computeIfAbsent(target, _ -> new Wanted(partition));
        wants.zone(zoneId(route53));
        var asked = names.of(issuer, solver);
        asked.forEach(wants::record);
        if (asked.isEmpty()) {
            wants.records(unasked(solver));
        }
        if (role.isPresent()) {
            trust(role.get(), account, base, audiences(route53));
        }
    }

    /// Why a solver must not shape a policy: whoever may write issuers would write policies by it.
    private Optional<String> fault(AnyIssuer issuer, Route53Solver route53) {
        var account = reference(route53);
        if (!route53.role().isBlank() && RoleArn.parse(route53.role()).isEmpty()) {
            return Optional.of("role is not the ARN of an IAM role");
        }
        if (account.isPresent() && route53.role().isBlank()) {
            return Optional.of("serviceAccountRef needs a role");
        }
        if (account.isPresent()
                && ServiceAccount.parse("x/" + account.get().name()).isEmpty()) {
            return Optional.of("serviceAccountRef does not name a ServiceAccount");
        }
        if (!audiences(route53).stream().allMatch(AUDIENCES.asMatchPredicate())) {
            return Optional.of("audiences hold characters that mean something to IAM");
        }
        if (!ZONE.matcher(zoneId(route53)).matches()) {
            return Optional.of("hostedZoneID is not the id of a hosted zone");
        }
        if (account.isEmpty() && !hasKeys(route53) && issuer instanceof Issuer && !around.issuersAreAmbient) {
            return Optional.of("an Issuer may not use the controller's own credentials (--issuer-ambient-credentials)");
        }
        return Optional.empty();
    }

    private static boolean hasKeys(Route53Solver route53) {
        var secret = route53.secretAccessKeySecretRef();
        return secret != null && secret.isSet();
    }

    private static String base(Route53Solver route53, String namespace) {
        var secret = route53.secretAccessKeySecretRef();
        return secret == null || !hasKeys(route53)
                ? CONTROLLER
                : "the user of the access key in Secret " + namespace + "/" + secret.name();
    }

    private void trust(RoleArn role, Optional<ServiceAccount> account, String base, SortedSet<String> audiences) {
        var its = trusts.computeIfAbsent("role " + role, _ -> new TreeMap<>());
        if (account.isPresent()) {
            var subject = account.get();
            its.put(subject + " " + audiences, () -> byToken(role, subject, audiences));
            return;
        }
        wanted.computeIfAbsent(base, _ -> new Wanted(role.partition())).role(role);
        var principal = base.equals(CONTROLLER) ? around.controllerRole.or(() -> around.principal) : around.principal;
        its.put(base, () -> byPrincipal(role, base, principal));
    }

    private Stream<Document> byToken(RoleArn role, ServiceAccount subject, SortedSet<String> audiences) {
        if (around.provider.isEmpty()) {
            notes.add("role " + role + ": its trust policy for ServiceAccount " + subject
                    + " is left out, since the cluster does not name its token issuer: give --oidc-provider");
            return Stream.empty();
        }
        return Stream.of(
                new TrustPolicy.WebIdentity(role.partition(), role.account(), around.provider.get(), subject, audiences)
                        .document("trust policy of role " + role + ", for tokens of ServiceAccount " + subject));
    }

    private Stream<Document> byPrincipal(RoleArn role, String base, Optional<RoleArn> principal) {
        if (principal.isEmpty()) {
            notes.add("role " + role + ": its trust policy for " + base
                    + " is left out, since nothing tells its ARN: give --principal");
            return Stream.empty();
        }
        return assumable(role, principal.get());
    }

    /// Both forms for a role that another principal takes.
    static Stream<Document> assumable(RoleArn role, RoleArn principal) {
        return Stream.of(
                new TrustPolicy.ByName(principal)
                        .document("trust policy of role " + role + ", first form: names " + principal + " itself"),
                new TrustPolicy.ByAccount(principal)
                        .document("trust policy of role " + role + ", second form: names its account, and " + principal
                                + " by a condition"));
    }

    /// The records that a solver may be asked for, when nothing asks for any yet.
    private static RecordNames unasked(Solver solver) {
        var selector = solver.selector();
        var names = selector == null ? List.<String>of() : selector.dnsNames();
        var zones = selector == null ? List.<String>of() : selector.dnsZones();
        if (!names.isEmpty()) {
            return RecordNames.exactly(parsed(names).map(RecordNames::recordFor).toList());
        }
        return zones.isEmpty()
                ? RecordNames.anything()
                : RecordNames.below(parsed(zones).toList());
    }

    private static Stream<DnsName> parsed(List<String> texts) {
        return texts.stream().flatMap(text -> DnsName.parse(text).stream());
    }

    private static Optional<ServiceAccountRef> reference(Route53Solver solver) {
        return Optional.ofNullable(solver.auth()).map(Route53Auth::kubernetes).map(KubernetesAuth::serviceAccountRef);
    }

    private static SortedSet<String> audiences(Route53Solver solver) {
        var own = reference(solver).map(ServiceAccountRef::audiences).orElse(List.of());
        return new TreeSet<>(own.isEmpty() ? List.of(AUDIENCE) : own);
    }

    private static String zoneId(Route53Solver solver) {
        var id = solver.hostedZoneID().strip();
        return id.substring(id.lastIndexOf('/') + 1);
    }

    private static String name(AnyIssuer issuer) {
        var namespace = issuer.getMetadata().getNamespace();
        return issuer.getKind() + " " + (namespace == null ? "" : namespace + "/")
                + issuer.getMetadata().getName();
    }

    /// All that was added.
    Result result() {
        var documents = new ArrayList<Document>();
        wanted.forEach((who, wants) -> {
            documents.add(wants.policy().document("permissions of " + who));
            if (wants.isWidened()) {
                notes.add(who + ": the names do not fit into one policy of " + PermissionPolicy.LONGEST
                        + " characters, so all below their domains are allowed");
            }
            if (who.equals(CONTROLLER)) {
                documents.addAll(controllerTrust().toList());
            }
            trusts.getOrDefault(who, new TreeMap<>())
                    .values()
                    .forEach(some -> documents.addAll(some.get().toList()));
        });
        return new Result(List.copyOf(documents), List.copyOf(notes));
    }

    private Stream<Document> controllerTrust() {
        var pod = new TrustPolicy.PodIdentity(around.controller)
                .document("trust policy of the controller's role, with EKS Pod Identity");
        if (around.controllerRole.isEmpty() || around.provider.isEmpty()) {
            return Stream.of(pod);
        }
        var role = around.controllerRole.get();
        return Stream.of(
                pod,
                new TrustPolicy.WebIdentity(
                                role.partition(),
                                role.account(),
                                around.provider.get(),
                                around.controller,
                                new TreeSet<>(List.of(AUDIENCE)))
                        .document("trust policy of the controller's role " + role + ", with IRSA"));
    }
}
