package dev.acme53.tools;

import dev.acme53.api.AnyIssuer;
import dev.acme53.api.Route53Solver;
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
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The policies that the issuers of a cluster need for the names that are asked of them.
final class ClusterPolicies {
    private static final String CONTROLLER = "the controller's own identity";

    private final Surroundings around;
    /// By who acts and by partition.
    private final SortedMap<String, SortedMap<String, Wanted>> wanted = new TreeMap<>();

    private final SortedMap<String, SortedMap<String, Trust>> trusts = new TreeMap<>();
    private final SortedSet<String> notes = new TreeSet<>();

    /// What is known beside the issuers.
    ///
    /// @param clusterResourceNamespace of ClusterIssuers
    /// @param controller the controller's ServiceAccount
    /// @param controllerRole the controller's own role
    /// @param provider the cluster's provider of tokens, without `https://`
    /// @param principal who takes roles with access keys
    /// @param partition of those whom neither a role nor a solver's region tells
    /// @param partitions the partition of a region
    /// @param issuersAreAmbient whether Issuers may use the controller's own credentials
    /// @param clusterIssuersAreAmbient whether ClusterIssuers may
    record Surroundings(
            String clusterResourceNamespace,
            ServiceAccount controller,
            Optional<RoleArn> controllerRole,
            Optional<String> provider,
            Optional<RoleArn> principal,
            String partition,
            UnaryOperator<String> partitions,
            boolean issuersAreAmbient,
            boolean clusterIssuersAreAmbient) {}

    /// Why one may take a role, and for whom.
    private record Trust(Supplier<Stream<Document>> policies, SortedSet<String> askers) {
        Trust(Supplier<Stream<Document>> policies) {
            this(policies, new TreeSet<>());
        }

