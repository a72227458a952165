package dev.acme53.sim;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// An answer that is kept back: the call has been carried out, and the caller does not know it before [#release].
public final class Hold {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CountDownLatch done = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /// Waits until the call has been carried out.
    public void awaitCall() throws InterruptedException {
        if (!done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("no such call came");
        }
    }

    /// Lets the answer go.
    public void release() {
        released.countDown();
    }

    void keep() {
        done.countDown();
        try {
            released.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
