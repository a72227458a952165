package dev.acme53.names;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/// Why no answer came, in words that are the same from one try to the next.
public final class NetworkFault {
    private NetworkFault() {}

    /// By the first of the causes that says; empty when none does.
    public static Optional<String> words(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .limit(10)
                .flatMap(cause -> ofOne(cause).stream())
                .findFirst();
    }

    private static Optional<String> ofOne(Throwable e) {
        return switch (e) {
            case UnknownHostException unknown -> Optional.of("no such host: " + unknown.getMessage());
            case ConnectException _ -> Optional.of("connection refused");
            case NoRouteToHostException _ -> Optional.of("no route to the host");
            case SocketTimeoutException _ -> Optional.of("timed out");
            case SSLException _ -> Optional.of("no TLS connection");
            default -> Optional.empty();
        };
    }
}
