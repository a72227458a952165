package dev.acme53.x509;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/// Keys, requests and certificates that OpenSSL made: `src/test/resources/x509/make.sh` says how.
final class Fixtures {
    private Fixtures() {}

    static byte[] bytes(String name) {
        try (var in = Objects.requireNonNull(Fixtures.class.getResourceAsStream("/x509/" + name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// SHA-256 of the DER of a key file's public key, as OpenSSL computed it.
    static String publicKeyDigest(String name) {
        try (var in = Fixtures.class.getResourceAsStream("/x509/expected.properties")) {
            var properties = new Properties();
            properties.load(in);
            return properties.getProperty(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
