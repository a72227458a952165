package dev.acme53.tools;

import dev.acme53.api.Certificate;
import dev.acme53.api.Challenge;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.Issuer;
import dev.acme53.names.DnsName;
import dev.acme53.tools.ClusterPolicies.Result;
import dev.acme53.tools.ClusterPolicies.Surroundings;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `acme53 iam-policy`: the tightest IAM policies for what is in a cluster, or for what is given by hand. Documents go
/// to standard output, one line about each to standard error.
@Command(
        name = "iam-policy",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Prints the tightest IAM policies, permissions and trust, for the issuers and Certificates of a"
                + " cluster; or, with --zone, for what the options say. Changes nothing.")
public final class IamPolicyCommand implements Callable<Integer> {
    private final Outside outside;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--zone", description = "a hosted zone, by hand: Z…, example.com or example.com=Z… (repeatable)")
    private List<String> zones = new ArrayList<>();

    @Option(
            names = "--dns-name",
            description = "with --zone: a name of a certificate, else all of the zones (repeatable)")
    private List<String> dnsNames = new ArrayList<>();

    @Option(
            names = "--service-account",
            paramLabel = "NS/NAME",
            description =
                    "whose tokens take the role: the controller's ServiceAccount (default cert-manager/cert-manager with"
                            + " a cluster), or with --zone any")
    private String serviceAccount = "";

    @Option(names = "--role", paramLabel = "ARN", description = "the role: the controller's own, or with --zone any")
    private String role = "";

    @Option(
            names = "--oidc-provider",
            paramLabel = "URL",
            description = "the cluster's token issuer, such as oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE (default:"
                    + " what the cluster says)")
    private String provider = "";

    @Option(names = "--audience", description = "with --zone: of the tokens (default sts.amazonaws.com; repeatable)")
    private List<String> audiences = new ArrayList<>();

    @Option(
            names = "--principal",
            paramLabel = "ARN",
            description = "the role or user that takes roles with its own credentials, for cross-account trust")
    private String principal = "";

    @Option(
            names = "--region",
            description = "tells the partition where neither a role nor an issuer's region does (default: aws)")
    private String region = "";

    @Mixin
    private final ClusterOptions options = new ClusterOptions();

    @Option(
            names = "--output",
            paramLabel = "documents|json",
            description = "documents: one after the other (default); json: one list with the purpose of each")
    private String output = "documents";

