package dev.acme53.x509;

/// A wish that cannot be put into a request or certificate. The message is for users.
final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
