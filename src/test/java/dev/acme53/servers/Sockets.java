package dev.acme53.servers;

import java.io.IOException;
import java.net.Socket;

/// Two connections made one.
final class Sockets {
    private Sockets() {}

    /// Carries what each side sends to the other, until one ends or fails; the other then sees the end as well.
    static void join(Socket client, Socket inside) {
        var answers = Thread.ofVirtual().start(() -> pump(inside, client));
        pump(client, inside);
        try {
            answers.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException _) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // it was closed already
        }
    }
}
