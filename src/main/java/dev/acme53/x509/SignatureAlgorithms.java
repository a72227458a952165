package dev.acme53.x509;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import org.jspecify.annotations.Nullable;

/// Names of signature algorithms as the JDK knows them.
final class SignatureAlgorithms {
    private SignatureAlgorithms() {}

    /// What `spec.signatureAlgorithm` asks for, or what suits the key when it asks for nothing.
    static String of(@Nullable String wanted, PublicKey key) throws Unusable {
        var family = switch (key) {
            case RSAPublicKey _ -> "RSA";
            case ECPublicKey _ -> "ECDSA";
            case EdECPublicKey _ -> "Ed25519";
            default -> throw new Unusable("a key of this kind cannot sign here");
        };
        var name = switch (wanted == null ? "" : wanted) {
            case "" -> suitable(key);
            case "SHA256WithRSA" -> "SHA256withRSA";
            case "SHA384WithRSA" -> "SHA384withRSA";
            case "SHA512WithRSA" -> "SHA512withRSA";
            case "ECDSAWithSHA256" -> "SHA256withECDSA";
            case "ECDSAWithSHA384" -> "SHA384withECDSA";
            case "ECDSAWithSHA512" -> "SHA512withECDSA";
            case "PureEd25519" -> "Ed25519";
            default -> throw new Unusable("unknown signatureAlgorithm");
        };
        if (!name.endsWith(family)) {
            throw new Unusable("signatureAlgorithm " + wanted + " does not go with a key of " + family);
        }
        return name;
    }

    private static String suitable(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> {
                var bits = rsa.getModulus().bitLength();
                yield bits >= 4096 ? "SHA512withRSA" : bits >= 3072 ? "SHA384withRSA" : "SHA256withRSA";
            }
            case ECPublicKey ec ->
                switch (ec.getParams().getCurve().getField().getFieldSize()) {
                    case 521 -> "SHA512withECDSA";
                    case 384 -> "SHA384withECDSA";
                    default -> "SHA256withECDSA";
                };
            default -> "Ed25519";
        };
    }
}
