package dev.acme53.x509;

import dev.acme53.x509.DecodedKey.Decoded;
import dev.acme53.x509.DecodedKey.Undecodable;
import dev.acme53.x509.Pem.Malformed;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;

/// Key pairs: made, read from PEM and written as PEM.
///
/// Randomness is always the platform's `SecureRandom`, for RSA by way of [PrimeRandom]: a key from any other source
/// would be a fault.
public final class PrivateKeys {
    private PrivateKeys() {}

    /// A new key pair. Takes up to a second for RSA 2048 and many seconds for RSA 8192, so never call it where
    /// nothing may block.
    public static KeyPair generate(KeySpec spec) {
        return generate(spec, new PrimeRandom());
    }

    /// As [#generate(KeySpec)].
    /// @param primes what the primes of an RSA key are looked for with
    static KeyPair generate(KeySpec spec, PrimeRandom primes) {
        try {
            var generator = KeyPairGenerator.getInstance(
                    switch (spec.algorithm()) {
                        case RSA -> "RSA";
                        case ECDSA -> "EC";
                        case ED25519 -> "Ed25519";
                    });
            switch (spec.algorithm()) {
                case RSA -> generator.initialize(spec.size(), primes);
                case ECDSA -> generator.initialize(new ECGenParameterSpec("secp" + spec.size() + "r1"));
                case ED25519 -> {}
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK cannot make a key of " + spec, e);
        }
    }

    /// Reads `RSA PRIVATE KEY` (PKCS#1), `EC PRIVATE KEY` (SEC 1, also after `EC PARAMETERS`) or `PRIVATE KEY`
    /// (PKCS#8 of RSA, EC, Ed25519). Curves: P-256, P-384, P-521. Text after the key is not looked at.
    public static DecodedKey decodePem(byte[] pem, PemLimits limits) {
        try {
            for (var block : Pem.blocks(pem, limits.privateKey())) {
                if (!block.type().equals("EC PARAMETERS")) {
                    return new Decoded(KeyFormats.pair(block));
                }
            }
            return new Undecodable("no private key found");
        } catch (Malformed e) {
            return new Undecodable(e.reason());
        }
    }

    /// As [#decodePem(byte[], PemLimits)] with the default limits.
    public static DecodedKey decodePem(byte[] pem) {
        return decodePem(pem, PemLimits.DEFAULTS);
    }

    /// As [#decodePem(byte[], PemLimits)] with the default limits.
    public static DecodedKey decodePem(String pem) {
        return decodePem(pem.getBytes(StandardCharsets.UTF_8));
    }

    /// PEM text in the encoding the API calls `PKCS1`: PKCS#1 for RSA, SEC 1 for EC; Ed25519 has none of its own
    /// and is PKCS#8.
    public static String encodePkcs1(KeyPair pair) {
        return switch (pair.getPublic()) {
            case RSAPublicKey _ -> Pem.encode(Pem.PKCS1, pkcs1Der(pair.getPrivate()));
            case ECPublicKey _ -> Pem.encode(Pem.SEC1, KeyFormats.sec1(pair));
            case EdECPublicKey _ -> encodePkcs8(pair);
            default -> throw new IllegalArgumentException("not a key of ours");
        };
    }

    /// PEM text in PKCS#8.
    public static String encodePkcs8(KeyPair pair) {
        return Pem.encode(Pem.PKCS8, KeyFormats.pkcs8(pair));
    }

    /// The `RSAPrivateKey` structure of RFC 8017 §A.1.2.
    /// @throws IllegalArgumentException for a key that is not RSA
    public static byte[] pkcs1Der(PrivateKey rsa) {
        return KeyFormats.pkcs1(rsa);
    }

    /// The `RSAPublicKey` structure of RFC 8017 §A.1.1.
    public static byte[] pkcs1Der(RSAPublicKey rsa) {
        return KeyFormats.pkcs1(rsa);
    }

    /// Whether a key is of this kind and size.
    public static boolean matches(PublicKey key, KeySpec spec) {
        return switch (key) {
            case RSAPublicKey rsa ->
                spec.algorithm() == KeySpec.Algorithm.RSA && rsa.getModulus().bitLength() == spec.size();
            case ECPublicKey ec ->
                spec.algorithm() == KeySpec.Algorithm.ECDSA
                        && ec.getParams().getCurve().getField().getFieldSize() == spec.size();
            case EdECPublicKey ed ->
                spec.algorithm() == KeySpec.Algorithm.ED25519
                        && ed.getParams().getName().equals("Ed25519");
            default -> false;
        };
    }

    /// Whether two public keys are one.
    public static boolean same(PublicKey one, PublicKey other) {
        return Arrays.equals(one.getEncoded(), other.getEncoded());
    }
}
