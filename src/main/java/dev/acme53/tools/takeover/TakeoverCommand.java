package dev.acme53.tools.takeover;

import dev.acme53.tools.Outside;
import dev.acme53.tools.ServiceAccount;
import dev.acme53.tools.WhichCluster;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `acme53 takeover --check`: what comes of each object of a cluster of cert-manager's, and what has to be done before;
/// with `--back` the same for the way back. It reads, and no Secrets.
@Command(
        name = "takeover",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Says of each object of a cert-manager cluster whether acme53 serves it, leaves it alone, or what"
                + " has to be done before. Changes nothing, reads no Secret.")
public final class TakeoverCommand implements Callable<Integer> {
    private final Outside outside;
    private final InstantSource clock;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--check", required = true, description = "look and tell; there is nothing else it does")
    private boolean check;

    @Option(names = "--back", description = "the way back: what cert-manager finds where acme53 ran")
    private boolean back;

    @Option(
            names = "--service-account",
            paramLabel = "NS/NAME",
            description = "what acme53 will run as (default cert-manager/cert-manager)")
    private String account = "cert-manager/cert-manager";

    @Option(
            names = "--cluster-resource-namespace",
            paramLabel = "NS",
            description = "as acme53's flag will say (default: the namespace of --service-account, as with the chart)")
    private String clusterResourceNamespace = "";

    @Option(
            names = "--leader-election-namespace",
            paramLabel = "NS",
            description = "as acme53's flag will say (default kube-system)")
    private String leaseNamespace = "kube-system";

    @Option(names = "--all", description = "name each served object too, not only their number")
    private boolean all;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            description = "text (default), or json with each object")
    private String output = "text";

    @Mixin
    private final WhichCluster cluster = new WhichCluster();

    public TakeoverCommand(Outside outside, InstantSource clock) {
        this.outside = outside;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        var command = Objects.requireNonNull(spec).commandLine();
        try {
            var report = report();
            print(report, command.getOut());
            return report.exitCode();
        } catch (Outside.Unusable e) {
            return refuse(command.getErr(), String.valueOf(e.getMessage()));
        } catch (KubernetesClientException e) {
            return refuse(command.getErr(), WhichCluster.unanswered(e));
        }
    }

    private static int refuse(PrintWriter err, String sentence) {
        err.println("acme53 takeover: " + sentence);
        err.flush();
        return 1;
    }

    private Report report() {
        if (!check) {
            throw new Outside.Unusable("there is nothing else to do than to --check");
        }
        var intent = intent();
        if (!output.equals("text") && !output.equals("json")) {
            throw new Outside.Unusable("--output=" + output + ": text or json");
        }
        try (var client = cluster.open(outside)) {
            var picture = new Gathering(client).picture();
            return back
                    ? new WayBack(picture, clock.instant()).report()
                    : new WayIn(picture, intent, clock.instant()).report();
        }
    }

    private Intent intent() {
        var itself = ServiceAccount.parse(account)
                .orElseThrow(() -> new Outside.Unusable("--service-account=" + account + ": not NAMESPACE/NAME"));
        return new Intent(
                itself,
                clusterResourceNamespace.isEmpty() ? itself.namespace() : clusterResourceNamespace,
                leaseNamespace);
    }

    private void print(Report report, PrintWriter out) {
        var text = new ReportText(report);
        out.print(output.equals("json") ? text.json() : text.lines(all));
        out.flush();
    }
}
