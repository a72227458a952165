package dev.acme53.certificate;

/// The message of `Issuing=True`: why it is done, and then what holds it up, so that its end is the end of what the
/// holding object says (`name: reason` of a Challenge, say).
final class IssuingMessage {
    /// Stands between the two; what goes before it is never changed, also when a tool wrote it.
    private static final String BETWEEN = "; waiting for ";

    private IssuingMessage() {}

    /// @param message as it is now
    /// @param held what holds the issuance up, empty when nothing is known
    static String with(String message, String held) {
        var at = message.indexOf(BETWEEN);
        var why = at < 0 ? message : message.substring(0, at);
        return held.isEmpty() ? why : why + BETWEEN + held;
    }
}
