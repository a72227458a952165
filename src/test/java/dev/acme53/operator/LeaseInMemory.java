package dev.acme53.operator;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// A Lease as an API server keeps it, which can also refuse, or say nothing.
final class LeaseInMemory implements LeaseStore {
    private Lease stored;
    private int version;
    private int refusal;
    private CountDownLatch silence = new CountDownLatch(0);

    /// Answers all with `code` from now on; with 0, as it should.
    void refuse(int code) {
        refusal = code;
    }

    /// Does not answer any more.
    void hang() {
        silence = new CountDownLatch(1);
    }

    void delete() {
        stored = null;
    }

    /// What somebody else writes.
    void set(String holder, int seconds) {
        store(new LeaseBuilder()
                .withNewMetadata()
                .withName("lease")
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(holder)
                .withLeaseDurationSeconds(seconds)
                .endSpec()
                .build());
    }

    Lease lease() {
        return stored;
    }

    String holder() {
        return stored.getSpec().getHolderIdentity();
    }

    @Override
    public Optional<Lease> read() {
        answer();
        return Optional.ofNullable(stored);
    }

    @Override
    public Optional<Lease> create(Lease lease) {
        answer();
        return stored == null ? Optional.of(store(lease)) : Optional.empty();
    }

    @Override
    public Optional<Lease> replace(Lease lease) {
        answer();
        return stored != null
                        && lease.getMetadata()
                                .getResourceVersion()
                                .equals(stored.getMetadata().getResourceVersion())
                ? Optional.of(store(lease))
                : Optional.empty();
    }

    private Lease store(Lease lease) {
        stored = new LeaseBuilder(lease)
                .editMetadata()
                .withResourceVersion(String.valueOf(++version))
                .endMetadata()
                .build();
        return stored;
    }

    private void answer() {
        try {
            silence.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KubernetesClientException("interrupted");
        }
        if (refusal != 0) {
            throw new KubernetesClientException("refused", refusal, null);
        }
    }
}
