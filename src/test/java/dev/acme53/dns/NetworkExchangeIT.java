package dev.acme53.dns;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.acme53.names.DnsName;
import dev.acme53.rig.DirectNetwork;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Questions over real sockets, to servers that behave badly in one way each.
class NetworkExchangeIT {
    private static final DnsName NAME = DnsName.of("a.example.com");

    private final InetAddress loopback = InetAddress.getLoopbackAddress();
    private final ServerSocket tcp;
    private final DatagramSocket udp;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Message> seen = new ConcurrentHashMap<>();
    private final NetworkExchange exchange = new NetworkExchange(Duration.ofMillis(300), DirectNetwork.doh());
    private final Questions questions = new Questions(exchange, new KeptAnswers(InstantSource.system()));
    private final Nameserver server;

    NetworkExchangeIT() throws IOException {
        tcp = new ServerSocket(0, 50, loopback);
        udp = new DatagramSocket(new InetSocketAddress(loopback, tcp.getLocalPort()));
        server = new Nameserver.Plain("127.0.0.1", tcp.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        udp.close();
        tcp.close();
        threads.shutdownNow();
        exchange.close();
    }

    @Test
    void anAnswerComesByUdpWithRecursionDesiredAndRoomFor4096Octets() {
        answerUdp(false);
        assertThat(ask(server)).isInstanceOf(Answer.Given.class);
        assertThat(seen.get("udp").getHeader().getFlag(Flags.RD)).isTrue();
        assertThat(seen.get("udp").getOPT().getPayloadSize()).isEqualTo(4096);
        assertThat(seen).doesNotContainKey("tcp");
    }

    @Test
    void anAnswerThatWasCutShortIsAskedForAgainByTcp() {
        answerUdp(true);
        answerTcp();
        assertThat(ask(server))
                .isInstanceOfSatisfying(
                        Answer.Given.class, given -> assertThat(given.records()).hasSize(1));
        assertThat(seen).containsKeys("udp", "tcp");
    }

    @Test
    void whoIsSilentByUdpIsAskedByTcp() {
        answerTcp();
        assertThat(ask(server))
                .isInstanceOfSatisfying(
                        Answer.Given.class, given -> assertThat(given.records()).hasSize(1));
    }

    @Test
    void silenceEverywhereIsATextThatStaysTheSame() {
        var expected = new Answer.None("no answer from " + server + " to TXT a.example.com: timed out");
        assertThat(ask(server)).isEqualTo(expected);
        assertThat(ask(server)).isEqualTo(expected);
    }

    @Test
    void aClosedPortIsATextThatStaysTheSame() throws IOException {
        udp.close();
        tcp.close();
        var expected = new Answer.None("no answer from " + server + " to TXT a.example.com: connection refused");
        assertThat(ask(server)).isEqualTo(expected);
        assertThat(ask(server)).isEqualTo(expected);
    }

    @Test
    void aHostThatNobodyKnowsIsAnswerEnough() {
        var nowhere = new Nameserver.Plain("nowhere.invalid", 53);
        assertThat(ask(nowhere))
                .isEqualTo(new Answer.None("no answer from nowhere.invalid:53 to TXT a.example.com: no such host"));
    }

    @Test
    void aDohServerIsAskedByPost() throws IOException {
        var http = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        http.createContext("/dns-query", call -> {
            assertThat(call.getRequestMethod()).isEqualTo("POST");
            assertThat(call.getRequestHeaders().getFirst("Content-Type")).isEqualTo("application/dns-message");
            var answer = answer("doh", call.getRequestBody().readAllBytes(), false);
            call.sendResponseHeaders(200, answer.length);
            call.getResponseBody().write(answer);
            call.close();
        });
        http.createContext("/busy", call -> {
            call.sendResponseHeaders(503, -1);
            call.close();
        });
        http.start();
        try (var patient = new NetworkExchange(NetworkExchange.TIMEOUT, DirectNetwork.doh())) {
            var doh = new Questions(patient, new KeptAnswers(InstantSource.system()));
            var base = "http://127.0.0.1:" + http.getAddress().getPort();
            assertThat(doh.ask(new Nameserver.Doh(URI.create(base + "/dns-query")), NAME, Type.TXT))
                    .isInstanceOf(Answer.Given.class);
            assertThat(doh.ask(new Nameserver.Doh(URI.create(base + "/busy")), NAME, Type.TXT))
                    .isEqualTo(
                            new Answer.None("no answer from " + base + "/busy to TXT a.example.com: HTTP status 503"));
        } finally {
            http.stop(0);
        }
    }

    @Test
    void aDohServerThatGoesOnForEverEndsInTime() throws IOException {
        var http = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        http.setExecutor(threads);
        http.createContext("/drip", call -> {
            call.sendResponseHeaders(200, 0);
            call.getResponseBody().write(1);
            call.getResponseBody().flush();
            // and no end
        });
        http.createContext("/flood", call -> {
            call.sendResponseHeaders(200, 0);
            while (true) {
                call.getResponseBody().write(new byte[1 << 16]);
            }
        });
        http.start();
        var base = "http://127.0.0.1:" + http.getAddress().getPort();
        try (var patient = new NetworkExchange(NetworkExchange.TIMEOUT, DirectNetwork.doh())) {
            assertThat(ask(new Nameserver.Doh(URI.create(base + "/drip"))))
                    .isEqualTo(new Answer.None("no answer from " + base + "/drip to TXT a.example.com: timed out"));
            assertThat(new Questions(patient, new KeptAnswers(InstantSource.system()))
                            .ask(new Nameserver.Doh(URI.create(base + "/flood")), NAME, Type.TXT))
                    .isEqualTo(
                            new Answer.None("no answer from " + base + "/flood to TXT a.example.com: network error"));
        } finally {
            http.stop(0);
        }
    }

    @Test
    void aDohServerAtAMetadataAddressIsNotAsked() {
        assertThat(ask(new Nameserver.Doh(URI.create("https://169.254.169.254/dns-query"))))
                .isEqualTo(new Answer.None("no answer from https://169.254.169.254/dns-query to TXT a.example.com: a"
                        + " link-local or metadata address is not asked"));
    }

    private Answer ask(Nameserver whom) {
        return questions.ask(whom, NAME, Type.TXT);
    }

    private void answerUdp(boolean cutShort) {
        threads.submit(() -> {
            var packet = new DatagramPacket(new byte[4096], 4096);
            udp.receive(packet);
            var query = Arrays.copyOf(packet.getData(), packet.getLength());
            var answer = answer("udp", query, cutShort);
            udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            return null;
        });
    }

    private void answerTcp() {
        threads.submit(() -> {
            try (var socket = tcp.accept()) {
                var in = new DataInputStream(socket.getInputStream());
                var query = in.readNBytes(in.readUnsignedShort());
                var answer = answer("tcp", query, false);
                socket.getOutputStream()
                        .write(ByteBuffer.allocate(answer.length + 2)
                                .putShort((short) answer.length)
                                .put(answer)
                                .array());
                in.read();
            }
            return null;
        });
    }

    private byte[] answer(String way, byte[] wire, boolean cutShort) throws IOException {
        var query = new Message(wire);
        seen.put(way, query);
        var answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(query.getQuestion(), Section.QUESTION);
        if (cutShort) {
            answer.getHeader().setFlag(Flags.TC);
        } else {
            answer.addRecord(
                    Record.fromString(Name.fromString("a.example.com."), Type.TXT, DClass.IN, 10, "x", Name.root),
                    Section.ANSWER);
        }
        return answer.toWire();
    }

    @Test
    void serversAreReadInTheOrderGiven() {
        answerTcp();
        assertThat(questions.askFirst(List.of(new Nameserver.Plain("nowhere.invalid", 53), server), NAME, Type.TXT))
                .isInstanceOf(Answer.Given.class);
    }
}
