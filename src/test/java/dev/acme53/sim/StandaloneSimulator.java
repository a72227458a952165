package dev.acme53.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The simulator as a process of its own: prints the environment that a controller needs and serves until its
/// input ends.
@Command(
        name = "simulator",
        mixinStandardHelpOptions = true,
        description = "Route 53, STS and authoritative DNS on loopback ports.")
public final class StandaloneSimulator implements Callable<Integer> {
    @Option(names = "--zone", paramLabel = "NAME", description = "A public hosted zone; may be given several times.")
    private List<String> zones = new ArrayList<>();

    @Option(names = "--insync-after", paramLabel = "DURATION", description = "PENDING for so long, as PT20S.")
    private Duration insyncAfter = Duration.ofSeconds(5);

    @Option(names = "--aws-quotas", description = "50 calls and 10 per second, as AWS grants an account.")
    private boolean awsQuotas;

    @Option(names = "--route53-port", description = "0 takes a free one.")
    private int route53Port;

    @Option(names = "--sts-port", description = "0 takes a free one.")
    private int stsPort;

    @Option(names = "--dns-port", description = "0 takes a free one.")
    private int dnsPort;

    private StandaloneSimulator() {}

    public static void main(String... arguments) {
        System.exit(new CommandLine(new StandaloneSimulator()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        var settings = SimulatorSettings.defaults()
                .insyncAfter(insyncAfter)
                .quotas(awsQuotas ? Quotas.Limits.aws() : Quotas.Limits.none())
                .ports(route53Port, stsPort, dnsPort);
        try (var simulator = Simulator.start(settings)) {
            zones.forEach(simulator::createZone);
            simulator.environment().forEach((name, value) -> System.out.println(name + "=" + value));
            System.out.println("DNS_SERVER=127.0.0.1:" + simulator.dnsAddress().getPort());
            System.out.flush();
            while (System.in.read() >= 0) {
                continue;
            }
        }
        return 0;
    }
}
