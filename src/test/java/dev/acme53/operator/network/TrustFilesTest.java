package dev.acme53.operator.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acme53.servers.PrivateCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustFilesTest {
    private static final PrivateCa ONE = new PrivateCa("One");
    private static final PrivateCa TWO = new PrivateCa("Two");

    @TempDir
    Path folder;

    private TrustFiles files(String variable, String value) {
        return new TrustFiles(Map.of(variable, value));
    }

    private Path written(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void aFileGivesAllItsCertificates() throws IOException {
        var file = written("two.pem", "# corporate\n" + ONE.rootPem() + "\nsomething else\n" + TWO.rootPem());
        assertThat(files("SSL_CERT_FILE", file.toString()).ofFile("SSL_CERT_FILE"))
                .containsExactly(ONE.root(), TWO.root());
    }

    @Test
    void unsetAndEmptyVariablesGiveNone() {
        assertThat(new TrustFiles(Map.of()).ofFile("SSL_CERT_FILE")).isEmpty();
        assertThat(files("SSL_CERT_FILE", "").ofFile("SSL_CERT_FILE")).isEmpty();
        assertThat(files("SSL_CERT_DIR", "").ofDirectories("SSL_CERT_DIR")).isEmpty();
    }

    /// As kubelet mounts a ConfigMap: links to files by way of a link to a folder.
    @Test
    void aListOfDirectoriesGivesTheCertificatesOfTheirFiles() throws IOException {
        written("a/..2026/one.pem", ONE.rootPem());
        Files.createSymbolicLink(folder.resolve("a/..data"), Path.of("..2026"));
        Files.createSymbolicLink(folder.resolve("a/one.pem"), Path.of("..data/one.pem"));
        Files.createSymbolicLink(folder.resolve("a/gone.pem"), Path.of("nowhere"));
        written("b/two.crt", TWO.rootPem());
        written("b/README", "no certificate");
        assertThat(files("SSL_CERT_DIR", folder + "/a:" + folder + "/b").ofDirectories("SSL_CERT_DIR"))
                .containsExactlyInAnyOrder(ONE.root(), TWO.root());
    }

    @Test
    void whatCannotBeReadIsNamedByVariableAndPath() throws IOException {
        refused("AWS_CA_BUNDLE", folder + "/none.pem", "no such file or directory");
        refused("AWS_CA_BUNDLE", folder.toString(), "cannot be read");
        refused("AWS_CA_BUNDLE", written("empty.pem", "").toString(), "holds no certificate");
        var damaged = ONE.rootPem().substring(0, 100) + "\n-----END CERTIFICATE-----\n";
        refused("AWS_CA_BUNDLE", written("damaged.pem", damaged).toString(), "holds no certificate");
    }

    private void refused(String variable, String path, String why) {
        assertThatThrownBy(() -> files(variable, path).ofFile(variable))
                .isInstanceOf(BadVariable.class)
                .hasMessageStartingWith(variable + ": " + path)
                .hasMessageContaining(why);
    }

    @Test
    void aDirectoryThatGivesNothingIsNamedToo() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        for (var path : new String[] {
            folder + "/none",
            folder + "/empty",
            written("file.pem", ONE.rootPem()).toString()
        }) {
            assertThatThrownBy(() -> files("SSL_CERT_DIR", path).ofDirectories("SSL_CERT_DIR"))
                    .isInstanceOf(BadVariable.class)
                    .hasMessageStartingWith("SSL_CERT_DIR: " + path);
        }
    }
}
