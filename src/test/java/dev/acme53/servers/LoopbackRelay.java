package dev.acme53.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Hands TCP connections that arrive on any interface to one server on loopback: a container reaches the host, but
/// not what listens on the host's loopback.
public final class LoopbackRelay implements AutoCloseable {
    private final ServerSocket outside;
    private final InetSocketAddress server;
    private final Thread acceptor = Thread.ofVirtual().name("loopback-relay").unstarted(this::accept);

    private LoopbackRelay(ServerSocket outside, InetSocketAddress server) {
        this.outside = outside;
        this.server = server;
    }

    /// Listens at a free port.
    public static LoopbackRelay to(InetSocketAddress server) {
        try {
            var relay = new LoopbackRelay(new ServerSocket(0), server);
            relay.acceptor.start();
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return outside.getLocalPort();
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
                var inside = new Socket()) {
            inside.connect(server, 5_000);
            Sockets.join(client, inside);
        } catch (IOException _) {
            // the server does not listen: the client sees its connection closed
        }
    }

    @Override
    public void close() {
        try {
            outside.close();
            acceptor.join(); // only then does the system let the port go
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
