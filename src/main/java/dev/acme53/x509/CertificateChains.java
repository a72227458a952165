package dev.acme53.x509;

import dev.acme53.x509.Pem.Malformed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.jspecify.annotations.Nullable;

/// Certificates as PEM text, the leaf first, as CAs deliver them and `tls.crt` holds them (RFC 8555 §9.1).
public final class CertificateChains {
    private CertificateChains() {}

    /// Reads every certificate. A block of another kind, or one that is no certificate, spoils all. Never throws.
    public static DecodedChain decode(byte[] pem, PemLimits limits) {
        try {
            var factory = CertificateFactory.getInstance("X.509");
            var certificates = new ArrayList<X509Certificate>();
            for (var block : Pem.blocks(pem, limits.chain())) {
                certificates.add((X509Certificate) factory.generateCertificate(
                        new ByteArrayInputStream(certificate(block).octets())));
            }
            return new DecodedChain.Decoded(certificates);
        } catch (Malformed e) {
            return new DecodedChain.Undecodable(e.reason());
        } catch (CertificateException | RuntimeException | StackOverflowError _) {
            return new DecodedChain.Undecodable("not a valid certificate");
        }
    }

    /// As [#decode(byte[], PemLimits)] with the default limits.
    public static DecodedChain decode(byte[] pem) {
        return decode(pem, PemLimits.DEFAULTS);
    }

    /// Reads the first certificate only; what follows may be anything that is PEM. Never throws.
    public static DecodedLeaf leaf(byte[] pem, PemLimits limits) {
        try {
            return new DecodedLeaf.Decoded(
                    leaf(certificate(Pem.blocks(pem, limits.chain()).getFirst())));
        } catch (Malformed e) {
            return new DecodedLeaf.Undecodable(e.reason());
        } catch (RuntimeException | IOException | StackOverflowError _) {
            return new DecodedLeaf.Undecodable("not a valid certificate");
        }
    }

    /// As [#leaf(byte[], PemLimits)] with the default limits.
    public static DecodedLeaf leaf(byte[] pem) {
        return leaf(pem, PemLimits.DEFAULTS);
    }

    private static Der certificate(Pem.Block block) throws Malformed {
        if (!block.type().equals(Pem.CERTIFICATE)) {
            throw new Malformed("PEM block is not a certificate");
        }
        return block.der();
    }

    private static Leaf leaf(Der der) throws Malformed, IOException {
        var certificate = Certificate.getInstance(ASN1Primitive.fromByteArray(der.octets()));
        var san = value(certificate, Extension.subjectAlternativeName);
        var names = san == null ? AlternativeNames.NONE : AlternativeNames.read(GeneralNames.getInstance(san));
        var authority = value(certificate, Extension.authorityKeyIdentifier);
        var keyId = authority == null
                ? null
                : AuthorityKeyIdentifier.getInstance(authority).getKeyIdentifierOctets();
        return new Leaf(
                DistinguishedNames.parts(certificate.getSubject()),
                DistinguishedNames.parts(certificate.getIssuer()),
                names.dnsNames(),
                names.emailAddresses(),
                names.ipAddresses(),
                names.uris(),
                certificate.getStartDate().getDate().toInstant(),
                certificate.getEndDate().getDate().toInstant(),
                KeyFormats.publicKey(certificate.getSubjectPublicKeyInfo()),
                certificate.getSerialNumber().getValue(),
                keyId == null ? null : Der.of(keyId));
    }

    private static @Nullable Object value(Certificate certificate, ASN1ObjectIdentifier id) {
        var extensions = certificate.getTBSCertificate().getExtensions();
        return extensions == null ? null : extensions.getExtensionParsedValue(id);
    }
}
