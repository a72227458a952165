package dev.acme53.servers;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate authority of this JVM alone, for the TLS between tests and the servers they start.
public final class PrivateCa {
    private final KeyPair keys = p256();
    private final X500Name name;
    private final X509Certificate root;

    /// `commonName` shows in the root's subject.
    public PrivateCa(String commonName) {
        this.name = new X500Name("CN=" + commonName);
        try {
            var builder = builder(name, keys);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(
                    Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.digitalSignature));
            this.root = signed(builder);
        } catch (CertIOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A leaf with its key, both as PEM; the key is PKCS #8.
    public record Leaf(String certificate, String key) {
        /// What a TLS server of this JVM shows.
        public SSLContext serverContext() {
            try {
                var shown = CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII)));
                var der = Base64.getMimeDecoder().decode(key.replaceAll("-----[^-]*-----", ""));
                var store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                store.setKeyEntry(
                        "leaf",
                        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)),
                        new char[0],
                        new Certificate[] {shown});
                var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                keys.init(store, new char[0]);
                var context = SSLContext.getInstance("TLS");
                context.init(keys.getKeyManagers(), null, null);
                return context;
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /// The root that signs everything here.
    public X509Certificate root() {
        return root;
    }

    /// The root as PEM.
    public String rootPem() {
        return pem(root);
    }

    /// The root's key as PKCS #8 PEM, for servers that sign by it themselves.
    String rootKeyPem() {
        return pem(keys.getPrivate());
    }

    /// A TLS server's leaf for the DNS names and IP addresses given.
    public Leaf server(List<String> names) {
        var alternatives = names.stream()
                .map(n -> new GeneralName(n.matches("[0-9.]+|.*:.*") ? GeneralName.iPAddress : GeneralName.dNSName, n))
                .toArray(GeneralName[]::new);
        return leaf(
                new X500Name("CN=" + names.getFirst()),
                p256(),
                KeyPurposeId.id_kp_serverAuth,
                new GeneralNames(alternatives));
    }

    /// A TLS client's leaf: to a Kubernetes API server `commonName` is the user and each organisation a group.
    Leaf client(String commonName, List<String> organisations) {
        var subject = new StringBuilder("CN=" + commonName);
        organisations.forEach(o -> subject.append(",O=").append(o));
        // fabric8 reads keys of clients as RSA unless told otherwise
        return leaf(new X500Name(subject.toString()), rsa(), KeyPurposeId.id_kp_clientAuth, null);
    }

    private Leaf leaf(
            X500Name subject,
            KeyPair leafKeys,
            KeyPurposeId purpose,
            @org.jspecify.annotations.Nullable GeneralNames names) {
        try {
            var builder = builder(subject, leafKeys);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            if (names != null) {
                builder.addExtension(Extension.subjectAlternativeName, false, names);
            }
            return new Leaf(pem(signed(builder)), pem(leafKeys.getPrivate()));
        } catch (CertIOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private X509v3CertificateBuilder builder(X500Name subject, KeyPair subjectKeys) {
        var now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(127, new SecureRandom()),
                Date.from(now.minus(1, ChronoUnit.HOURS)),
                Date.from(now.plus(30, ChronoUnit.DAYS)),
                subject,
                subjectKeys.getPublic());
    }

    private X509Certificate signed(X509v3CertificateBuilder builder) {
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// An RSA key of 2,048 bits, which takes a tenth of a second and more to find.
    static KeyPair rsa() {
        return keys("RSA", 2048);
    }

    /// A key on the curve P-256, which costs next to nothing.
    static KeyPair p256() {
        return keys("EC", 256);
    }

    private static KeyPair keys(String algorithm, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String pem(Object content) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(content instanceof PrivateKey key ? new JcaPKCS8Generator(key, null) : content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
