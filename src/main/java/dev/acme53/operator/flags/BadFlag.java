package dev.acme53.operator.flags;

/// A flag, or a field of the configuration file, that cannot be used. The message is one line that names it and
/// its value and says what would do.
public final class BadFlag extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// Refuses one value.
    /// @param place the flag with its dashes, or the file and the field
    public BadFlag(String place, String value, String reason) {
        super(place + "=" + printable(value) + ": " + reason);
    }

    /// One line, whatever was typed.
    private static String printable(String value) {
        var line = value.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= 200 ? line : line.substring(0, 200) + "…";
    }
}
