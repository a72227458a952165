package dev.acme53.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Arrays;

/// Hands DNS questions that arrive by UDP on any interface to one name server and its answers back, byte for byte:
/// a container reaches the host, but not what listens on the host's loopback.
final class DnsRelay implements AutoCloseable {
    private static final int LARGEST = 65_535;
    private static final int ANSWER_WITHIN_MILLIS = 5_000;

    private final DatagramSocket outside;
    private final InetSocketAddress server;

    private DnsRelay(DatagramSocket outside, InetSocketAddress server) {
        this.outside = outside;
        this.server = server;
    }

    static DnsRelay to(InetSocketAddress server) {
        try {
            var relay = new DnsRelay(new DatagramSocket(0), server);
            Thread.ofVirtual().name("dns-relay").start(relay::receive);
            return relay;
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return outside.getLocalPort();
    }

    private void receive() {
        while (!outside.isClosed()) {
            var question = new DatagramPacket(new byte[LARGEST], LARGEST);
            try {
                outside.receive(question);
            } catch (IOException _) {
                continue; // closed, or one client's port is unreachable
            }
            Thread.ofVirtual().start(() -> exchange(question));
        }
    }

    private void exchange(DatagramPacket question) {
        try (var inside = new DatagramSocket()) {
            inside.setSoTimeout(ANSWER_WITHIN_MILLIS);
            inside.connect(server);
            inside.send(new DatagramPacket(question.getData(), question.getLength()));
            var answer = new DatagramPacket(new byte[LARGEST], LARGEST);
            inside.receive(answer);
            outside.send(new DatagramPacket(
                    Arrays.copyOf(answer.getData(), answer.getLength()),
                    answer.getLength(),
                    question.getSocketAddress()));
        } catch (IOException _) {
            // no answer, as when the server itself is silent: the client asks again
        }
    }

    @Override
    public void close() {
        outside.close();
    }
}
