package dev.acme53;

import dev.acme53.operator.ControllerCommand;

/// The command line: the controller by default, tools as subcommands.
public final class Acme53 {
    private Acme53() {}

    /// Runs the controller or one of the tools; the exit code is 0, or 1 after a failure.
    public static void main(String[] args) {
        System.exit(ControllerCommand.commandLine().execute(args));
    }
}
