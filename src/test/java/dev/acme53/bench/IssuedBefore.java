package dev.acme53.bench;

import dev.acme53.api.Annotations;
import dev.acme53.api.FieldManagers;
import dev.acme53.api.Labels;
import dev.acme53.api.SecretKeys;
import dev.acme53.x509.PrivateKeys;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Certificates that were issued some time ago, with their Secrets as a controller leaves them: made by the API alone,
/// signed by a CA of the benchmark's own. They have one private key in common, since nobody compares keys and each
/// would take a while to find.
final class IssuedBefore {
    private static final Duration VALIDITY = Duration.ofDays(90);
    private static final int ROOT = 1;

    private final Site site;
    private final KeyPair ca = keys("EC", 256);
    private final KeyPair leafKeys = keys("RSA", 2048);
    private final String key = base64(PrivateKeys.encodePkcs1(leafKeys));
    private final X500Name caName = new X500Name("CN=benchmark");
    private final String root = pem(signed(caName, ca, new GeneralNames(new GeneralName(caName)), ROOT));

    IssuedBefore(Site site) {
        this.site = site;
    }

    /// Makes so many, Secrets first. The Certificates have no status, as after a restore from a backup.
    void create(int count) throws InterruptedException {
        var numbers = IntStream.range(0, count).boxed().toList();
        Site.forEach(
                numbers,
                i -> site.client()
                        .resource(secret(i))
                        .fieldManager(FieldManagers.ISSUING)
                        .forceConflicts()
                        .serverSideApply());
        Site.forEach(
                numbers,
                i -> site.client()
                        .resource(site.certificate(Site.NAMESPACE, name(i), false, host(i)))
                        .create());
    }

    private static String name(int number) {
        return "c%05d".formatted(number);
    }

    private static String host(int number) {
        return name(number) + "." + Site.zone(0);
    }

    private Secret secret(int number) {
        var host = host(number);
        var leaf = signed(
                new X500Name("CN=" + host),
                leafKeys,
                new GeneralNames(new GeneralName(GeneralName.dNSName, host)),
                number + ROOT + 1);
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name(number) + "-tls")
                .withNamespace(Site.NAMESPACE)
                .addToLabels(Labels.CACHED, Labels.TRUE)
                .addToAnnotations(Annotations.CERTIFICATE_NAME, name(number))
                .addToAnnotations(Annotations.ISSUER_NAME, Site.ISSUER)
                .addToAnnotations(Annotations.ISSUER_KIND, "ClusterIssuer")
                .addToAnnotations(Annotations.ISSUER_GROUP, "")
                .addToAnnotations(Annotations.COMMON_NAME, host)
                .addToAnnotations(Annotations.ALT_NAMES, host)
                .addToAnnotations(Annotations.IP_SANS, "")
                .addToAnnotations(Annotations.URI_SANS, "")
                .endMetadata()
                .withType(SecretKeys.TLS_TYPE)
                .addToData(SecretKeys.PRIVATE_KEY, key)
                .addToData(SecretKeys.CERTIFICATE, base64(pem(leaf) + root))
                .build();
    }

    private X509CertificateHolder signed(X500Name subject, KeyPair subjectKeys, GeneralNames names, int serial) {
        var now = Instant.now();
        var builder = new JcaX509v3CertificateBuilder(
                caName,
                BigInteger.valueOf(serial),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(VALIDITY)),
                subject,
                subjectKeys.getPublic());
        var isRoot = serial == ROOT;
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isRoot));
            builder.addExtension(
                    Extension.keyUsage, true, new KeyUsage(isRoot ? KeyUsage.keyCertSign : KeyUsage.digitalSignature));
            if (!isRoot) {
                builder.addExtension(Extension.subjectAlternativeName, false, names);
            }
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(ca.getPrivate()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
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

    private static String pem(X509CertificateHolder certificate) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(certificate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
