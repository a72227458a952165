package dev.acme53.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serial;
import java.math.BigInteger;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrimeRandomTest {
    private static final int SECOND_HIGHEST = 6;

    private final PrimeRandom random = new PrimeRandom();

    @ParameterizedTest
    @ValueSource(ints = {128, 192, 256, 512})
    void onlyTheSecondHighestBitIsGivenInWhatIsAsLongAsAPrime(int bytes) {
        var always = new BitSet();
        var ever = new BitSet();
        always.set(0, 8 * bytes);
        for (var i = 0; i < 200; i++) {
            var drawn = new byte[bytes];
            random.nextBytes(drawn);
            var bits = new BitSet();
            IntStream.range(0, 8 * bytes)
                    .filter(bit -> (drawn[bit / 8] >> bit % 8 & 1) == 1)
                    .forEach(bits::set);
            always.and(bits);
            ever.or(bits);
        }
        assertThat(always.stream()).containsExactly(SECOND_HIGHEST);
        assertThat(ever.cardinality()).isEqualTo(8 * bytes);
    }

    @Test
    void whatIsShorterIsLeftAsItIs() {
        var set = IntStream.range(0, 200)
                .filter(_ -> {
                    var drawn = new byte[127];
                    random.nextBytes(drawn);
                    return (drawn[0] >> SECOND_HIGHEST & 1) == 1;
                })
                .count();
        assertThat(set).isBetween(1L, 199L);
    }

    @ParameterizedTest
    @ValueSource(ints = {2048, 3072, 4096})
    void bothPrimesOfAKeyAreLookedForFromWhatWasDrawn(int bits) {
        var drawn = new Drawn();
        var key = (RSAPrivateCrtKey)
                PrivateKeys.generate(KeySpec.rsa(bits), drawn).getPrivate();
        assertThat(key.getModulus().bitLength()).isEqualTo(bits);
        assertThat(drawn.beginnings).contains(beginning(key.getPrimeP()), beginning(key.getPrimeQ()));
    }

    /// Without the highest bit, which the generator sets. The search goes upwards from what was drawn, by some
    /// hundreds.
    private static BigInteger beginning(BigInteger number) {
        return number.shiftRight(64).clearBit(number.bitLength() - 65);
    }

    /// Remembers what numbers as long as a prime begin with.
    private static final class Drawn extends PrimeRandom {
        @Serial
        private static final long serialVersionUID = 1;

        private final transient List<BigInteger> beginnings = new ArrayList<>();

        @Override
        public void nextBytes(byte[] bytes) {
            super.nextBytes(bytes);
            if (bytes.length >= 128) {
                beginnings.add(beginning(new BigInteger(1, bytes).setBit(8 * bytes.length - 1)));
            }
        }
    }
}
