package dev.acme53.aws;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;

/// A profile of the shared files → where its credentials come from: keys, a program, a token file, another source, and
/// a role on top (`source_profile`, `credential_source`).
final class ProfileSources {
    static final String SESSION_NAME = "acme53";
    private final ProfileFile file;

    /// What `credential_source` may name.
    private final Map<String, Supplier<AmbientChoice>> others;

    ProfileSources(ProfileFile file, Map<String, Supplier<AmbientChoice>> others) {
        this.file = file;
        this.others = others;
    }

    /// What profile `name` configures: nothing, when it only has settings such as a region.
    AmbientChoice of(String name) {
        return of(name, new HashSet<>());
    }

    private AmbientChoice of(String name, Set<String> seen) {
        var found = file.profile(name);
        if (found.isEmpty()) {
            return new AmbientChoice.Nothing();
        }
        var profile = found.get();
        if (!seen.add(name)) {
            // a profile may be its own source: then its keys are meant
            return keys(profile)
                    .<AmbientChoice>map(AmbientChoice.Configured::new)
                    .orElseGet(() -> broken(name, "its source_profile leads back to itself"));
        }
        if (profile.properties().keySet().stream().anyMatch(key -> key.startsWith("sso_"))) {
            return broken(
                    name,
                    "it uses sso_ settings: SSO needs a person at a browser and is not supported here; use a role for the"
                            + " Pod (EKS Pod Identity or IRSA), or access keys");
        }
        if (has(profile, "login_session")) {
            return broken(name, "it uses login_session, which is not supported here");
        }
        var role = text(profile, "role_arn");
        if (!role.isEmpty() && !RoleRequest.isRole(role)) {
            return broken(name, "its role_arn is not the ARN of an IAM role");
        }
        return role.isEmpty() ? base(profile) : withRole(profile, role, seen);
    }

    private AmbientChoice withRole(Profile profile, String role, Set<String> seen) {
        if (has(profile, "mfa_serial")) {
            return broken(profile.name(), "it uses mfa_serial, which needs a person");
        }
        if (has(profile, "web_identity_token_file")) {
            return new AmbientChoice.Configured(new CredentialSource.TokenFile(
                    words(profile, "web_identity_token_file"),
                    "web_identity_token_file of profile " + profile.name(),
                    Path.of(text(profile, "web_identity_token_file")),
                    role,
                    sessionName(profile)));
        }
        var duration = duration(profile);
        if (duration.isEmpty() && has(profile, "duration_seconds")) {
            return broken(profile.name(), "its duration_seconds is not a number of seconds from 900 to 43200");
        }
        return switch (under(profile, seen)) {
            case AmbientChoice.Configured base ->
                new AmbientChoice.Configured(new CredentialSource.Role(
                        base.source(),
                        new RoleRequest(role, sessionName(profile), text(profile, "external_id"), duration)));
            case AmbientChoice.Nothing _ ->
                broken(
                        profile.name(),
                        "it has a role_arn, but nothing to take the role with: no keys, source_profile, credential_source,"
                                + " credential_process or web_identity_token_file that gives credentials");
            case AmbientChoice.Broken broken -> broken;
        };
    }

    /// What a role is taken with.
    private AmbientChoice under(Profile profile, Set<String> seen) {
        if (has(profile, "source_profile")) {
            return of(text(profile, "source_profile"), seen);
        }
        if (has(profile, "credential_source")) {
            var named = others.get(text(profile, "credential_source"));
            return named == null
                    ? broken(
                            profile.name(),
                            "its credential_source is none of Environment, EcsContainer, Ec2InstanceMetadata")
                    : named.get();
        }
        return base(profile);
    }

    /// What a profile configures besides roles.
    private static AmbientChoice base(Profile profile) {
        var keys = keys(profile);
        if (keys.isPresent()) {
            return new AmbientChoice.Configured(keys.get());
        }
        if (has(profile, "aws_access_key_id") || has(profile, "aws_secret_access_key")) {
            return broken(profile.name(), "it has only one of aws_access_key_id and aws_secret_access_key");
        }
        if (has(profile, "web_identity_token_file")) {
            return broken(profile.name(), "it has a web_identity_token_file but no role_arn");
        }
        if (has(profile, "credential_process")) {
            return new AmbientChoice.Configured(new CredentialSource.Program(
                    words(profile, "credential_process"), text(profile, "credential_process")));
        }
        return has(profile, "source_profile") || has(profile, "credential_source")
                ? broken(profile.name(), "it has a source_profile or credential_source but no role_arn")
                : new AmbientChoice.Nothing();
    }

    private static Optional<CredentialSource> keys(Profile profile) {
        var id = text(profile, "aws_access_key_id");
        var secret = text(profile, "aws_secret_access_key");
        if (id.isEmpty() || secret.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new CredentialSource.Keys(
                words(profile, "keys"),
                CredentialSource.Keys.credentials(id, secret, text(profile, "aws_session_token"))));
    }

    private static String sessionName(Profile profile) {
        var name = text(profile, "role_session_name");
        return name.isEmpty() ? SESSION_NAME : name;
    }

    private static Optional<Duration> duration(Profile profile) {
        var text = text(profile, "duration_seconds");
        return text.matches("[0-9]{3,5}") && Integer.parseInt(text) >= 900 && Integer.parseInt(text) <= 43_200
                ? Optional.of(Duration.ofSeconds(Integer.parseInt(text)))
                : Optional.empty();
    }

    private static boolean has(Profile profile, String property) {
        return !text(profile, property).isEmpty();
    }

    private static String text(Profile profile, String property) {
        return profile.property(property).orElse("").strip();
    }

    private static String words(Profile profile, String what) {
        return "shared files, profile " + profile.name() + " (" + what + ")";
    }

    private static AmbientChoice.Broken broken(String profile, String what) {
        return new AmbientChoice.Broken("profile " + profile + " of the shared files: " + what);
    }
}
