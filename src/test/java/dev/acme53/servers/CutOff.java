package dev.acme53.servers;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A Kubernetes API whose clients can be cut off: from then on nothing that they send arrives and no answer comes, and
/// they are not told. For a process that is to end at one of its requests.
public final class CutOff implements KubernetesApi {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// More than what an open connection says by itself.
    private static final int REQUEST = 200;

    private final KubernetesApi kubernetes;
    private final URI address;
    private final ServerSocket outside;
    private final Thread acceptor = Thread.ofVirtual().name("cut-off").unstarted(this::accept);
    private boolean cut;
    private int sentInVain;

    private CutOff(KubernetesApi kubernetes) {
        this.kubernetes = kubernetes;
        address = URI.create(kubernetes.config().getMasterUrl());
        try {
            outside = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Stands between `kubernetes` and the clients that are given this instead.
    public static CutOff before(KubernetesApi kubernetes) {
        var cutOff = new CutOff(kubernetes);
        cutOff.acceptor.start();
        return cutOff;
    }

    /// Cuts all clients off.
    public synchronized void cut() {
        cut = true;
    }

    /// Waits until a client has sent a request in vain, one that was not waited for before.
    public synchronized void awaitRequest() throws InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (sentInVain < REQUEST) {
            if (System.nanoTime() > end) {
                throw new AssertionError("nobody asks anything");
            }
            wait(100);
        }
        sentInVain = 0;
    }

    @Override
    public Config config() {
        return kubernetes.config();
    }

    @Override
    public Path kubeconfig() {
        try {
            var file = ServerProcess.folder("cut-off").resolve("kubeconfig");
            var port = address.getPort() < 0 ? 443 : address.getPort();
            ServerProcess.write(
                    file,
                    Files.readString(kubernetes.kubeconfig())
                            .replace(address.getHost() + ":" + port, "127.0.0.1:" + outside.getLocalPort()));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<AuditLog.Request> audited() {
        return kubernetes.audited();
    }

    private void accept() {
        while (!outside.isClosed()) {
            try {
                var client = outside.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException _) {
                // closed
            }
        }
    }

    private void connect(Socket client) {
        try (client;
                var inside = new Socket(address.getHost(), address.getPort())) {
            client.setTcpNoDelay(true);
            inside.setTcpNoDelay(true);
            var answers = Thread.ofVirtual().start(() -> pump(inside, client, false));
            pump(client, inside, true);
            answers.join();
        } catch (IOException _) {
            // the client sees its connection closed
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void pump(Socket from, Socket to, boolean isRequest) {
        var octets = new byte[16_384];
        try {
            for (var read = from.getInputStream().read(octets);
                    read >= 0;
                    read = from.getInputStream().read(octets)) {
                if (!isSentInVain(isRequest ? read : 0)) {
                    to.getOutputStream().write(octets, 0, read);
                }
            }
            to.shutdownOutput();
        } catch (IOException _) {
            close(from);
            close(to);
        }
    }

    private synchronized boolean isSentInVain(int octets) {
        if (cut) {
            sentInVain += octets;
            notifyAll();
        }
        return cut;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // it was closed already
        }
    }

    /// Ends what stands between; the API goes on.
    @Override
    public void close() {
        try {
            outside.close();
            acceptor.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