    public IamPolicyCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        var command = Objects.requireNonNull(spec).commandLine();
        try {
            print(zones.isEmpty() ? ofCluster() : byHand(), command.getOut(), command.getErr());
            return 0;
        } catch (Outside.Unusable e) {
            command.getErr().println("acme53 iam-policy: " + e.getMessage());
            return 1;
        }
    }

    private void print(Result result, PrintWriter out, PrintWriter err) {
        var asList = switch (output) {
            case "json" -> true;
            case "documents" -> false;
            default -> throw new Outside.Unusable("--output=" + output + ": documents or json");
        };
        if (asList) {
            out.println(result.documents().stream()
                    .map(Document::jsonWithPurpose)
                    .collect(Collectors.joining(",\n", "[\n", "\n]")));
        } else {
            for (var document : result.documents()) {
                err.println("# " + document.purpose());
                err.flush();
                out.println(document.json());
                out.flush();
            }
        }
        result.notes().forEach(note -> err.println("# note: " + note));
        out.flush();
        err.flush();
    }

    private Result byHand() {
        var partition = role().map(RoleArn::partition).orElseGet(this::partitionOfRegion);
        var wants = new Wanted(partition);
        var names = given("--dns-name", dnsNames, DnsName::parse);
        for (var zone : given("--zone", zones, ZoneOption::parse)) {
            wants.zone(zone.id());
            if (names.isEmpty()) {
                wants.records(
                        zone.name().map(n -> RecordNames.below(List.of(n))).orElseGet(RecordNames::anything));
            }
        }
        names.stream().map(RecordNames::recordFor).forEach(wants::record);
        var documents = new ArrayList<Document>();
        documents.add(wants.policy()
                .document("permissions of "
                        + role().map(r -> "role " + r).orElse("the identity that writes the records")));
        documents.addAll(trustByHand().toList());
        return new Result(documents, wants.note().stream().toList());
    }

    private Stream<Document> trustByHand() {
        var account = serviceAccount.isEmpty() ? Optional.<ServiceAccount>empty() : Optional.of(account());
        var byToken = account.stream().map(subject -> {
            if (provider.isEmpty()) {
                return new TrustPolicy.PodIdentity(subject)
                        .document("trust policy for ServiceAccount " + subject + ", with EKS Pod Identity");
            }
            var taken = role().orElseThrow(
                            () -> new Outside.Unusable("--role is needed with --oidc-provider: the account is in it"));
            return new TrustPolicy.WebIdentity(
                            taken.partition(),
                            taken.account(),
                            provider(provider),
                            subject,
                            new TreeSet<>(audiences.isEmpty() ? List.of("sts.amazonaws.com") : audiences))
                    .document("trust policy of role " + taken + ", for tokens of ServiceAccount " + subject);
        });
        return Stream.concat(byToken, principal().stream().flatMap(this::crossAccount));
    }

    private Stream<Document> crossAccount(RoleArn taker) {
        var taken = role().orElseThrow(
                        () -> new Outside.Unusable("--role is needed with --principal: the role that it takes"));
        if (!taken.partition().equals(taker.partition())) {
            throw new Outside.Unusable("--principal=" + taker + ": of another partition than --role");
        }
        var wants = new Wanted(taken.partition());
        wants.role(taken);
        return Stream.concat(
                Stream.of(wants.policy().document("permissions of " + taker)), ClusterPolicies.assumable(taken, taker));
    }

    private Result ofCluster() {
        try (var client = options.cluster(outside)) {
            var controller = serviceAccount.isEmpty() ? new ServiceAccount("cert-manager", "cert-manager") : account();
            var policies = new ClusterPolicies(new Surroundings(
                    options.clusterResourceNamespace(),
                    controller,
                    role().or(() -> ClusterFacts.roleOf(client, controller)),
                    provider.isEmpty() ? ClusterFacts.tokenIssuer(client) : Optional.of(provider(provider)),
                    principal(),
                    partitionOfRegion(),
                    outside::partition,
                    options.issuersAreAmbient(),
                    options.clusterIssuersAreAmbient()));
            var names = new AskedNames(
                    ClusterFacts.all(client, Certificate.class),
                    ClusterFacts.all(client, Challenge.class),
                    outside::follow);
            ClusterFacts.all(client, ClusterIssuer.class).forEach(issuer -> policies.add(issuer, names));
            ClusterFacts.all(client, Issuer.class).forEach(issuer -> policies.add(issuer, names));
            return policies.result();
        } catch (KubernetesClientException e) {
            throw new Outside.Unusable(WhichCluster.unanswered(e));
        }
    }

    private static String provider(String text) {
        var bare = text.replaceFirst("^https://", "").replaceFirst("/$", "");
        if (!ClusterFacts.PROVIDER.matcher(bare).matches()) {
            throw new Outside.Unusable("--oidc-provider=" + text + ": not an https URL");
        }
        return bare;
    }

    private ServiceAccount account() {
        return ServiceAccount.parse(serviceAccount)
                .orElseThrow(
                        () -> new Outside.Unusable("--service-account=" + serviceAccount + ": not NAMESPACE/NAME"));
    }

    private Optional<RoleArn> role() {
        return arn("--role", role, RoleArn::parse);
    }

    private Optional<RoleArn> principal() {
        return arn("--principal", principal, RoleArn::parsePrincipal);
    }

    private static Optional<RoleArn> arn(String option, String text, Function<String, Optional<RoleArn>> parser) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var arn = parser.apply(text);
        if (arn.isEmpty()) {
            throw new Outside.Unusable(option + "=" + text + ": not such an ARN");
        }
        return arn;
    }

    private static <T> List<T> given(String option, List<String> texts, Function<String, Optional<T>> parser) {
        return texts.stream()
                .map(text -> parser.apply(text)
                        .orElseThrow(() -> new Outside.Unusable(option + "=" + text + ": cannot be read")))
                .toList();
    }

    private String partitionOfRegion() {
        return region.isEmpty() ? "aws" : outside.partition(region);
    }
}
