package dev.acme53.x509;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Octets as a hostile or broken writer would leave them.
final class Damage {
    private Damage() {}

    static byte[] of(byte[] octets, RandomGenerator random) {
        return switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(octets, random.nextInt(octets.length));
            case 1 -> flipped(octets, random, 1);
            case 2 -> flipped(octets, random, 1 + random.nextInt(20));
            case 3 -> nested(random.nextInt(8000));
            default -> noise(random);
        };
    }

    private static byte[] flipped(byte[] octets, RandomGenerator random, int times) {
        var flipped = octets.clone();
        for (var i = 0; i < times; i++) {
            flipped[random.nextInt(flipped.length)] = (byte) random.nextInt(256);
        }
        return flipped;
    }

    /// Sequences in sequences, of indefinite length.
    private static byte[] nested(int depth) {
        var nested = new byte[2 * depth];
        for (var i = 0; i < depth; i++) {
            nested[2 * i] = 0x30;
            nested[2 * i + 1] = (byte) 0x80;
        }
        return nested;
    }

    private static byte[] noise(RandomGenerator random) {
        var noise = new byte[random.nextInt(2000)];
        random.nextBytes(noise);
        return noise;
    }
}
