package dev.acme53.x509;

import java.io.Serial;
import java.security.SecureRandom;

/// The platform's `SecureRandom`, with the second highest bit set in whatever is as long as a prime of an RSA key.
///
/// Both primes of a key have to lie above √2 · 2^(n/2 − 1) (FIPS 186-5 §A.1.3). The JDK's generator looks for a prime
/// with only the highest bit set and throws it away when it lies below, as two in five do, after all the work of
/// finding it. One that begins with two bits set lies above, as OpenSSL's do; that costs one bit of more than a
/// thousand.
///
/// Random numbers of the same length are also the bases of the tests whether it is a prime: these lie in the second or
/// the last quarter, which is as good.
class PrimeRandom extends SecureRandom {
    @Serial
    private static final long serialVersionUID = 1;

    /// Of RSA 2048, the smallest there is here, in bytes.
    private static final int SHORTEST_PRIME = 128;

    private static final int SECOND_HIGHEST = 0x40;

    @Override
    public void nextBytes(byte[] bytes) {
        super.nextBytes(bytes);
        if (bytes.length >= SHORTEST_PRIME) {
            bytes[0] |= SECOND_HIGHEST;
        }
    }
}
