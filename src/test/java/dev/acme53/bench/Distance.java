package dev.acme53.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A server that is far away: what either side says arrives half a round trip later.
final class Distance implements AutoCloseable {
    private static final int CHUNK = 16_384;

    private record Chunk(long due, byte[] octets) {
        boolean isEnd() {
            return octets.length == 0;
        }
    }

    private final ServerSocket near;
    private final InetSocketAddress server;
    private final long oneWay;

    private Distance(InetSocketAddress server, Duration roundTrip) {
        this.server = server;
        this.oneWay = roundTrip.toNanos() / 2;
        try {
            near = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Distance to(InetSocketAddress server, Duration roundTrip) {
        var distance = new Distance(server, roundTrip);
        Thread.ofVirtual().name("distance").start(distance::accept);
        return distance;
    }

    int port() {
        return near.getLocalPort();
    }

    private void accept() {
        while (!near.isClosed()) {
            try {
                var client = near.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException _) {
                // closed
            }
        }
    }

    private void connect(Socket client) {
        try (client;
                var far = new Socket(server.getAddress(), server.getPort())) {
            client.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            var answers = Thread.ofVirtual().start(() -> carry(far, client));
            carry(client, far);
            answers.join();
        } catch (IOException _) {
            // the client sees its connection closed
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void carry(Socket from, Socket to) {
        var onTheWay = new LinkedBlockingQueue<Chunk>();
        Thread.ofVirtual().start(() -> arrive(onTheWay, to));
        try {
            for (var octets = read(from); octets.length > 0; octets = read(from)) {
                onTheWay.add(new Chunk(System.nanoTime() + oneWay, octets));
            }
        } catch (IOException _) {
            // as good as an end
        }
        onTheWay.add(new Chunk(System.nanoTime() + oneWay, new byte[0]));
    }

    private static byte[] read(Socket from) throws IOException {
        var octets = new byte[CHUNK];
        var count = from.getInputStream().read(octets);
        return Arrays.copyOf(octets, Math.max(0, count));
    }

    private static void arrive(BlockingQueue<Chunk> onTheWay, Socket to) {
        try {
            for (var chunk = onTheWay.take(); !chunk.isEnd(); chunk = onTheWay.take()) {
                Thread.sleep(Duration.ofNanos(Math.max(0, chunk.due - System.nanoTime())));
                to.getOutputStream().write(chunk.octets);
            }
            to.shutdownOutput();
        } catch (IOException _) {
            // it has hung up
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            near.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
