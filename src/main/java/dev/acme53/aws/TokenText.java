package dev.acme53.aws;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// What a token file holds. The line end that tools leave behind is no part of a token.
sealed interface TokenText {
    record Text(String text) implements TokenText {
        /// Without the token.
        @Override
        public String toString() {
            return "Text";
        }
    }

    /// No token.
    ///
    /// @param what `missing`, `not readable …` or `empty`
    record Missing(String what) implements TokenText {}

    static TokenText in(Path file) {
        try {
            var text = Files.readString(file, StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? new Missing("empty") : new Text(text);
        } catch (NoSuchFileException _) {
            return new Missing("missing");
        } catch (AccessDeniedException _) {
            return new Missing(
                    "not readable: permission denied; set fsGroup, or runAsUser, in the Pod's securityContext");
        } catch (IOException _) {
            return new Missing("not readable");
        }
    }

    /// Whether `token` may go into a header as it is.
    static boolean isHeader(String token) {
        return token.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    }
}
