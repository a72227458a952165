package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// Octets, immutable and equal by content; base64 in JSON (`format: byte`).
public final class Bytes {
    /// No octets.
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] octets;

    private Bytes(byte[] octets) {
        this.octets = octets;
    }

    /// A copy of `octets`.
    public static Bytes of(byte[] octets) {
        return octets.length == 0 ? EMPTY : new Bytes(octets.clone());
    }

    /// The text in UTF-8; what PEM goes by.
    public static Bytes ofText(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Reads base64 as Go does: line ends do not count. Text that is not base64 is taken for the octets
    /// themselves, so that whoever reads them finds the fault in this one object.
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Bytes fromBase64(String base64) {
        try {
            return of(Base64.getDecoder().decode(base64.replaceAll("[\r\n]", "")));
        } catch (IllegalArgumentException _) {
            return ofText(base64);
        }
    }

    /// A copy.
    public byte[] toArray() {
        return octets.clone();
    }

    /// As UTF-8.
    public String text() {
        return new String(octets, StandardCharsets.UTF_8);
    }

    /// Padded, without line ends.
    @JsonValue
    public String base64() {
        return Base64.getEncoder().encodeToString(octets);
    }

    /// How many octets.
    public int length() {
        return octets.length;
    }

    @JsonIgnore
    public boolean isEmpty() {
        return octets.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /// How many: the octets may be long, and are nobody's to read in a log.
    @Override
    public String toString() {
        return octets.length + " bytes";
    }
}
