package dev.acme53.servers;

/// Something a person has to install first; the message is the one line that says what and how.
public final class MissingPrerequisite extends RuntimeException {
    MissingPrerequisite(String message) {
        super(message, null, false, false);
    }
}
