package dev.acme53.x509;

import java.util.Arrays;

/// Octets in Distinguished Encoding Rules, immutable; equal when all octets are.
public final class Der {
    private final byte[] octets;

    private Der(byte[] octets) {
        this.octets = octets;
    }

    /// A copy of `octets`.
    public static Der of(byte[] octets) {
        return new Der(octets.clone());
    }

    /// A copy of the octets.
    public byte[] octets() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Der der && Arrays.equals(octets, der.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /// The length only: the octets may be a key's.
    @Override
    public String toString() {
        return "Der[" + octets.length + " octets]";
    }
}
