package dev.acme53.operator.flags;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// Settings as a command line makes them.
final class Typed {
    private Typed() {}

    static Settings settings(String... arguments) {
        var spec = CommandSpec.create();
        FlagOptions.addTo(spec);
        return FlagOptions.settings(
                new CommandLine(spec).setOverwrittenOptionsAllowed(true).parseArgs(arguments));
    }
}
