package dev.acme53.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Names of the objects that stages make, the same as the peer's, so that what it began is found and not made twice
/// (behaviour.md §0.5, §1.5).
public final class ObjectNames {
    private static final int LONGEST_PREFIX = 52;
    private static final int LONGEST_CERTIFICATE = 233;
    private static final int SHORTENED_CERTIFICATE = 168;

    private ObjectNames() {}

    /// `<certificate>-<revision>`; of a name over 233 characters the first 168 and its SHA-256.
    public static String certificateRequest(String certificate, long revision) {
        var prefix = certificate.length() <= LONGEST_CERTIFICATE
                ? certificate
                : endingInAlphanumeric(certificate.substring(0, SHORTENED_CERTIFICATE)) + "-" + sha256(certificate);
        return prefix + "-" + revision;
    }

    /// The Order of a CertificateRequest. `spec.request` plays no part.
    public static String order(String certificateRequest, OrderSpec spec) {
        var hashed = certificateRequest.length() < LONGEST_PREFIX
                ? HashedSpecs.order(spec)
                : HashedSpecs.orderOf(certificateRequest, spec);
        return hashed(certificateRequest, hashed);
    }

    /// One Challenge of an Order. `spec.key` plays no part.
    public static String challenge(String order, ChallengeSpec spec) {
        return hashed(order, HashedSpecs.challenge(spec));
    }

    private static String hashed(String prefix, String json) {
        return shortened(prefix) + "-" + Integer.toUnsignedString(fnv1(json.getBytes(StandardCharsets.UTF_8)));
    }

    static String shortened(String prefix) {
        return prefix.length() < LONGEST_PREFIX ? prefix : endingInAlphanumeric(prefix.substring(0, LONGEST_PREFIX));
    }

    /// FNV-1, 32 bits: multiply, then xor (not FNV-1a).
    private static int fnv1(byte[] octets) {
        var hash = 0x811c9dc5;
        for (var octet : octets) {
            hash = (hash * 0x01000193) ^ (octet & 0xff);
        }
        return hash;
    }

    private static String endingInAlphanumeric(String text) {
        return text.replaceAll("[^A-Za-z0-9]+$", "");
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
