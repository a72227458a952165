package dev.acme53.servers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// A company's HTTP proxy on loopback: the only way to hosts that nothing else resolves. It may ask for a login,
/// and may look into TLS with a certificate of its own, as such proxies do. Every request is written down.
public final class InspectingProxy implements AutoCloseable {
    private final ServerSocket server;
    private final Optional<String> login;
    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Thread acceptor = Thread.ofVirtual().name("inspecting-proxy").unstarted(this::accept);

    /// What stands behind a host and port.
    ///
    /// @param inspector what the client is shown; empty: TLS is passed on as it is
    /// @param tls whether the server behind is spoken to by TLS, when the proxy looks into it
    private record Route(InetSocketAddress server, Optional<SSLContext> inspector, boolean tls) {}

    private InspectingProxy(Optional<String> login) {
        this.login = login;
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        acceptor.start();
    }

    /// One that serves everybody.
    public static InspectingProxy open() {
        return new InspectingProxy(Optional.empty());
    }

    /// One that serves who names this user and password.
    public static InspectingProxy askingFor(String user, String password) {
        var pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new InspectingProxy(Optional.of("Basic " + Base64.getEncoder().encodeToString(pair)));
    }

    /// Leads `hostAndPort` to a server on loopback, whose TLS, if it is that, stays closed to the proxy.
    public InspectingProxy passing(String hostAndPort, URI server) {
        routes.put(hostAndPort, new Route(address(server), Optional.empty(), false));
        return this;
    }

    /// Leads `hostAndPort` to a server on loopback, looking into its TLS with a certificate of `inspector`'s.
    public InspectingProxy inspecting(String hostAndPort, URI server, PrivateCa inspector) {
        var host = hostAndPort.substring(0, hostAndPort.lastIndexOf(':'));
        var shown = inspector.server(List.of(host)).serverContext();
        routes.put(
                hostAndPort,
                new Route(
                        address(server), Optional.of(shown), server.getScheme().equals("https")));
        return this;
    }

    private static InetSocketAddress address(URI server) {
        return new InetSocketAddress(server.getHost(), server.getPort());
    }

    /// Host and port, to follow `http://`.
    public String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /// Every request line so far as `CONNECT host:port` or `POST http://…`; refused ones begin with their status.
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException _) {
                // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            while (serveOne(client)) {
                // a refused client may ask again on the same connection
            }
        } catch (IOException | GeneralSecurityException _) {
            // the client sees its connection closed
        }
    }

    /// Whether another request may follow.
    private boolean serveOne(Socket client) throws IOException, GeneralSecurityException {
        var head = head(client.getInputStream());
        if (head.isEmpty()) {
            return false;
        }
        var lines = head.lines().toList();
        var words = lines.getFirst().split(" ");
        var asked = words[0] + " " + words[1];
        if (login.isPresent()
                && lines.stream().noneMatch(l -> l.equalsIgnoreCase("Proxy-Authorization: " + login.get()))) {
            requests.add("407 " + asked);
            answer(client, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"company\"");
            return words[0].equals("CONNECT");
        }
        requests.add(asked);
        if (words[0].equals("CONNECT")) {
            var route = routes.get(words[1]);
            if (route == null) {
                answer(client, "502 Bad Gateway");
                return false;
            }
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            connect(client, route);
        } else {
            forward(client, URI.create(words[1]), lines);
        }
        return false;
    }

    private static void answer(Socket client, String status) throws IOException {
        client.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void connect(Socket client, Route route) throws IOException, GeneralSecurityException {
        if (route.inspector.isEmpty()) {
            try (var inside = new Socket(route.server.getAddress(), route.server.getPort())) {
                inside.setTcpNoDelay(true);
                Sockets.join(client, inside);
            }
            return;
        }
        try (var outside = (SSLSocket)
                route.inspector.get().getSocketFactory().createSocket(client, null, client.getPort(), true)) {
            outside.setUseClientMode(false);
            outside.startHandshake();
            try (var inside = route.tls
                    ? trusting().getSocketFactory().createSocket(route.server.getAddress(), route.server.getPort())
                    : new Socket(route.server.getAddress(), route.server.getPort())) {
                inside.setTcpNoDelay(true);
                Sockets.join(outside, inside);
            }
        }
    }

    /// A request without TLS: in the form for servers, and the last one of its connection.
    private void forward(Socket client, URI url, List<String> lines) throws IOException {
        var port = url.getPort() < 0 ? 80 : url.getPort();
        var route = routes.get(url.getHost() + ":" + port);
        if (route == null) {
            answer(client, "502 Bad Gateway");
            return;
        }
        var head = new StringBuilder(lines.getFirst().replace(url.toString(), url.getRawPath() + query(url)) + "\r\n");
        lines.stream()
                .skip(1)
                .filter(line -> !line.isEmpty()
                        && !line.toLowerCase(java.util.Locale.ROOT).matches("(proxy-|connection:).*"))
                .forEach(line -> head.append(line).append("\r\n"));
        head.append("Connection: close\r\n\r\n");
        try (var inside = new Socket(route.server.getAddress(), route.server.getPort())) {
            inside.getOutputStream().write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            inside.setTcpNoDelay(true);
            Sockets.join(client, inside);
        }
    }

    private static String query(URI url) {
        return url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    }

    private static String head(InputStream in) throws IOException {
        var octets = new ByteArrayOutputStream();
        var last = 0;
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            octets.write(octet);
            last = last << 8 | octet;
            if (last == 0x0d0a0d0a) {
                return octets.toString(StandardCharsets.ISO_8859_1);
            }
        }
        return "";
    }

    /// Whom the proxy trusts is not what is tried here.
    private static SSLContext trusting() throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anyone()}, null);
        return context;
    }

    private static final class Anyone implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            acceptor.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
