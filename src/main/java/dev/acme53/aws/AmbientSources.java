package dev.acme53.aws;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.profiles.ProfileFile;

/// Where the controller's own credentials come from (route53.md R10 to R13, §3.3): environment keys, web identity,
/// shared files, container endpoint, instance metadata.
///
/// The first that is *configured* is final, whether it works or not: going on to the next would act with the node's
/// role where somebody gave the Pod another one and got its token file wrong.
final class AmbientSources {
    private static final List<String> LINK_LOCAL = List.of("169.254.170.2", "169.254.170.23", "fd00:ec2::23");
    private static final String ECS = "http://169.254.170.2";

    private final Map<String, String> environment;
    private final SharedFiles files;

    AmbientSources(Map<String, String> environment, SharedFiles files) {
        this.environment = environment;
        this.files = files;
    }

    /// Decides by what is set; asks nobody.
    AmbientChoice choose() {
        try {
            return first();
        } catch (MalformedSetting e) {
            return new AmbientChoice.Broken(e.words);
        }
    }

    private AmbientChoice first() {
        return Stream.<Supplier<AmbientChoice>>of(
                        this::keys, this::webIdentity, this::profile, this::container, this::instance)
                .map(Supplier::get)
                .filter(choice -> !(choice instanceof AmbientChoice.Nothing))
                .findFirst()
                .orElseGet(AmbientChoice.Nothing::new);
    }

    private AmbientChoice keys() {
        var id = either("AWS_ACCESS_KEY_ID", "AWS_ACCESS_KEY");
        var secret = either("AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY");
        if (id.isEmpty() && secret.isEmpty()) {
            return new AmbientChoice.Nothing();
        }
        if (id.isEmpty() || secret.isEmpty()) {
            return new AmbientChoice.Broken("only one of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY is set");
        }
        return new AmbientChoice.Configured(new CredentialSource.Keys(
                "environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
                CredentialSource.Keys.credentials(id, secret, variable("AWS_SESSION_TOKEN"))));
    }

    private AmbientChoice webIdentity() {
        var file = variable("AWS_WEB_IDENTITY_TOKEN_FILE");
        var role = variable("AWS_ROLE_ARN");
        if (file.isEmpty()) {
            return role.isEmpty()
                    ? new AmbientChoice.Nothing()
                    : new AmbientChoice.Broken("AWS_ROLE_ARN is set, but AWS_WEB_IDENTITY_TOKEN_FILE is not");
        }
        if (!RoleRequest.isRole(role)) {
            return new AmbientChoice.Broken(
                    role.isEmpty()
                            ? "AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not"
                            : "AWS_ROLE_ARN is not the ARN of an IAM role");
        }
        var session = variable("AWS_ROLE_SESSION_NAME");
        return new AmbientChoice.Configured(new CredentialSource.TokenFile(
                "web identity of the Pod (IRSA), token file " + file,
                "AWS_WEB_IDENTITY_TOKEN_FILE",
                Path.of(file),
                role,
                session.isEmpty() ? ProfileSources.SESSION_NAME : session));
    }

    private AmbientChoice profile() {
        return switch (files.read()) {
            case SharedFiles.Contents.Broken broken -> new AmbientChoice.Broken(broken.words());
            case SharedFiles.Contents.Read read -> {
                var name = files.profileName();
                if (files.namesProfile() && read.file().profile(name).isEmpty()) {
                    yield new AmbientChoice.Broken("profile " + name + " is asked for by AWS_PROFILE or"
                            + " AWS_DEFAULT_PROFILE, but the shared files have none of that name");
                }
                yield profile(read.file(), name);
            }
        };
    }

    AmbientChoice profile(ProfileFile file, String name) {
        return new ProfileSources(
                        file,
                        Map.of(
                                "Environment", this::keys,
                                "EcsContainer", this::container,
                                "Ec2InstanceMetadata", this::instance))
                .of(name);
    }

    private AmbientChoice container() {
        var relative = variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
        var full = variable("AWS_CONTAINER_CREDENTIALS_FULL_URI");
        var file = variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
        if (relative.isEmpty() && full.isEmpty()) {
            return file.isEmpty()
                    ? new AmbientChoice.Nothing()
                    : new AmbientChoice.Broken(
                            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE is set, but AWS_CONTAINER_CREDENTIALS_FULL_URI is not");
        }
        var variable =
                relative.isEmpty() ? "AWS_CONTAINER_CREDENTIALS_FULL_URI" : "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
        var uri = uri(relative.isEmpty() ? full : ECS + (relative.startsWith("/") ? "" : "/") + relative);
        if (uri.isEmpty() || !isAllowed(uri.get())) {
            return new AmbientChoice.Broken(variable + " is not a URI by https, or by http of this host's loopback, "
                    + String.join(", ", LINK_LOCAL));
        }
        return new AmbientChoice.Configured(new CredentialSource.Container(
                "container endpoint " + uri.get() + " (EKS Pod Identity or ECS)",
                uri.get(),
                file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file)),
                variable("AWS_CONTAINER_AUTHORIZATION_TOKEN")));
    }

    private AmbientChoice instance() {
        if (variable("AWS_EC2_METADATA_DISABLED").equalsIgnoreCase("true")) {
            return new AmbientChoice.Nothing();
        }
        var given = setting("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint");
        var mode = setting("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode")
                .toLowerCase(Locale.ROOT);
        if (given.isEmpty() && !Set.of("", "ipv4", "ipv6").contains(mode)) {
            return new AmbientChoice.Broken("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE is neither IPv4 nor IPv6");
        }
        var usual = mode.equals("ipv6") ? "http://[fd00:ec2::254]" : "http://169.254.169.254";
        return uri(given.isEmpty() ? usual : given)
                .<AmbientChoice>map(uri -> new AmbientChoice.Configured(
                        new CredentialSource.Instance("instance metadata " + uri + " (IMDSv2)", uri, patience())))
                .orElseGet(() -> new AmbientChoice.Broken("AWS_EC2_METADATA_SERVICE_ENDPOINT is not a URI"));
    }

    /// For each of the requests: the service is one hop away, or not reachable at all.
    private Duration patience() {
        var seconds = variable("AWS_METADATA_SERVICE_TIMEOUT");
        return seconds.matches("[1-9][0-9]?") ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ofSeconds(1);
    }

    private static boolean isAllowed(URI uri) {
        if (uri.getScheme().equals("https")) {
            return true;
        }
        var host = uri.getHost().replaceAll("[\\[\\]]", "");
        return LINK_LOCAL.contains(host) || isLoopback(host);
    }

    /// By the address as written: a name is not looked up, lest DNS decide.
    private static boolean isLoopback(String host) {
        try {
            return host.equals("localhost") || InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static Optional<URI> uri(String text) {
        try {
            var uri = new URI(text);
            return Set.of("http", "https").contains(String.valueOf(uri.getScheme())) && uri.getHost() != null
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private String setting(String variable, String property) {
        var text = variable(variable);
        return text.isEmpty() ? files.setting(property).orElse("") : text;
    }

    private String either(String name, String other) {
        var text = variable(name);
        return text.isEmpty() ? variable(other) : text;
    }

    private String variable(String name) {
        return environment.getOrDefault(name, "").strip();
    }
}
