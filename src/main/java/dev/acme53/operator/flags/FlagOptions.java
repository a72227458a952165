package dev.acme53.operator.flags;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// The flags as options of a picocli command: `--flag=value` or `--flag value`, the last of several wins,
/// switches need no value, underscores in old names are taken too.
public final class FlagOptions {
    private FlagOptions() {}

    /// Adds all flags to the command.
    public static void addTo(CommandSpec command) {
        Flags.ALL.forEach(flag -> command.addOption(option(flag)));
    }

    /// What was typed, together with the configuration file that it names.
    /// @throws BadFlag for the first flag, or field of the file, that cannot be used
    public static Settings settings(ParseResult typed) {
        var values = new FlagValues();
        List<String> file = typed.matchedOptionValue(Flags.CONFIG.dashed(), List.of());
        if (!file.isEmpty() && !file.getLast().isEmpty()) {
            ConfigFile.read(file.getLast(), values);
        }
        for (var flag : Flags.ALL) {
            List<String> texts = typed.matchedOptionValue(flag.dashed(), List.of());
            if (!texts.isEmpty()) {
                values.giveOnCommandLine(flag, texts);
            }
        }
        return SettingsReader.read(values);
    }

    private static OptionSpec option(Flag<?> flag) {
        var option = OptionSpec.builder(flag.dashed(), names(flag))
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel(flag.type().placeholder())
                .hideParamSyntax(true)
                .hidden(flag.hidden())
                .description(description(flag));
        return flag.type().shape() == ValueType.Shape.SWITCH
                ? option.arity("0..1").fallbackValue("true").build()
                : option.arity("1").build();
    }

    private static String[] names(Flag<?> flag) {
        if (flag.name().length() == 1) {
            return new String[] {"-" + flag.name()};
        }
        var old = flag.dashed().charAt(0) + "-" + flag.name().replace('-', '_');
        return flag.hidden() && !old.equals(flag.dashed()) ? new String[] {old} : new String[0];
    }

    private static String description(Flag<?> flag) {
        var text = flag.hasEffect() ? flag.meaning() : "accepted, without effect: " + flag.noEffect();
        return (text + (flag.standard().isEmpty() ? "" : " (default " + flag.standard() + ")")).replace("%", "%%");
    }
}
