package dev.acme53.x509;

import dev.acme53.x509.BuiltCsr.Built;
import dev.acme53.x509.BuiltCsr.Unbuildable;
import dev.acme53.x509.DecodedCsr.Decoded;
import dev.acme53.x509.DecodedCsr.Undecodable;
import dev.acme53.x509.Pem.Malformed;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

/// Certificate signing requests, PKCS#10 (RFC 2986), built and read.
public final class CertificateSigningRequests {
    private CertificateSigningRequests() {}

    /// A request for what `template` says, signed by `pair`. The common name is not added to the SANs.
    public static BuiltCsr build(CsrTemplate template, KeyPair pair) {
        try {
            var subject = Requested.subject(template);
            if (subject.getRDNs().length == 0
                    && Requested.alternativeNames(template).isEmpty()) {
                return new Unbuildable("neither a subject nor any name is asked for");
            }
            var extensions = Requested.extensions(template, subject);
            var algorithm = SignatureAlgorithms.of(template.signatureAlgorithm(), pair.getPublic());
            var builder = new PKCS10CertificationRequestBuilder(
                    subject, SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
            if (!extensions.isEmpty()) {
                builder.addAttribute(
                        PKCSObjectIdentifiers.pkcs_9_at_extensionRequest,
                        new Extensions(extensions.toArray(Extension[]::new)));
            }
            var request = builder.build(new JcaContentSignerBuilder(algorithm).build(pair.getPrivate()));
            return new Built(Pem.encode(Pem.CERTIFICATE_REQUEST, request.getEncoded()));
        } catch (Unusable e) {
            return new Unbuildable(e.reason());
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("the JDK cannot sign with a key of ours", e);
        }
    }

    /// Reads a request from PEM (its first block) or DER, and checks that its key signed it. Never throws.
    public static DecodedCsr decode(byte[] pemOrDer, PemLimits limits) {
        return decode(pemOrDer, limits, true);
    }

    /// As [#decode(byte[], PemLimits)], but without the check of the signature: for requests that are only compared,
    /// never sent to a CA. The check costs more than all the rest.
    public static DecodedCsr decodeUnverified(byte[] pemOrDer, PemLimits limits) {
        return decode(pemOrDer, limits, false);
    }

    private static DecodedCsr decode(byte[] pemOrDer, PemLimits limits, boolean verified) {
        try {
            return new Decoded(read(der(pemOrDer, limits), verified));
        } catch (Malformed e) {
            return new Undecodable(e.reason());
        } catch (RuntimeException | IOException | PKCSException | StackOverflowError _) {
            return new Undecodable("not a valid certificate signing request");
        }
    }

    /// As [#decode(byte[], PemLimits)] with the default limits.
    public static DecodedCsr decode(byte[] pemOrDer) {
        return decode(pemOrDer, PemLimits.DEFAULTS);
    }

    /// The DER of the subject that `literalSubject` asks for; empty when it is not a distinguished name.
    public static Optional<Der> literalSubject(String text) {
        try {
            return Optional.of(Der.of(DistinguishedNames.ofLiteral(text).getEncoded("DER")));
        } catch (Unusable | IOException _) {
            return Optional.empty();
        }
    }

    private static byte[] der(byte[] pemOrDer, PemLimits limits) throws Malformed {
        if (pemOrDer.length > 0 && pemOrDer[0] == 0x30) {
            if (pemOrDer.length > limits.certificate()) {
                throw new Malformed("certificate signing request of " + pemOrDer.length
                        + " octets is longer than the limit of " + limits.certificate());
            }
            return pemOrDer;
        }
        var block = Pem.blocks(pemOrDer, limits.certificate()).getFirst();
        if (!block.type().endsWith(Pem.CERTIFICATE_REQUEST)) {
            throw new Malformed("PEM block is not a certificate signing request");
        }
        return block.der().octets();
    }

    private static Csr read(byte[] der, boolean verified) throws Malformed, IOException, PKCSException {
        var request = new PKCS10CertificationRequest(der);
        var key = KeyFormats.publicKey(request.getSubjectPublicKeyInfo());
        if (verified) {
            verify(request, key);
        }
        var extensions = request.getRequestedExtensions();
        var san = value(extensions, Extension.subjectAlternativeName);
        var names = san == null ? AlternativeNames.NONE : AlternativeNames.read(GeneralNames.getInstance(san));
        var usage = value(extensions, Extension.keyUsage);
        var purposes = value(extensions, Extension.extendedKeyUsage);
        var constraints = value(extensions, Extension.basicConstraints);
        return new Csr(
                DistinguishedNames.parts(request.getSubject()),
                Der.of(request.getSubject().getEncoded()),
                names.dnsNames(),
                names.emailAddresses(),
                names.ipAddresses(),
                names.uris(),
                names.otherNames(),
                new KeyUsages(bits(usage), purposes(purposes)).words(),
                usage != null || purposes != null,
                constraints != null,
                constraints != null && BasicConstraints.getInstance(constraints).isCA(),
                key,
                Der.of(der));
    }

    private static void verify(PKCS10CertificationRequest request, PublicKey key)
            throws Malformed, IOException, PKCSException {
        boolean valid;
        try {
            valid = request.getSignatureAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS)
                    ? request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))
                    : isSignedBy(request, key);
        } catch (GeneralSecurityException | OperatorCreationException _) {
            throw new Malformed("the certificate signing request's key cannot verify its signature");
        }
        if (!valid) {
            throw new Malformed("the signature of the certificate signing request is not that of its key");
        }
    }

    /// Several times as fast as Bouncy Castle's way, which only PSS with its parameters needs.
    private static boolean isSignedBy(PKCS10CertificationRequest request, PublicKey key)
            throws GeneralSecurityException, IOException {
        var signature = Signature.getInstance(
                request.getSignatureAlgorithm().getAlgorithm().getId());
        signature.initVerify(key);
        signature.update(request.toASN1Structure().getCertificationRequestInfo().getEncoded("DER"));
        return signature.verify(request.getSignature());
    }

    private static @Nullable Object value(@Nullable Extensions extensions, ASN1ObjectIdentifier id) {
        return extensions == null ? null : extensions.getExtensionParsedValue(id);
    }

    private static int bits(@Nullable Object usage) {
        if (usage == null) {
            return 0;
        }
        var octets = KeyUsage.getInstance(usage).getBytes();
        return (octets.length > 0 ? octets[0] & 0xff : 0) | (octets.length > 1 ? (octets[1] & 0xff) << 8 : 0);
    }

    private static List<ASN1ObjectIdentifier> purposes(@Nullable Object purposes) {
        return purposes == null
                ? List.of()
                : List.of(ExtendedKeyUsage.getInstance(purposes).getUsages()).stream()
                        .map(KeyPurposeId::toOID)
                        .toList();
    }
}
