package dev.acme53.x509;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Kind and size of a key pair.
///
/// @param size bits: RSA 2048 to 8192; ECDSA 256, 384 or 521, which names the NIST curve; Ed25519 always 256
public record KeySpec(Algorithm algorithm, int size) {
    /// The algorithms a Certificate can ask for.
    public enum Algorithm {
        RSA,
        ECDSA,
        ED25519
    }

    /// RSA with 2048 bits, what a Certificate without `privateKey` gets.
    public static final KeySpec DEFAULT = rsa(2048);

    public KeySpec {
        var possible = switch (algorithm) {
            case RSA -> size >= 2048 && size <= 8192;
            case ECDSA -> size == 256 || size == 384 || size == 521;
            case ED25519 -> size == 256;
        };
        if (!possible) {
            throw new IllegalArgumentException("no key of " + algorithm + " has " + size + " bits here");
        }
    }

    public static KeySpec rsa(int size) {
        return new KeySpec(Algorithm.RSA, size);
    }

    public static KeySpec ecdsa(int size) {
        return new KeySpec(Algorithm.ECDSA, size);
    }

    public static KeySpec ed25519() {
        return new KeySpec(Algorithm.ED25519, 256);
    }

    /// What `spec.privateKey.algorithm` and `.size` of a Certificate ask for; empty when there is no such key.
    /// @param algorithm `RSA`, `ECDSA` or `Ed25519`; absent or empty means RSA
    /// @param size absent, zero or less means the default: RSA 2048, ECDSA 256; not looked at for Ed25519
    public static Optional<KeySpec> of(@Nullable String algorithm, @Nullable Integer size) {
        var bits = size == null || size <= 0 ? 0 : size;
        try {
            return switch (algorithm == null ? "" : algorithm) {
                case "", "RSA" -> Optional.of(rsa(bits == 0 ? 2048 : bits));
                case "ECDSA" -> Optional.of(ecdsa(bits == 0 ? 256 : bits));
                case "Ed25519" -> Optional.of(ed25519());
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
