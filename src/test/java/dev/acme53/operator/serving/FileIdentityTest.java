package dev.acme53.operator.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acme53.operator.flags.BadFlag;
import dev.acme53.operator.flags.Settings;
import dev.acme53.servers.PrivateCa;
import dev.acme53.x509.PemLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileIdentityTest {
    private final PrivateCa ca = new PrivateCa("test");

    @TempDir
    private Path folder;

    @Test
    void filesThatChangeAreReadAgain() throws Exception {
        write("one");
        var identity = identity();
        assertThat(subject(identity)).contains("one");
        write("two");
        Files.setLastModifiedTime(folder.resolve("tls.key"), FileTime.from(Instant.EPOCH));
        assertThat(subject(identity)).contains("two");
    }

    @Test
    void theLastGoodPairGoesOnWhenTheNewOneIsBroken() throws Exception {
        write("one");
        var identity = identity();
        Files.writeString(folder.resolve("tls.crt"), "nonsense");
        Files.setLastModifiedTime(folder.resolve("tls.crt"), FileTime.from(Instant.EPOCH));
        assertThat(subject(identity)).contains("one");
    }

    @Test
    void whatCannotBeUsedAtTheStartNamesItsFlag() throws Exception {
        write("one");
        assertRefused("tls.crt", "nowhere", List.of(), "--metrics-tls-private-key-file");
        assertRefused("nowhere", "tls.key", List.of(), "--metrics-tls-cert-file");
        assertRefused("tls.crt", "tls.key", List.of("TLS_NONSENSE"), "--metrics-tls-cipher-suites=TLS_NONSENSE");
        Files.writeString(folder.resolve("tls.key"), ca.server(List.of("other")).key());
        assertRefused("tls.crt", "tls.key", List.of(), "the key does not belong to the certificate");
    }

    private void assertRefused(String chain, String key, List<String> ciphers, String part) {
        var tls = new Settings.Tls(
                folder.resolve(chain).toString(), folder.resolve(key).toString(), "TLSv1.2", ciphers);
        assertThatThrownBy(() -> MetricsTls.of(tls, PemLimits.DEFAULTS))
                .isInstanceOf(BadFlag.class)
                .hasMessageContaining(part);
    }

    private void write(String name) throws Exception {
        var leaf = ca.server(List.of(name));
        Files.writeString(folder.resolve("tls.crt"), leaf.certificate());
        Files.writeString(folder.resolve("tls.key"), leaf.key());
    }

    private FileIdentity identity() throws FileIdentity.Unusable {
        return new FileIdentity(folder.resolve("tls.crt"), folder.resolve("tls.key"), PemLimits.DEFAULTS);
    }

    private static String subject(FileIdentity identity) throws Exception {
        var alias = List.of("RSA", "EC").stream()
                .map(type -> identity.chooseEngineServerAlias(type, null, null))
                .filter(a -> a != null)
                .findFirst()
                .orElseThrow();
        return String.valueOf(identity.getCertificateChain(alias)[0].getSubjectAlternativeNames());
    }
}
