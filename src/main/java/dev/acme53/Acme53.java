package dev.acme53;

/// The command line.
public final class Acme53 {
    private Acme53() {}

    /// Runs the controller or one of the tools.
    public static void main(String[] args) {
        System.out.println(args.length);
    }
}
