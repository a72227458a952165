package dev.acme53.operator.serving;

import dev.acme53.operator.flags.ListenAddress;
import dev.acme53.operator.serving.HttpEndpoint.Answer;
import dev.acme53.operator.serving.HttpEndpoint.Request;
import dev.acme53.status.Snapshot;
import dev.acme53.status.StatusPage;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The status page over HTTP. It shows the objects of all tenants, so it is for whoever may reach this machine's
/// loopback: nothing stores it, no page of another origin can have or frame it, and nothing in it can run.
public final class StatusEndpoint implements HttpEndpoint.Responder {
    private static final Map<String, String> HEADERS = Map.of(
            "Cache-Control", "no-store",
            "Content-Security-Policy", String.join("; ", StatusPage.contentSecurityPolicy()),
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Referrer-Policy", "no-referrer",
            "X-Frame-Options", "DENY");

    private final LocalHosts hosts;
    private final Function<Optional<String>, Snapshot> snapshot;

    /// The page at `/`.
    /// @param address where it listens
    /// @param snapshot of the namespace given, or of all
    public StatusEndpoint(ListenAddress address, Function<Optional<String>, Snapshot> snapshot) {
        hosts = LocalHosts.of(address);
        this.snapshot = snapshot;
    }

    @Override
    public Answer answer(Request request) {
        if (!hosts.includes(request.host())) {
            return Answer.text(421, "this page is served as localhost only\n");
        }
        if (!request.path().isEmpty()) {
            return Answer.text(404, "404 page not found\n");
        }
        var namespace =
                parameter(request.query(), "namespace").map(String::strip).filter(n -> !n.isEmpty());
        var page = StatusPage.of(
                snapshot.apply(namespace), parameter(request.query(), "reload").isPresent());
        return new Answer(200, "text/html; charset=utf-8", HEADERS, out -> out.append(page));
    }

    private static Optional<String> parameter(String query, String name) {
        return Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair[0].equals(name))
                .findFirst()
                .map(pair -> pair.length == 2 ? decoded(pair[1]) : "");
    }

    /// As it is where it is not encoded as it should be.
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return value;
        }
    }
}
