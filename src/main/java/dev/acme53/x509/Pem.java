package dev.acme53.x509;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.util.io.pem.PemReader;

/// Textual encoding of PKIX structures, RFC 7468.
final class Pem {
    static final String CERTIFICATE = "CERTIFICATE";
    static final String CERTIFICATE_REQUEST = "CERTIFICATE REQUEST";
    static final String PKCS8 = "PRIVATE KEY";
    static final String PKCS1 = "RSA PRIVATE KEY";
    static final String SEC1 = "EC PRIVATE KEY";

    private Pem() {}

    /// The blocks of a text in their order, text around them left out.
    /// @throws Malformed with a reason that quotes nothing of the text
    static List<Block> blocks(byte[] text, int limit) throws Malformed {
        if (text.length > limit) {
            throw new Malformed("PEM text of " + text.length + " octets is longer than the limit of " + limit);
        }
        var blocks = new ArrayList<Block>();
        try (var reader =
                new PemReader(new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.ISO_8859_1))) {
            for (var object = reader.readPemObject(); object != null; object = reader.readPemObject()) {
                if (!object.getHeaders().isEmpty()) {
                    throw new Malformed("PEM block with headers (an encrypted key?) is not supported");
                }
                blocks.add(new Block(object.getType(), Der.of(object.getContent())));
            }
        } catch (IOException | RuntimeException _) {
            // the library's message may quote the text, which may be a key
            throw new Malformed("not valid PEM");
        }
        if (blocks.isEmpty()) {
            throw new Malformed("no PEM block found");
        }
        return List.copyOf(blocks);
    }

    /// One block with lines of 64 characters and a line feed at the end.
    static String encode(String type, byte[] der) {
        var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
    }

    /// @param type the words after `BEGIN`
    record Block(String type, Der der) {}

    /// Text or DER that cannot be read. The message is for users and quotes no content.
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String reason) {
            super(reason);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }
}
