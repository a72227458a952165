package dev.acme53.certificate;

import dev.acme53.api.CertificateStatus;
import dev.acme53.api.Condition;
import dev.acme53.api.Condition.Status;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.FieldManagers;
import dev.acme53.api.Reasons;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One change of a Certificate's status. Several are collected and written as one, and made again on what somebody else
/// wrote meanwhile: so each is a pure function that leaves alone what is not its own.
sealed interface StatusEdit {
    CertificateStatus apply(CertificateStatus status);

    /// The controller of the peer that makes this change, by its field manager.
    String manager();

    /// What the target Secret is found to be.
    ///
    /// @param violation empty: Ready is True
    record Ready(
            Optional<Violation> violation,
            @Nullable Instant notBefore,
            @Nullable Instant notAfter,
            @Nullable Instant renewalTime,
            long generation,
            Instant now)
            implements StatusEdit {
        private static final String GOOD = "Certificate is up to date and has not expired";

        @Override
        public CertificateStatus apply(CertificateStatus s) {
            return s.withNotBefore(notBefore)
                    .withNotAfter(notAfter)
                    .withRenewalTime(renewalTime)
                    .withConditions(Conditions.set(
                            s.conditions(),
                            ConditionTypes.READY,
                            violation.isEmpty() ? Status.TRUE : Status.FALSE,
                            violation.map(Violation::reason).orElse(Reasons.Certificate.READY),
                            violation.map(Violation::message).orElse(GOOD),
                            generation,
                            now));
        }

        @Override
        public String manager() {
            return FieldManagers.READINESS;
        }
    }

    /// An issuance begins.
    record Trigger(Violation violation, long generation, Instant now) implements StatusEdit {
        @Override
        public CertificateStatus apply(CertificateStatus s) {
            return s.withConditions(Conditions.set(
                    s.conditions(),
                    ConditionTypes.ISSUING,
                    Status.TRUE,
                    violation.reason(),
                    violation.message(),
                    generation,
                    now));
        }

        @Override
        public String manager() {
            return FieldManagers.TRIGGER;
        }
    }

    /// Where the next private key is kept; null when there is none any more.
    record NextKeyName(@Nullable String name) implements StatusEdit {
        @Override
        public CertificateStatus apply(CertificateStatus s) {
            return s.withNextPrivateKeySecretName(name);
        }

        @Override
        public String manager() {
            return FieldManagers.KEY_MANAGER;
        }
    }

    /// What the issuance waits for, or that it does not wait any more (empty text).
    record WaitingFor(String held) implements StatusEdit {
        @Override
        public CertificateStatus apply(CertificateStatus s) {
            return s.withConditions(s.conditions().stream()
                    .map(c -> c.type().equals(ConditionTypes.ISSUING) && c.status() == Status.TRUE
                            ? new Condition(
                                    c.type(),
                                    c.status(),
                                    c.lastTransitionTime(),
                                    c.reason(),
                                    IssuingMessage.with(c.message(), held),
                                    c.observedGeneration())
                            : c)
                    .toList());
        }

        @Override
        public String manager() {
            return FieldManagers.ISSUING;
        }
    }

    /// The issuance failed and will be tried again.
    record Failed(String reason, String message, long generation, Instant now) implements StatusEdit {
        @Override
        public CertificateStatus apply(CertificateStatus s) {
            var attempts = s.failedIssuanceAttempts();
            return s.withLastFailureTime(now)
                    .withFailedIssuanceAttempts(attempts == null || attempts < 1 ? 1 : attempts + 1)
                    .withConditions(Conditions.set(
                            s.conditions(), ConditionTypes.ISSUING, Status.FALSE, reason, message, generation, now));
        }

        @Override
        public String manager() {
            return FieldManagers.ISSUING;
        }
    }

    /// The certificate is in the Secret.
    record Issued(long revision) implements StatusEdit {
        @Override
        public CertificateStatus apply(CertificateStatus s) {
            return s.withRevision(revision)
                    .withLastFailureTime(null)
                    .withFailedIssuanceAttempts(null)
                    .withConditions(Conditions.remove(s.conditions(), ConditionTypes.ISSUING));
        }

        @Override
        public String manager() {
            return FieldManagers.ISSUING;
        }
    }
}
