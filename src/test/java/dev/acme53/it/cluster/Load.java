package dev.acme53.it.cluster;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A team that wants two Certificates a second until it is closed.
final class Load implements AutoCloseable {
    private static final int EACH_MILLIS = 500;

    private final ClusterRig rig;
    private final String prefix;
    private final List<String> names = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread;

    /// @param prefix of their names
    Load(ClusterRig rig, String prefix) {
        this.rig = rig;
        this.prefix = prefix;
        thread = Thread.ofVirtual().name("load").start(this::want);
    }

    /// Of the Certificates there are by now.
    List<String> names() {
        return List.copyOf(names);
    }

    private void want() {
        try {
            do {
                var name = prefix + "-" + names.size();
                rig.certificate(name);
                names.add(name);
            } while (!end.await(EACH_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
