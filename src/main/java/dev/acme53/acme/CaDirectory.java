package dev.acme53.acme;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.connector.Resource;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.shredzone.acme4j.toolbox.JSON;

/// The directory of one CA (RFC 8555 §7.1.1), read when first needed and again after an hour, for all sessions:
/// by itself acme4j reads it before nearly every request.
final class CaDirectory {
    private static final Duration FRESH = Duration.ofHours(1);

    private final URI url;
    private final InstantSource clock;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Content content;

    CaDirectory(URI url, InstantSource clock) {
        this.url = url;
        this.clock = clock;
    }

    URI url() {
        return url;
    }

    /// Reads the directory at the CA.
    @FunctionalInterface
    interface Reader {
        JSON read() throws AcmeException;
    }

    /// The directory, by `reader` when it is not fresh.
    JSON current(Reader reader) throws AcmeException {
        reading.lock();
        try {
            var known = content;
            if (known != null && clock.instant().isBefore(known.read.plus(FRESH))) {
                return known.json;
            }
            var json = reader.read();
            content = new Content(json, hosts(json), clock.instant());
            return json;
        } finally {
            reading.unlock();
        }
    }

    /// Whether the CA may be asked at `asked`: at its directory, and by `https` at every host that the
    /// directory itself or one of the endpoints in it has. Ports count.
    boolean covers(URI asked) {
        if (asked.equals(url)) {
            return true;
        }
        var known = content;
        return isHttps(asked)
                && (host(asked).equals(host(url)) || (known != null && known.hosts.contains(host(asked))));
    }

    static boolean isHttps(URI url) {
        return "https".equalsIgnoreCase(url.getScheme()) && url.getHost() != null && url.getUserInfo() == null;
    }

    private static Set<String> hosts(JSON directory) {
        if (!directory.contains(Resource.NEW_NONCE.path()) || !directory.contains(Resource.NEW_ACCOUNT.path())) {
            throw new AcmeProtocolException("not a directory");
        }
        return Arrays.stream(Resource.values())
                .flatMap(r -> directory.get(r.path()).optional().stream())
                .map(JSON.Value::asURI)
                .flatMap(u -> Optional.ofNullable(u.getHost()).map(_ -> host(u)).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String host(URI url) {
        var port = url.getPort() < 0 ? 443 : url.getPort();
        return url.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }

    private record Content(JSON json, Set<String> hosts, Instant read) {}
}
