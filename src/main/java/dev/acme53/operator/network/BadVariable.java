package dev.acme53.operator.network;

/// A variable of the environment that cannot be used. The message is one line that names it; it never repeats a
/// proxy's URL, which may hold a password.
public final class BadVariable extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadVariable(String variable, String what) {
        super(variable + ": " + what);
    }
}
