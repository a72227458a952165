package dev.acme53.demo;

import dev.acme53.rig.Rig;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.MissingPrerequisite;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.SimulatorSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/// Starts a Kubernetes API, a CA and Route 53 on this machine, runs the controller as a user would, applies a
/// ClusterIssuer and three Certificates, and shows how they are issued.
///
/// `--keep` leaves everything running afterwards, until Ctrl-C.
final class Demo {
    private static final String NAMESPACE = "shop";
    private static final int CERTIFICATES = 3;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration INSYNC = Duration.ofSeconds(8);

    private final PrintStream out;
    private final boolean keep;

    private Demo(PrintStream out, boolean keep) {
        this.out = out;
        this.keep = keep;
    }

    public static void main(String[] arguments) throws Exception {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var unknown = List.of(arguments).stream()
                .filter(a -> !a.isBlank() && !a.equals("--keep"))
                .findFirst();
        if (unknown.isPresent()) {
            System.err.println("unknown argument " + unknown.get() + ": only --keep is known");
            System.exit(2);
        }
        try {
            System.exit(new Demo(out, List.of(arguments).contains("--keep")).run() ? 0 : 1);
        } catch (MissingPrerequisite missing) {
            System.err.println(missing.getMessage());
            System.exit(1);
        }
    }

    private boolean run() throws Exception {
        out.println("Starting etcd, kube-apiserver, Pebble (the CA) and a Route 53 that takes " + INSYNC.toSeconds()
                + " s until INSYNC …");
        try (var kubernetes = TestServers.newKubernetes();
                var rig = Rig.start(kubernetes, SimulatorSettings.defaults().insyncAfter(INSYNC), p -> p);
                var client = kubernetes.client()) {
            kubernetes.apply(Path.of("crds"));
            prepareZones(rig);
            apply(client, rig, "issuer.yaml");
            try (var controller = rig.controller("cert-manager").ready()) {
                out.println("The controller runs: java @src/main/image/jvm.options -jar target/acme53.jar …");
                out.println("Applied the ClusterIssuer pebble; now three Certificates.\n");
                apply(client, rig, "certificates.yaml");
                var isIssued = watch(client, rig);
                if (!isIssued) {
                    out.println("Not all were issued within " + LIMIT.toMinutes() + " minutes. The controller's log:\n"
                            + controller.log());
                    return false;
                }
                var isClean = report(client, rig);
                if (keep) {
                    stay(kubernetes, rig);
                }
                return isClean;
            }
        }
    }

    /// A zone of ours, and a customer's, which delegates one challenge name to ours by CNAME.
    private static void prepareZones(Rig rig) {
        rig.route53().createZone("shop.example");
        var customer = rig.route53().createZone("customer.example");
        rig.route53()
                .addRecord(
                        customer, "_acme-challenge.pay.customer.example", "CNAME", "pay-customer._acme.shop.example");
    }

    private void apply(KubernetesClient client, Rig rig, String resource) throws IOException {
        try (var stream = Objects.requireNonNull(Demo.class.getResourceAsStream("/demo/" + resource))) {
            var text = rig.filled(new String(stream.readAllBytes(), StandardCharsets.UTF_8), NAMESPACE);
            try (var filled = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))) {
                client.load(filled)
                        .items()
                        .forEach(item ->
                                client.resource(item).fieldManager("kubectl").serverSideApply());
            }
        }
    }

    private boolean watch(KubernetesClient client, Rig rig) throws InterruptedException {
        var end = System.nanoTime() + LIMIT.toNanos();
        try (var board = new Board(out, rig.route53(), System.getenv())) {
            while (System.nanoTime() < end) {
                var progress = Observation.of(client, NAMESPACE).progress();
                board.show(progress);
                if (progress.stream()
                                .filter(p -> p.step() == Progress.Step.ISSUED)
                                .count()
                        == CERTIFICATES) {
                    return true;
                }
                Thread.sleep(150);
            }
            return false;
        }
    }

    private boolean report(KubernetesClient client, Rig rig) throws GeneralSecurityException, InterruptedException {
        var receipt = new Receipt(rig, out);
        for (var secret : List.of("single-tls", "wildcard-tls", "delegated-tls")) {
            receipt.printChain(
                    client.secrets().inNamespace(NAMESPACE).withName(secret).get());
        }
        var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!rig.route53().txtRecords().isEmpty() && System.nanoTime() < end) {
            Thread.sleep(100);
        }
        return receipt.printRecords();
    }

    private void stay(KubernetesApi kubernetes, Rig rig) throws InterruptedException {
        out.println("""

                Everything stays up until Ctrl-C. To play with it:
                  export KUBECONFIG=%s
                  kubectl get certificates,orders,challenges --namespace %s
                  kubectl delete secret single-tls --namespace %s     # and watch it come back
                Names below shop.example can be issued; the CA's directory is %s
                """.formatted(
                        kubernetes.kubeconfig(), NAMESPACE, NAMESPACE, rig.ca().directory()));
        new CountDownLatch(1).await();
    }
}
