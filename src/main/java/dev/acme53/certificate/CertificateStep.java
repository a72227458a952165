package dev.acme53.certificate;

import dev.acme53.x509.KeySpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What is done next about a Certificate. Edits of the status are collected; a step that writes another object is taken
/// only when what was collected is stored, so that after a crash the status tells how far things went.
sealed interface CertificateStep {
    /// A step that writes another object than the Certificate.
    sealed interface Act extends CertificateStep {}

    /// Change the status, and say so once it is stored.
    record Edit(StatusEdit edit, Optional<Announcement> announcement) implements CertificateStep {
        static Edit silent(StatusEdit edit) {
            return new Edit(edit, Optional.empty());
        }
    }

    /// Read the target Secret itself: what is remembered of it is not enough.
    record ReadTarget() implements CertificateStep {}

    /// Write the target Secret again with what it holds.
    record UpkeepSecret(Violation violation) implements Act {}

    /// Choose a name for the Secret of the next private key.
    record NameNextKey() implements CertificateStep {}

    /// See what is in the Secret of the next private key.
    record LookAtNextKey(String name) implements CertificateStep {}

    /// Make a key and keep it in a new Secret.
    record GenerateNextKey(String name, KeySpec spec, Optional<Announcement> announcement) implements Act {}

    /// Keep the target Secret's key in a new Secret.
    record ReuseKey(String name) implements Act {}

    /// Delete Secrets of next private keys.
    record DeleteNextKeys(List<SecretIdentity> secrets, Optional<Announcement> announcement) implements Act {
        public DeleteNextKeys {
            secrets = List.copyOf(secrets);
        }
    }

    /// Delete CertificateRequests.
    record DeleteRequests(List<OwnedRequest> requests) implements Act {
        public DeleteRequests {
            requests = List.copyOf(requests);
        }
    }

    /// Build a CSR and create the CertificateRequest of a revision.
    record CreateRequest(long revision, SecretIdentity nextKey) implements Act {}

    /// Write a certificate that nobody trusts into the target Secret, until the real one comes.
    record IssueTemporary(SecretIdentity nextKey) implements Act {}

    /// Take the certificate out of an issued CertificateRequest and write the target Secret.
    record CollectCertificate(OwnedRequest request, long revision, SecretIdentity nextKey) implements Act {}

    /// Nothing more can be done now.
    ///
    /// @param atMost when to look again although nothing happened; empty: never
    record Wait(Optional<Duration> atMost, Optional<Announcement> announcement) implements CertificateStep {
        static Wait forEvents() {
            return new Wait(Optional.empty(), Optional.empty());
        }

        static Wait atMost(Duration duration) {
            return new Wait(Optional.of(duration), Optional.empty());
        }
    }
}
