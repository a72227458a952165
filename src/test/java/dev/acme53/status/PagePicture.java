package dev.acme53.status;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;

/// Pictures that say which page they show: a PNG with the SHA-256 of the page's HTML in a chunk of text behind its
/// header (PNG, third edition, 11.3.3.3 `tEXt`).
public final class PagePicture {
    private static final byte[] KEYWORD = "acme53-page\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] TEXT = "tEXt".getBytes(StandardCharsets.ISO_8859_1);

    /// What each PNG begins with.
    private static final int SIGNATURE = 8;

    /// Length, type and check sum of a chunk.
    private static final int AROUND = 12;

    /// The signature and the first chunk, `IHDR`, of 13 octets.
    private static final int HEADER = SIGNATURE + AROUND + 13;

    private PagePicture() {}

    /// The same picture, which says that it is one of `html`.
    public static byte[] of(byte[] png, String html) {
        var picture = new ByteArrayOutputStream();
        picture.write(png, 0, HEADER);
        picture.writeBytes(chunk(hash(html).getBytes(StandardCharsets.ISO_8859_1)));
        picture.write(png, HEADER, png.length - HEADER);
        return picture.toByteArray();
    }

    private static byte[] chunk(byte[] value) {
        var data = ByteBuffer.allocate(TEXT.length + KEYWORD.length + value.length)
                .put(TEXT)
                .put(KEYWORD)
                .put(value)
                .array();
        var sum = new CRC32();
        sum.update(data);
        return ByteBuffer.allocate(AROUND + KEYWORD.length + value.length)
                .putInt(KEYWORD.length + value.length)
                .put(data)
                .putInt((int) sum.getValue())
                .array();
    }

    /// The hash of the page that `png` says it shows, if it says so.
    public static Optional<String> shown(byte[] png) {
        var rest = ByteBuffer.wrap(png).position(SIGNATURE);
        while (rest.remaining() >= AROUND) {
            var data = new byte[rest.getInt()];
            var type = new byte[TEXT.length];
            rest.get(type).get(data).getInt();
            if (Arrays.equals(type, TEXT)
                    && data.length > KEYWORD.length
                    && Arrays.equals(data, 0, KEYWORD.length, KEYWORD, 0, KEYWORD.length)) {
                return Optional.of(
                        new String(data, KEYWORD.length, data.length - KEYWORD.length, StandardCharsets.ISO_8859_1));
            }
        }
        return Optional.empty();
    }

    /// SHA-256 of a page, in hexadecimal.
    public static String hash(String html) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(html.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
