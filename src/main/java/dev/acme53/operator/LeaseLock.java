package dev.acme53.operator;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What this instance writes into the Lease. Each write is made from a version that was seen, and is empty when the
/// Lease has changed since or is gone. Nothing is remembered.
///
/// @param identity of this instance
/// @param duration how long others shall respect the Lease unrenewed
record LeaseLock(
        LeaseStore store, String namespace, String name, String identity, Duration duration, InstantSource clock) {
    private static final Map<String, String> LABELS = Map.of("app.kubernetes.io/managed-by", "cert-manager");

    Optional<Lease> read() {
        return store.read();
    }

    /// Makes the Lease, held by this instance.
    Optional<Lease> create() {
        return store.create(new LeaseBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(LABELS)
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(identity)
                .withLeaseDurationSeconds(seconds())
                .withAcquireTime(now())
                .withRenewTime(now())
                .withLeaseTransitions(0)
                .endSpec()
                .build());
    }

    /// Makes this instance the holder.
    Optional<Lease> take(Lease seen) {
        var transitions = seen.getSpec() == null ? null : seen.getSpec().getLeaseTransitions();
        return store.replace(new LeaseBuilder(seen)
                .editMetadata()
                .addToLabels(LABELS)
                .endMetadata()
                .editOrNewSpec()
                .withHolderIdentity(identity)
                .withLeaseDurationSeconds(seconds())
                .withAcquireTime(now())
                .withRenewTime(now())
                .withLeaseTransitions(Objects.requireNonNullElse(transitions, 0) + 1)
                .endSpec()
                .build());
    }

    /// Renews what this instance holds.
    Optional<Lease> renew(Lease held) {
        return store.replace(new LeaseBuilder(held)
                .editOrNewSpec()
                .withLeaseDurationSeconds(seconds())
                .withRenewTime(now())
                .endSpec()
                .build());
    }

    /// Leaves what this instance holds without a holder.
    Optional<Lease> release(Lease held) {
        return store.replace(new LeaseBuilder(held)
                .editOrNewSpec()
                .withHolderIdentity("")
                .withLeaseDurationSeconds(1)
                .withAcquireTime(now())
                .withRenewTime(now())
                .endSpec()
                .build());
    }

    /// In whole seconds, the API's unit.
    private int seconds() {
        return Math.toIntExact(duration.toSeconds());
    }

    /// As precise as the API keeps it.
    private ZonedDateTime now() {
        return ZonedDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
    }
}
