package dev.acme53.x509;

import dev.acme53.x509.Pem.Malformed;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.jspecify.annotations.Nullable;

/// The ASN.1 structures of private and public keys: PKCS#1 (RFC 8017), SEC 1 (RFC 5915), PKCS#8 (RFC 5958),
/// SubjectPublicKeyInfo. The public key is always computed from the private one, never taken from the file.
final class KeyFormats {
    private KeyFormats() {}

    static KeyPair pair(Pem.Block block) throws Malformed {
        return guarded(() -> switch (block.type()) {
            case Pem.PKCS1 -> rsa(RSAPrivateKey.getInstance(block.der().octets()));
            case Pem.SEC1 -> sec1(block.der().octets());
            case Pem.PKCS8 -> pkcs8(block.der().octets());
            default -> throw new Malformed("PEM block is not a private key of a known kind");
        });
    }

    /// The public key of a SubjectPublicKeyInfo; only RSA, the three NIST curves and Ed25519 are read.
    static PublicKey publicKey(SubjectPublicKeyInfo info) throws Malformed {
        return guarded(() -> {
            var algorithm = info.getAlgorithm().getAlgorithm();
            var spec = new X509EncodedKeySpec(info.getEncoded("DER"));
            if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
                return KeyFactory.getInstance("RSA").generatePublic(spec);
            }
            if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
                curve(ASN1ObjectIdentifier.getInstance(info.getAlgorithm().getParameters()));
                return KeyFactory.getInstance("EC").generatePublic(spec);
            }
            if (algorithm.equals(EdECObjectIdentifiers.id_Ed25519)) {
                return KeyFactory.getInstance("Ed25519").generatePublic(spec);
            }
            throw new Malformed("public key is not RSA, ECDSA or Ed25519");
        });
    }

    static byte[] pkcs1(PrivateKey key) {
        if (key instanceof RSAPrivateCrtKey rsa) {
            return encoded(new RSAPrivateKey(
                    rsa.getModulus(),
                    rsa.getPublicExponent(),
                    rsa.getPrivateExponent(),
                    rsa.getPrimeP(),
                    rsa.getPrimeQ(),
                    rsa.getPrimeExponentP(),
                    rsa.getPrimeExponentQ(),
                    rsa.getCrtCoefficient()));
        }
        throw new IllegalArgumentException("not an RSA key");
    }

    static byte[] pkcs1(RSAPublicKey key) {
        return encoded(new org.bouncycastle.asn1.pkcs.RSAPublicKey(key.getModulus(), key.getPublicExponent()));
    }

    static byte[] sec1(KeyPair pair) {
        return encoded(ec(pair, curveOf(pair)));
    }

    static byte[] pkcs8(KeyPair pair) {
        return switch (pair.getPublic()) {
            case RSAPublicKey _ ->
                encoded(info(
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                        RSAPrivateKey.getInstance(pkcs1(pair.getPrivate()))));
            // with the public key inside, as others write it: the JDK leaves it out
            case ECPublicKey _ ->
                encoded(info(
                        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curveOf(pair)), ec(pair, null)));
            default -> pair.getPrivate().getEncoded();
        };
    }

    private static PrivateKeyInfo info(AlgorithmIdentifier algorithm, ASN1Encodable key) {
        try {
            return new PrivateKeyInfo(algorithm, key);
        } catch (IOException e) {
            throw new IllegalStateException("a key of ours cannot be encoded", e);
        }
    }

    private static org.bouncycastle.asn1.sec.ECPrivateKey ec(KeyPair pair, @Nullable ASN1Encodable curve) {
        var key = (ECPrivateKey) pair.getPrivate();
        var order = key.getParams().getOrder().bitLength();
        var point = SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded())
                .getPublicKeyData()
                .getBytes();
        return new org.bouncycastle.asn1.sec.ECPrivateKey(order, key.getS(), new DERBitString(point), curve);
    }

    private static ASN1ObjectIdentifier curveOf(KeyPair pair) {
        return ASN1ObjectIdentifier.getInstance(
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded())
                        .getAlgorithm()
                        .getParameters());
    }

    private static KeyPair rsa(RSAPrivateKey key) throws GeneralSecurityException, Malformed {
        var minusOne = BigInteger.ONE.negate();
        var p = key.getPrime1();
        var q = key.getPrime2();
        var one = key.getPublicExponent().multiply(key.getPrivateExponent());
        if (!p.multiply(q).equals(key.getModulus())
                || p.signum() <= 0
                || !one.mod(p.add(minusOne)).equals(BigInteger.ONE)
                || !one.mod(q.add(minusOne)).equals(BigInteger.ONE)) {
            throw new Malformed("RSA key whose parts do not belong together");
        }
        var factory = KeyFactory.getInstance("RSA");
        return new KeyPair(
                factory.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())),
                factory.generatePrivate(new RSAPrivateCrtKeySpec(
                        key.getModulus(),
                        key.getPublicExponent(),
                        key.getPrivateExponent(),
                        p,
                        q,
                        key.getExponent1(),
                        key.getExponent2(),
                        key.getCoefficient())));
    }

    private static KeyPair sec1(byte[] der) throws GeneralSecurityException, IOException, Malformed {
        var key = org.bouncycastle.asn1.sec.ECPrivateKey.getInstance(der);
        if (key.getParametersObject() == null) {
            throw new Malformed("EC private key does not name its curve");
        }
        return ec(key, ASN1ObjectIdentifier.getInstance(key.getParametersObject()));
    }

    private static KeyPair pkcs8(byte[] der) throws GeneralSecurityException, IOException, Malformed {
        var info = PrivateKeyInfo.getInstance(der);
        var algorithm = info.getPrivateKeyAlgorithm().getAlgorithm();
        if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return rsa(RSAPrivateKey.getInstance(info.parsePrivateKey()));
        }
        if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return ec(
                    org.bouncycastle.asn1.sec.ECPrivateKey.getInstance(info.parsePrivateKey()),
                    ASN1ObjectIdentifier.getInstance(
                            info.getPrivateKeyAlgorithm().getParameters()));
        }
        if (algorithm.equals(EdECObjectIdentifiers.id_Ed25519)) {
            return ed25519(ASN1OctetString.getInstance(info.parsePrivateKey()).getOctets());
        }
        throw new Malformed("private key is not RSA, ECDSA or Ed25519");
    }

    private static KeyPair ec(org.bouncycastle.asn1.sec.ECPrivateKey key, ASN1ObjectIdentifier curve)
            throws GeneralSecurityException, IOException, Malformed {
        var parameters = curve(curve);
        var s = key.getKey();
        if (s.signum() <= 0 || s.compareTo(parameters.getN()) >= 0) {
            throw new Malformed("EC private key out of the range of its curve");
        }
        var point = new FixedPointCombMultiplier()
                .multiply(parameters.getG(), s)
                .normalize()
                .getEncoded(false);
        var algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve);
        var factory = KeyFactory.getInstance("EC");
        return new KeyPair(
                factory.generatePublic(
                        new X509EncodedKeySpec(new SubjectPublicKeyInfo(algorithm, point).getEncoded("DER"))),
                factory.generatePrivate(new PKCS8EncodedKeySpec(encoded(info(
                        algorithm,
                        new org.bouncycastle.asn1.sec.ECPrivateKey(
                                parameters.getN().bitLength(), s))))));
    }

    private static KeyPair ed25519(byte[] seed) throws GeneralSecurityException, IOException, Malformed {
        if (seed.length != Ed25519PrivateKeyParameters.KEY_SIZE) {
            throw new Malformed("Ed25519 private key of a wrong length");
        }
        var algorithm = new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);
        var point = new Ed25519PrivateKeyParameters(seed).generatePublicKey().getEncoded();
        var factory = KeyFactory.getInstance("Ed25519");
        return new KeyPair(
                factory.generatePublic(
                        new X509EncodedKeySpec(new SubjectPublicKeyInfo(algorithm, point).getEncoded("DER"))),
                factory.generatePrivate(new PKCS8EncodedKeySpec(encoded(info(algorithm, new DEROctetString(seed))))));
    }

    private static X9ECParameters curve(ASN1ObjectIdentifier curve) throws Malformed {
        if (!curve.equals(SECObjectIdentifiers.secp256r1)
                && !curve.equals(SECObjectIdentifiers.secp384r1)
                && !curve.equals(SECObjectIdentifiers.secp521r1)) {
            throw new Malformed("EC key is not on P-256, P-384 or P-521");
        }
        return ECNamedCurveTable.getByOID(curve);
    }

    private static byte[] encoded(ASN1Encodable structure) {
        try {
            return structure.toASN1Primitive().getEncoded("DER");
        } catch (IOException e) {
            throw new IllegalStateException("a structure of ours cannot be encoded", e);
        }
    }

    /// Runs a reader over hostile octets. The libraries' messages are dropped: they may quote key material.
    private static <T> T guarded(Reading<T> reading) throws Malformed {
        try {
            return reading.read();
        } catch (GeneralSecurityException | IOException | RuntimeException _) {
            throw new Malformed("not a valid key");
        }
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws GeneralSecurityException, IOException, Malformed;
    }
}
