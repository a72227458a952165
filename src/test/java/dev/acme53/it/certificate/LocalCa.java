package dev.acme53.it.certificate;

import dev.acme53.api.Bytes;
import dev.acme53.x509.CertificateChains;
import dev.acme53.x509.CertificateSigningRequests;
import dev.acme53.x509.DecodedCsr;
import dev.acme53.x509.KeySpec;
import dev.acme53.x509.PrivateKeys;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A CA that signs every CSR for its DNS names, as an ACME CA would: no common name, no other fields.
final class LocalCa {
    private static final X500Name NAME = new X500Name("CN=Local CA");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyPair key = PrivateKeys.generate(KeySpec.ecdsa(256));
    private final X509Certificate root;

    LocalCa() {
        root = sign(NAME, key.getPublic(), List.of(), true, Instant.now(), Duration.ofDays(365));
    }

    /// The chain for a CSR, valid from `notBefore` on.
    Bytes sign(Bytes csr, Instant notBefore, Duration lifetime) {
        var request = ((DecodedCsr.Decoded) CertificateSigningRequests.decode(csr.toArray())).csr();
        return chain(request.publicKey(), request.dnsNames(), notBefore, lifetime);
    }

    Bytes chain(PublicKey subject, List<String> dnsNames, Instant notBefore, Duration lifetime) {
        var leaf = sign(new X500Name(""), subject, dnsNames, false, notBefore, lifetime);
        return Bytes.ofText(CertificateChains.encode(List.of(leaf, root)));
    }

    private X509Certificate sign(
            X500Name name, PublicKey subject, List<String> dns, boolean ca, Instant notBefore, Duration lifetime) {
        try {
            var builder = new X509v3CertificateBuilder(
                    NAME,
                    new BigInteger(120, RANDOM),
                    Date.from(notBefore),
                    Date.from(notBefore.plus(lifetime)),
                    name,
                    SubjectPublicKeyInfo.getInstance(subject.getEncoded()));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
            if (!dns.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        true,
                        new GeneralNames(dns.stream()
                                .map(n -> new GeneralName(GeneralName.dNSName, n))
                                .toArray(GeneralName[]::new)));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
