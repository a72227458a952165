package dev.acme53.sim;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/// One DNS server on UDP and TCP at one address.
final class DnsServer implements AutoCloseable {
    private static final int PLAIN_UDP = 512;
    private static final int ATTEMPTS = 20;

    private final UnaryOperator<Message> answers;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final DatagramSocket udp;
    private final ServerSocket tcp;

    /// @param port 0 for one that is free for both protocols
    DnsServer(InetAddress address, int port, UnaryOperator<Message> answers) {
        this.answers = answers;
        var pair = bind(address, port);
        udp = pair.udp();
        tcp = pair.tcp();
        threads.execute(this::serveUdp);
        threads.execute(this::serveTcp);
    }

    private record Sockets(DatagramSocket udp, ServerSocket tcp) {}

    private static Sockets bind(InetAddress address, int port) {
        var last = new IOException();
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                var udp = new DatagramSocket(new InetSocketAddress(address, port));
                try {
                    var tcp = new ServerSocket();
                    tcp.setReuseAddress(true);
                    tcp.bind(new InetSocketAddress(address, udp.getLocalPort()));
                    return new Sockets(udp, tcp);
                } catch (IOException e) {
                    udp.close();
                    last = e;
                }
            } catch (IOException e) {
                last = e;
            }
        }
        throw new UncheckedIOException(last);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) udp.getLocalSocketAddress();
    }

    private void serveUdp() {
        var buffer = new byte[65_535];
        while (!udp.isClosed()) {
            try {
                var packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                var query = Arrays.copyOf(packet.getData(), packet.getLength());
                var from = packet.getSocketAddress();
                threads.execute(() -> reply(query, from));
            } catch (IOException e) {
                if (!udp.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void reply(byte[] query, SocketAddress to) {
        var answer = answer(query, true);
        try {
            udp.send(new DatagramPacket(answer, answer.length, to));
        } catch (IOException _) {
            // The asker is gone; so is the question.
            return;
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try {
                var connection = tcp.accept();
                threads.execute(() -> converse(connection));
            } catch (IOException e) {
                if (!tcp.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void converse(Socket connection) {
        try (connection) {
            var in = new DataInputStream(connection.getInputStream());
            while (true) {
                var query = in.readNBytes(in.readUnsignedShort());
                var answer = answer(query, false);
                connection
                        .getOutputStream()
                        .write(ByteBuffer.allocate(answer.length + 2)
                                .putShort((short) answer.length)
                                .put(answer)
                                .array());
            }
        } catch (IOException _) {
            // The end of the conversation.
            return;
        }
    }

    private byte[] answer(byte[] octets, boolean overUdp) {
        try {
            var query = new Message(octets);
            var answer = answers.apply(query);
            if (query.getOPT() != null) {
                answer.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
            }
            int room = query.getOPT() == null
                    ? PLAIN_UDP
                    : Math.max(PLAIN_UDP, query.getOPT().getPayloadSize());
            return answer.toWire(overUdp ? room : 65_535);
        } catch (IOException | RuntimeException e) {
            return failure(octets, e instanceof IOException ? Rcode.FORMERR : Rcode.SERVFAIL);
        }
    }

    private static byte[] failure(byte[] octets, int rcode) {
        var header = new Header(octets.length < 2 ? 0 : ByteBuffer.wrap(octets).getShort() & 0xffff);
        header.setFlag(Flags.QR);
        header.setRcode(rcode);
        return header.toWire();
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
        threads.shutdownNow();
    }
}
