package dev.acme53.aws;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/// Where credentials come from. Equal sources give the same credentials.
sealed interface CredentialSource {
    /// The source in words, without secrets.
    String words();

    /// The roles on the way, in the order in which STS is asked for them.
    default List<String> roles() {
        return List.of();
    }

    /// Keys at hand: of a Secret, the environment or a file.
    record Keys(String words, AwsCredentials credentials) implements CredentialSource {
        /// Of a session when there is a token.
        static AwsCredentials credentials(String id, String secret, String token) {
            return token.isEmpty()
                    ? AwsBasicCredentials.create(id, secret)
                    : AwsSessionCredentials.create(id, secret, token);
        }

        /// Without the keys.
        @Override
        public String toString() {
            return "Keys[" + words + "]";
        }
    }

    /// A token in a file, which is read anew for each exchange since kubelet replaces it (IRSA).
    /// @param setting what names the file
    record TokenFile(String words, String setting, Path file, String role, String sessionName)
            implements CredentialSource {
        @Override
        public List<String> roles() {
            return List.of(role);
        }
    }

    /// A token that the API server makes for a ServiceAccount.
    record ServiceAccount(String namespace, String name, List<String> audiences, String role)
            implements CredentialSource {
        @Override
        public String words() {
            return "ServiceAccount " + namespace + "/" + name;
        }

        @Override
        public List<String> roles() {
            return List.of(role);
        }
    }

    /// A role taken with the credentials of another source.
    record Role(CredentialSource base, RoleRequest request) implements CredentialSource {
        @Override
        public String words() {
            return base.words();
        }

        @Override
        public List<String> roles() {
            var before = new ArrayList<>(base.roles());
            before.add(request.arn());
            return List.copyOf(before);
        }
    }

    /// A program of a profile's `credential_process`.
    record Program(String words, String command) implements CredentialSource {
        /// Without the command, which may hold a password.
        @Override
        public String toString() {
            return "Program[" + words + "]";
        }
    }

    /// An agent beside the container: EKS Pod Identity, ECS.
    /// @param tokenFile read anew for each request
    /// @param token what is sent where no file is named; empty for nothing
    record Container(String words, URI uri, Optional<Path> tokenFile, String token) implements CredentialSource {
        /// Without the token.
        @Override
        public String toString() {
            return "Container[" + words + "]";
        }
    }

    /// The metadata service of an EC2 instance, version 2.
    record Instance(String words, URI endpoint, Duration patience) implements CredentialSource {}
}
