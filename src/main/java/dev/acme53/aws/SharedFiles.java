package dev.acme53.aws;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.profiles.ProfileFile;

/// The shared configuration and credentials files that the environment points to, read anew each time: a mounted
/// Secret is replaced while we run.
final class SharedFiles {
    private final Map<String, String> environment;

    SharedFiles(Map<String, String> environment) {
        this.environment = environment;
    }

    /// `AWS_PROFILE`, else `AWS_DEFAULT_PROFILE`, else `default`.
    String profileName() {
        var named = namedProfile();
        return named.isEmpty() ? "default" : named;
    }

    /// Whether a variable asks for a profile.
    boolean namesProfile() {
        return !namedProfile().isEmpty();
    }

    private String namedProfile() {
        var named = variable("AWS_PROFILE");
        return named.isEmpty() ? variable("AWS_DEFAULT_PROFILE") : named;
    }

    /// Both files together; what the credentials file says wins.
    Contents read() {
        var all = ProfileFile.aggregator();
        for (var file : new Location[] {
            new Location("AWS_SHARED_CREDENTIALS_FILE", "credentials", ProfileFile.Type.CREDENTIALS),
            new Location("AWS_CONFIG_FILE", "config", ProfileFile.Type.CONFIGURATION)
        }) {
            var named = variable(file.variable);
            var path = named.isEmpty() ? inHome(file.name) : Optional.of(Path.of(named));
            if (path.isPresent()) {
                try {
                    all.addFile(ProfileFile.builder()
                            .content(Files.readString(path.get(), StandardCharsets.UTF_8))
                            .type(file.type)
                            .build());
                } catch (NoSuchFileException _) {
                    if (!named.isEmpty()) {
                        return new Contents.Broken(path.get() + " (" + file.variable + ") is missing");
                    }
                } catch (IOException _) {
                    return new Contents.Broken(path.get() + " is not readable");
                } catch (IllegalArgumentException _) {
                    return new Contents.Broken(path.get() + " is not written as a shared AWS file is");
                }
            }
        }
        return new Contents.Read(all.build());
    }

    /// A property of the selected profile, blanks around it left out.
    /// @throws MalformedSetting when the files cannot be read: what they may say is not passed over
    Optional<String> setting(String property) {
        return switch (read()) {
            case Contents.Read read -> setting(read.file, property);
            case Contents.Broken broken -> throw new MalformedSetting(broken.words());
        };
    }

    private Optional<String> setting(ProfileFile file, String property) {
        return file.profile(profileName())
                .flatMap(profile -> profile.property(property))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    /// `endpoint_url` of a service in the `services` section that the selected profile names.
    /// @param service `route_53`, `sts`
    /// @throws MalformedSetting when the files cannot be read
    Optional<String> serviceEndpoint(String service) {
        return switch (read()) {
            case Contents.Read read ->
                setting(read.file, "services")
                        .flatMap(name -> read.file.getSection("services", name))
                        .flatMap(section -> section.property(service + ".endpoint_url"))
                        .map(String::strip)
                        .filter(text -> !text.isEmpty());
            case Contents.Broken broken -> throw new MalformedSetting(broken.words());
        };
    }

    private Optional<Path> inHome(String name) {
        var home = variable("HOME");
        return home.isEmpty() ? Optional.empty() : Optional.of(Path.of(home, ".aws", name));
    }

    private String variable(String name) {
        return environment.getOrDefault(name, "").strip();
    }

    private record Location(String variable, String name, ProfileFile.Type type) {}

    sealed interface Contents {
        record Read(ProfileFile file) implements Contents {}

        /// One of them cannot be read.
        ///
        /// @param message which file, and what is wrong with it
        record Broken(String message) implements Contents {
            /// For a refusal.
            String words() {
                return "the shared file " + message;
            }
        }
    }
}
