package dev.acme53.servers;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// A loopback port that nothing listens on, free for TCP and UDP. It lies below the range from which systems choose
/// ports for outgoing connections (32768 and up on Linux), so none of those takes it before the server does.
public final class FreePort {
    private FreePort() {}

    public static int next() {
        for (var attempt = 0; attempt < 200; attempt++) {
            var port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            try (var tcp = new ServerSocket();
                    var udp = new DatagramSocket(null)) {
                tcp.setReuseAddress(false);
                tcp.bind(address);
                udp.bind(address);
                return port;
            } catch (IOException _) {
                // taken: try another
            }
        }
        throw new IllegalStateException("no free loopback port found between 15000 and 32000");
    }
}