        Stream<Document> documents() {
            return policies.get().map(some -> some.and(", asked by " + String.join(", ", askers)));
        }
    }

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
        var stated = new StatedSolver(route53);
        var fault = stated.fault(issuer, around);
        if (fault.isPresent()) {
            notes.add(name(issuer) + ": " + fault.get() + "; this solver is left out");
            return;
        }
        var namespace = issuer.resourceNamespace(around.clusterResourceNamespace);
        var account = stated.reference().map(ref -> new ServiceAccount(namespace, ref.name()));
        var base = account.isPresent() ? "" : base(stated, namespace);
        var role = RoleArn.parse(route53.role());
        var target = role.map(r -> "role " + r).orElse(base);
        var partition = role.map(RoleArn::partition).orElseGet(() -> partition(stated));
        var wants = wanted(target, partition);
        wants.asker(name(issuer), place(issuer));
        wants.zone(stated.zoneId());
        var asked = names.of(issuer, solver);
        asked.forEach(wants::record);
        if (asked.isEmpty()) {
            unasked(issuer, solver, names, wants);
        }
        if (role.isPresent()) {
            trust(issuer, role.get(), account, base, stated.audiences());
        }
    }

    /// Keys belong to the partition of the solver's region; the controller's own credentials to that of its role, or of
    /// its surroundings.
    private String partition(StatedSolver stated) {
        return stated.hasKeys()
                ? stated.region().map(around.partitions).orElse(around.partition)
                : around.controllerRole.map(RoleArn::partition).orElse(around.partition);
    }

    private Wanted wanted(String who, String partition) {
        return wanted.computeIfAbsent(who, _ -> new TreeMap<>()).computeIfAbsent(partition, Wanted::new);
    }

    private static String base(StatedSolver stated, String namespace) {
        return stated.keysIn()
                .map(secret -> "the user of the access key in Secret " + namespace + "/" + secret)
                .orElse(CONTROLLER);
    }

    private void trust(
            AnyIssuer issuer,
            RoleArn role,
            Optional<ServiceAccount> account,
            String base,
            SortedSet<String> audiences) {
        var its = trusts.computeIfAbsent("role " + role, _ -> new TreeMap<>());
        if (account.isPresent()) {
            var subject = account.get();
            its.computeIfAbsent(subject + " " + audiences, _ -> new Trust(() -> byToken(role, subject, audiences)))
                    .askers
                    .add(name(issuer));
            return;
        }
        var taker = wanted(base, role.partition());
        taker.role(role);
        taker.asker(name(issuer), place(issuer));
        var principal = base.equals(CONTROLLER) ? around.controllerRole.or(() -> around.principal) : around.principal;
        its.computeIfAbsent(base, _ -> new Trust(() -> byPrincipal(role, base, principal)))
                .askers
                .add(name(issuer));
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
        if (!principal.get().partition().equals(role.partition())) {
            notes.add("role " + role + ": its trust policy for " + base + " is left out, since " + principal.get()
                    + " is of another partition, from which no role can be taken");
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

    /// Adds the records that a solver may be asked for, when nothing asks for any yet.
    private void unasked(AnyIssuer issuer, Solver solver, AskedNames asked, Wanted wants) {
        var selector = solver.selector();
        var names = selector == null ? List.<String>of() : selector.dnsNames();
        var zones = selector == null ? List.<String>of() : selector.dnsZones();
        if (!names.isEmpty()) {
            asked.of(parsed(names).toList(), solver).forEach(wants::record);
            return;
        }
        if (solver.followsCnames()) {
            notes.add(name(issuer)
                    + ": a solver follows CNAMEs and no Certificate asks for a name yet, so where they lead"
                    + " is not known: only records that are not led elsewhere are allowed; ask again when there are"
                    + " Certificates");
        }
        wants.records(
                zones.isEmpty()
                        ? RecordNames.anything()
                        : RecordNames.below(parsed(zones).toList()));
    }

    private static Stream<DnsName> parsed(List<String> texts) {
        return texts.stream().flatMap(text -> DnsName.parse(text).stream());
    }

    private static String name(AnyIssuer issuer) {
        var namespace = issuer.getMetadata().getNamespace();
        return issuer.getKind() + " " + (namespace == null ? "" : namespace + "/")
                + issuer.getMetadata().getName();
    }

    /// Who may write an issuer.
    private static String place(AnyIssuer issuer) {
        var namespace = issuer.getMetadata().getNamespace();
        return namespace == null ? "ClusterIssuers" : "namespace " + namespace;
    }

    /// All that was added.
    Result result() {
        var documents = new ArrayList<Document>();
        wanted.forEach((who, byPartition) -> {
            var several = byPartition.size() > 1;
            byPartition.forEach((partition, wants) -> {
                var acting = who + (several ? " in partition " + partition : "");
                documents.add(wants.policy().document("permissions of " + acting + wants.askedBy()));
                wants.note().ifPresent(note -> notes.add(acting + ": " + note));
                if (who.startsWith("role ") && wants.places().size() > 1) {
                    notes.add(who + ": named from several places (" + String.join(", ", wants.places())
                            + "), so each of them may write the names of all; a role for each keeps them apart");
                }
            });
            if (several) {
                notes.add(who + ": asked for in partitions " + String.join(", ", byPartition.keySet())
                        + ", but credentials are of one: what is of another needs keys, or a ServiceAccount reference,"
                        + " of its own" + (who.equals(CONTROLLER) ? "; --region says which partition is meant" : ""));
            }
            if (who.equals(CONTROLLER)) {
                controllerTrust()
                        .map(some -> some.and(Wanted.askedBy(byPartition.values())))
                        .forEach(documents::add);
            }
            trusts.getOrDefault(who, new TreeMap<>())
                    .values()
                    .forEach(trust -> trust.documents().forEach(documents::add));
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
                                new TreeSet<>(List.of(StatedSolver.AUDIENCE)))
                        .document("trust policy of the controller's role " + role + ", with IRSA"));
    }
}
