package dev.acme53.operator;

import dev.acme53.aws.SolverIdentities;
import dev.acme53.dns.Cnames;
import dev.acme53.dns.DohSettings;
import dev.acme53.dns.Resolvers;
import dev.acme53.names.DnsName;
import dev.acme53.operator.network.BadVariable;
import dev.acme53.operator.network.Network;
import dev.acme53.tools.Outside;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/// What tools reach, by the environment of this process.
final class ToolsOutside implements Outside {
    private final Map<String, String> environment;

    ToolsOutside(Map<String, String> environment) {
        this.environment = environment;
    }

    private Network network() {
        try {
            return Network.of(environment).becomeTheDefault();
        } catch (BadVariable e) {
            throw new Unusable(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public KubernetesClient cluster(Optional<String> kubeconfig, Optional<String> context) {
        return ApiServerClient.client(config(kubeconfig, context), network(), _ -> {});
    }

    private Config config(Optional<String> kubeconfig, Optional<String> context) {
        var file = kubeconfig.map(Path::of).or(this::usersFile);
        if (file.isEmpty()) {
            if (environment.containsKey("KUBERNETES_SERVICE_HOST")) {
                return Config.autoConfigure(null);
            }
            throw new Unusable("no cluster: there is no kubeconfig in --kubeconfig, KUBECONFIG or ~/.kube/config");
        }
        var path = file.get();
        if (!Files.isReadable(path)) {
            throw new Unusable("kubeconfig " + path + ": no such file, or not readable");
        }
        try {
            return context.isPresent()
                    ? Config.fromKubeconfig(context.get(), path.toFile())
                    : Config.fromKubeconfig(path.toFile());
        } catch (KubernetesClientException | IllegalArgumentException e) {
            throw new Unusable("kubeconfig " + path + ": not a kubeconfig, or without that context");
        }
    }

    /// The first file of `KUBECONFIG` that is there, else the one in the home folder, if it is there.
    private Optional<Path> usersFile() {
        var listed = Arrays.stream(environment.getOrDefault("KUBECONFIG", "").split(":"))
                .filter(text -> !text.isBlank())
                .map(Path::of);
        var own = Stream.of(environment.getOrDefault("HOME", ""))
                .filter(home -> !home.isEmpty())
                .map(home -> Path.of(home, ".kube", "config"));
        return Stream.concat(listed, own).filter(Files::isReadable).findFirst();
    }

    @Override
    public DnsName follow(DnsName name) {
        var network = network();
        var doh = new DohSettings(network.proxySelector(), network::proxyAuthorization, network.tls());
        try (var resolvers = Resolvers.of(RecursiveNameservers.of(List.of()), false, InstantSource.system(), doh)) {
            return switch (resolvers.cnames().follow(name)) {
                case Cnames.Followed.At at -> at.name();
                case Cnames.Followed.Failed failed -> throw new Unusable(failed.text());
            };
        }
    }

    @Override
    public SolverIdentities identities(KubernetesClient client) {
        return new SolverIdentities(
                client,
                environment,
                Version.userAgent(),
                network().aws(),
                InstantSource.system(),
                RandomGenerator.getDefault());
    }

    @Override
    public String partition(String region) {
        var metadata = PartitionMetadata.of(Region.of(region));
        return metadata == null ? "aws" : metadata.id();
    }
}
