package dev.acme53.aws;

import java.time.Instant;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/// What asking for credentials once gave.
sealed interface Fetch {
    /// Credentials.
    ///
    /// @param expires [Instant#MAX] when they do not
    /// @param holder the ARN of the role or of the role's session that they are; empty when unknown
    /// @param account the UID of the ServiceAccount whose token they were got for; empty for others
    record Got(AwsCredentials credentials, Instant expires, String holder, String account) implements Fetch {
        static Got lasting(AwsCredentials credentials) {
            return new Got(credentials, Instant.MAX, "", "");
        }

        static Got session(String id, String secret, String token, Instant expires, String holder) {
            return new Got(AwsSessionCredentials.create(id, secret, token), expires, holder, "");
        }

        Got forAccount(String uid) {
            return new Got(credentials, expires, holder, uid);
        }

        /// Without the credentials.
        @Override
        public String toString() {
            return "Got[expires=" + expires + ", holder=" + holder + "]";
        }
    }

    /// None.
    ///
    /// @param message the same from one try to the next; not yet said what for
    record Failed(String message) implements Fetch {}
}
