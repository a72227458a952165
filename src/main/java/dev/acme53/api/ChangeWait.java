package dev.acme53.api;

/// How a Challenge's reason reads while its record is on the way to all of Route 53's servers.
public final class ChangeWait {
    private static final String TEXT = "Waiting for Route 53 to confirm change ";

    private ChangeWait() {}

    /// What is said of one change.
    /// @param change the id that Route 53 gave
    public static String of(String change) {
        return TEXT + change;
    }

    /// Whether a message that carries a Challenge's reason ends in this one.
    public static boolean isIn(String message) {
        return message.contains(": " + TEXT);
    }
}
