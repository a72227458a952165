package dev.acme53.tools;

import dev.acme53.api.AnyIssuer;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.Issuer;
import dev.acme53.api.Route53Solver;
import dev.acme53.api.Solver;
import dev.acme53.aws.AwsSession;
import dev.acme53.aws.CallerIdentity;
import dev.acme53.aws.IssuerScope;
import dev.acme53.aws.Resolution;
import dev.acme53.aws.SolverIdentities;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `acme53 whoami`: who each solver of an issuer is to AWS, and why. It resolves as the controller does, then asks AWS
/// for the account by `GetCallerIdentity`; nothing is written and no secret shown.
@Command(
        name = "whoami",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Says which source, account, role, region and endpoints each solver of an issuer resolves to, and"
                + " why. Changes nothing. The controller's own credentials are those of the process that runs this:"
                + " run it in the controller's Pod to see the controller's.")
public final class WhoamiCommand implements Callable<Integer> {
    private final Outside outside;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--issuer", required = true, paramLabel = "NAME", description = "the Issuer, or ClusterIssuer")
    private String issuer = "";

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS",
            description = "the Issuer's namespace; without it a ClusterIssuer is meant")
    private String namespace = "";

    @Mixin
    private final ClusterOptions options = new ClusterOptions();

    public WhoamiCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        var command = Objects.requireNonNull(spec).commandLine();
        try (var client = options.cluster(outside);
                var identities = outside.identities(client)) {
            return report(found(client), identities, command.getOut()) ? 0 : 1;
        } catch (Outside.Unusable e) {
            return refuse(command.getErr(), String.valueOf(e.getMessage()));
        } catch (KubernetesClientException e) {
            return refuse(command.getErr(), WhichCluster.unanswered(e));
        }
    }

    private static int refuse(PrintWriter err, String sentence) {
        err.println("acme53 whoami: " + sentence);
        err.flush();
        return 1;
    }

    /// Asked for as a list: that much the controller may do wherever it serves an issuer. Beside cert-manager a `get`
    /// is forbidden.
    private AnyIssuer found(KubernetesClient client) {
        List<? extends AnyIssuer> named = namespace.isEmpty()
                ? client.resources(ClusterIssuer.class)
                        .withField("metadata.name", issuer)
                        .list()
                        .getItems()
                : client.resources(Issuer.class)
                        .inNamespace(namespace)
                        .withField("metadata.name", issuer)
                        .list()
                        .getItems();
        if (named.isEmpty()) {
            throw new Outside.Unusable(
                    namespace.isEmpty()
                            ? "there is no ClusterIssuer " + issuer + " (an Issuer needs -n NAMESPACE)"
                            : "there is no Issuer " + issuer + " in namespace " + namespace);
        }
        return named.getFirst();
    }

    /// Whether all solvers resolve.
    private boolean report(AnyIssuer found, SolverIdentities identities, PrintWriter out) {
        var spec = found.getSpec();
        var acme = spec == null ? null : spec.acme();
        if (acme == null) {
            throw new Outside.Unusable("this issuer is not of type acme, so not served");
        }
        out.println(found.getKind() + " " + (namespace.isEmpty() ? "" : namespace + "/") + issuer);
        var good = true;
        for (var i = 0; i < acme.solvers().size(); i++) {
            var solver = acme.solvers().get(i);
            out.println("  solver " + i + ", for " + meantFor(solver));
            good &= solver.route53()
                    .map(route53 -> report(route53, found, identities, out))
                    .orElseGet(() -> {
                        out.println(line("not served", "this is no DNS01 in Route 53"));
                        return true;
                    });
        }
        out.flush();
        return good;
    }

    private boolean report(Route53Solver route53, AnyIssuer found, SolverIdentities identities, PrintWriter out) {
        var scope = new IssuerScope(
                found.getKind(),
                found.resourceNamespace(options.clusterResourceNamespace()),
                namespace.isEmpty() ? options.clusterIssuersAreAmbient() : options.issuersAreAmbient());
        return switch (identities.resolve(route53, scope)) {
            case Resolution.Refused refused -> {
                out.println(line("refused", refused.message()));
                yield false;
            }
            case Resolution.Granted(AwsSession session) -> {
                granted(session, identities.callerIdentity(session)).forEach(out::println);
                var zone = route53.hostedZoneID();
                out.println(line("hosted zone", zone.isBlank() ? "looked up by each name" : zone.strip()));
                yield true;
            }
        };
    }

    private static List<String> granted(AwsSession session, CallerIdentity caller) {
        var description = session.description();
        var lines = new ArrayList<String>();
        lines.add(line("source", description.source() + (description.ambient() ? " (the controller's own)" : "")));
        description.roles().forEach(role -> lines.add(line("then role", role)));
        lines.addAll(
                switch (caller) {
                    case CallerIdentity.Known known ->
                        List.of(line("account", known.account()), line("identity", known.arn() + ", says AWS"));
                    case CallerIdentity.Unknown unknown ->
                        List.of(
                                line("account", description.account().orElse("unknown")),
                                line("identity", "AWS did not say: " + unknown.message()));
                });
        lines.add(line("region", description.region() + ", from " + description.regionFrom()));
        lines.add(line("partition", description.partition()));
        lines.add(line("Route 53", description.route53() + ", signed for " + description.signingRegion()));
        lines.add(line("STS", description.sts().toString()));
        return lines;
    }

    private static String meantFor(Solver solver) {
        var selector = solver.selector();
        if (selector == null) {
            return "all names";
        }
        var parts = new ArrayList<String>();
        parts.addAll(selector.dnsNames());
        selector.dnsZones().forEach(zone -> parts.add("all below " + zone));
        selector.matchLabels().forEach((key, value) -> parts.add("label " + key + "=" + value));
        return parts.isEmpty() ? "all names" : plain(parts.stream().collect(Collectors.joining(", ")));
    }

    private static String line(String word, String text) {
        return String.format("    %-12s %s", word + ":", plain(text));
    }

    /// Anyone may have written it into an issuer, and terminals obey control characters.
    private static String plain(String text) {
        return text.replaceAll("\\p{C}", "?");
    }
}
