package dev.acme53.it.secrets;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Looks for secrets in texts: those it was told of, as they are, URL-encoded and in base64 wherever they stand in
/// what was encoded; and whatever has the shape of one.
public final class SecretSearch {
    private static final int LEAST = 8;
    private static final Pattern SHAPES = Pattern.compile("Authorization\"?[:=]"
            + "|AWS4-HMAC-SHA256"
            + "|\\bBearer [A-Za-z0-9]"
            + "|(?i:X-Amz-Security-Token)"
            + "|-----BEGIN [A-Z ]*PRIVATE KEY"
            + "|\\beyJ[\\w-]{8,}\\.[\\w-]{8,}"
            + "|\"signature\\\\?\"\\s*:");

    /// By the form that is looked for, the name of what it is.
    private final Map<String, String> forms = new LinkedHashMap<>();

    /// @param name for the message; not a secret
    public void add(String name, String secret) {
        if (secret.length() < LEAST) {
            throw new IllegalArgumentException(name + " is too short to be told from other text");
        }
        forms.put(secret, name);
        forms.put(URLEncoder.encode(secret, StandardCharsets.UTF_8), name + ", URL-encoded");
        var octets = secret.getBytes(StandardCharsets.UTF_8);
        for (var before = 0; before < 3; before++) {
            forms.put(inBase64(Base64.getEncoder(), octets, before), name + ", in base64");
            forms.put(inBase64(Base64.getUrlEncoder(), octets, before), name + ", in base64url");
        }
    }

    /// The characters that `octets` alone decide when `before` others precede them.
    private static String inBase64(Base64.Encoder encoder, byte[] octets, int before) {
        var shifted = new byte[before + octets.length];
        System.arraycopy(octets, 0, shifted, before, octets.length);
        var text = encoder.withoutPadding().encodeToString(shifted);
        var from = before == 0 ? 0 : before + 1;
        return text.substring(from, shifted.length * 8 / 6);
    }

    /// How many texts are looked for.
    int size() {
        return forms.size();
    }

    /// What was found, each with its line, in which it is not shown again.
    public List<String> in(String place, String text) {
        var found = new ArrayList<String>();
        forms.forEach((form, name) -> {
            var at = text.indexOf(form);
            if (at >= 0) {
                found.add(place + " holds " + name + ": " + line(text, at).replace(form, "…"));
            }
        });
        var shapes = SHAPES.matcher(text);
        while (shapes.find()) {
            found.add(place + " holds what looks like a secret: " + line(text, shapes.start()));
        }
        return found;
    }

    private static String line(String text, int at) {
        var end = text.indexOf('\n', at);
        var line = text.substring(text.lastIndexOf('\n', at) + 1, end < 0 ? text.length() : end);
        return line.substring(0, Math.min(line.length(), 400));
    }
}
