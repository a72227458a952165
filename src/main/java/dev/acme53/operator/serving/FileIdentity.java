package dev.acme53.operator.serving;

import dev.acme53.x509.CertificateChains;
import dev.acme53.x509.DecodedChain;
import dev.acme53.x509.DecodedKey;
import dev.acme53.x509.PemLimits;
import dev.acme53.x509.PrivateKeys;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A server's certificate chain and key from two PEM files. Files that changed are read again at the next handshake;
/// when they cannot be used, the last good pair goes on.
final class FileIdentity extends X509ExtendedKeyManager {
    private static final Logger LOG = LoggerFactory.getLogger(FileIdentity.class);
    private static final String ALIAS = "server";

    private final Path chainFile;
    private final Path keyFile;
    private final PemLimits limits;
    private volatile Pair pair;

    private record Pair(List<FileTime> versions, List<X509Certificate> chain, PrivateKey key) {
        /// Says nothing of the key.
        @Override
        public String toString() {
            return "Pair[versions=" + versions + "]";
        }
    }

    /// Why the files cannot be used; names the file, quotes nothing of it.
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;
        private final boolean key;

        Unusable(boolean key, String reason) {
            super(reason);
            this.key = key;
        }

        /// Whether the key's file is to blame, else the chain's.
        boolean isKey() {
            return key;
        }
    }

    /// Reads both files.
    FileIdentity(Path chainFile, Path keyFile, PemLimits limits) throws Unusable {
        this.chainFile = chainFile;
        this.keyFile = keyFile;
        this.limits = limits;
        this.pair = read(List.of());
    }

    private Pair read(List<FileTime> versions) throws Unusable {
        var chain = switch (CertificateChains.decode(bytes(chainFile, false), limits)) {
            case DecodedChain.Decoded decoded -> decoded.certificates();
            case DecodedChain.Undecodable no -> throw new Unusable(false, no.reason());
        };
        var key = switch (PrivateKeys.decodePem(bytes(keyFile, true), limits)) {
            case DecodedKey.Decoded decoded -> decoded.pair();
            case DecodedKey.Undecodable no -> throw new Unusable(true, no.reason());
        };
        if (!PrivateKeys.same(chain.getFirst().getPublicKey(), key.getPublic())) {
            throw new Unusable(true, "the key does not belong to the certificate");
        }
        return new Pair(versions.isEmpty() ? versions() : versions, chain, key.getPrivate());
    }

    private static byte[] bytes(Path file, boolean key) throws Unusable {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Unusable(key, "no such file, or not readable");
        }
    }

    private List<FileTime> versions() throws Unusable {
        try {
            return List.of(Files.getLastModifiedTime(chainFile), Files.getLastModifiedTime(keyFile));
        } catch (IOException e) {
            throw new Unusable(false, "no such file, or not readable");
        }
    }

    private Pair current() {
        var known = pair;
        try {
            var versions = versions();
            if (!versions.equals(known.versions)) {
                pair = read(versions);
                LOG.info("certificate of the metrics endpoint read again");
            }
        } catch (Unusable e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("new certificate of the metrics endpoint not used");
        }
        return pair;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return pair.chain.toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return pair.key;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        var algorithm = current().key.getAlgorithm();
        return keyType.equals(algorithm) || (algorithm.equals("Ed25519") && keyType.equals("EdDSA")) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[0];
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
