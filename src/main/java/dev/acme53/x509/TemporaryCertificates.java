package dev.acme53.x509;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Certificates that stand in until the CA has answered: signed by a CA of one use whose key is thrown away, so
/// nobody can trust them (behaviour.md §1.6.8).
public final class TemporaryCertificates {
    /// The serialNumber attribute of the subject by which such a certificate is known.
    public static final String SERIAL_NUMBER_ATTRIBUTE = "1234567890";

    /// The common name of the CA of one use.
    static final String ISSUER = "cert-manager.local";

    private static final X500Name CA = DistinguishedNames.of(Subject.ofCommonName(ISSUER));

    private TemporaryCertificates() {}

    /// One certificate in PEM for what `template` says and the key of `pair`, valid from `now`. Empty when the
    /// template cannot be put into a certificate.
    /// @param random serial numbers only; the throw-away key is always from the platform's `SecureRandom`
    public static Optional<String> sign(
            CsrTemplate template, Duration lifetime, KeyPair pair, Instant now, RandomGenerator random) {
        var ca = PrivateKeys.generate(KeySpec.ecdsa(521));
        try {
            var wanted = named(template);
            var subject = Requested.subject(wanted);
            var extensions = Requested.extensions(wanted, subject);
            var serial = new byte[16];
            random.nextBytes(serial);
            var builder = new X509v3CertificateBuilder(
                    CA,
                    new BigInteger(1, serial).setBit(0),
                    Date.from(now),
                    Date.from(now.plus(lifetime)),
                    subject,
                    SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
            for (var extension : extensions) {
                builder.addExtension(extension);
            }
            builder.addExtension(
                    Requested.extension(Extension.basicConstraints, true, new BasicConstraints(template.isCa())));
            builder.addExtension(Requested.extension(
                    Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(keyId(ca.getPublic()))));
            X509CertificateHolder certificate =
                    builder.build(new JcaContentSignerBuilder("SHA512withECDSA").build(ca.getPrivate()));
            return Optional.of(Pem.encode(Pem.CERTIFICATE, certificate.getEncoded()));
        } catch (Unusable _) {
            return Optional.empty();
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("the JDK cannot sign with a key of ours", e);
        }
    }

    /// The template with the telling attribute; usages are always written into a certificate.
    private static CsrTemplate named(CsrTemplate t) {
        return new CsrTemplate(
                t.subject().withSerialNumber(SERIAL_NUMBER_ATTRIBUTE),
                t.literalSubject(),
                t.dnsNames(),
                t.emailAddresses(),
                t.ipAddresses(),
                t.uris(),
                t.otherNames(),
                t.usages(),
                true,
                t.isCa(),
                t.nameConstraints(),
                t.signatureAlgorithm());
    }

    private static byte[] keyId(PublicKey key) {
        try {
            return MessageDigest.getInstance("SHA-1")
                    .digest(SubjectPublicKeyInfo.getInstance(key.getEncoded())
                            .getPublicKeyData()
                            .getBytes());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
