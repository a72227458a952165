package dev.acme53.operator;

import dev.acme53.operator.flags.BadFlag;
import dev.acme53.operator.flags.FlagOptions;
import dev.acme53.operator.logging.Logs;
import dev.acme53.operator.network.BadVariable;
import dev.acme53.tools.IamPolicyCommand;
import dev.acme53.tools.WhoamiCommand;
import dev.acme53.tools.takeover.TakeoverCommand;
import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command that runs the controller: `acme53 FLAGS`. It ends with 1 and one line on stderr when a flag cannot be
/// used.
public final class ControllerCommand {
    private ControllerCommand() {}

    /// The command line, ready to execute: the controller, with the tools as subcommands.
    public static CommandLine commandLine() {
        return commandLine(System.getenv());
    }

    static CommandLine commandLine(Map<String, String> environment) {
        var spec = CommandSpec.create()
                .name("acme53")
                .version("acme53 " + Version.own() + " (API of cert-manager " + Version.API + ")")
                .mixinStandardHelpOptions(true);
        spec.usageMessage()
                .description(
                        "Serves cert-manager's API for ACME certificates that are proven by DNS01 in Amazon Route 53.")
                .abbreviateSynopsis(true)
                .width(120)
                .longOptionsMaxWidth(60)
                .sortOptions(false);
        FlagOptions.addTo(spec);
        var outside = new ToolsOutside(environment);
        return new CommandLine(spec)
                .addSubcommand(new IamPolicyCommand(outside))
                .addSubcommand(new WhoamiCommand(outside))
                .addSubcommand(new TakeoverCommand(outside, InstantSource.system()))
                .setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setOverwrittenOptionsAllowed(true)
                .setParameterExceptionHandler((wrong, _) -> refuse(wrong.getCommandLine(), sentence(wrong)))
                .setExecutionStrategy(typed -> execute(typed, environment));
    }

    private static int execute(ParseResult typed, Map<String, String> environment) {
        var help = CommandLine.executeHelpRequest(typed);
        if (help != null) {
            return help;
        }
        if (typed.hasSubcommand()) {
            Logs.setUp(0, false);
            return new CommandLine.RunLast().execute(typed);
        }
        try {
            return new ControllerRun(FlagOptions.settings(typed), environment).run();
        } catch (BadFlag | BadVariable | ControllerRun.CannotStart e) {
            return refuse(typed.commandSpec().commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private static int refuse(CommandLine command, String sentence) {
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + sentence);
        command.getErr().flush();
        return 1;
    }

    private static String sentence(ParameterException wrong) {
        return switch (wrong) {
            case UnmatchedArgumentException unknown -> {
                var first = unknown.getUnmatched().getFirst();
                yield first.startsWith("-") ? "unknown flag: " + first : "unexpected argument: " + first;
            }
            case MissingParameterException missing ->
                missing.getMissing().getFirst() instanceof CommandLine.Model.OptionSpec option
                        ? option.longestName() + ": needs a value"
                        : String.valueOf(missing.getMessage());
            default -> String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
        };
    }
}
