package dev.acme53.operator.flags;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The values of the flags: defaults, replaced by the configuration file's, replaced by the command line's;
/// lists and maps of the command line are added to the file's instead (behaviour.md §6.1).
final class FlagValues {
    private final Map<String, Given> given = new HashMap<>();

    /// Where a value was given and what.
    private record Given(String place, List<String> items) {}

    /// Takes the values of the configuration file; to be called before [#giveOnCommandLine].
    /// @param place the file and the field, for error messages
    void giveInFile(Flag<?> flag, String place, List<String> items) {
        if (!items.isEmpty() && !items.equals(List.of(""))) {
            given.put(flag.name(), new Given(place, items));
        }
    }

    /// Takes what was typed, every occurrence of the flag.
    void giveOnCommandLine(Flag<?> flag, List<String> typed) {
        var items = new ArrayList<String>();
        var before = given.get(flag.name());
        if (before != null && flag.type().shape().hasItems()) {
            items.addAll(before.items);
        }
        typed.forEach(text -> items.addAll(flag.items(text)));
        given.put(flag.name(), new Given(flag.dashed(), List.copyOf(items)));
    }

    /// Whether the flag, or its field of the file, was given.
    boolean isGiven(Flag<?> flag) {
        return given.containsKey(flag.name());
    }

    /// The value.
    /// @throws BadFlag when what was given is no value of the flag's type
    <T> T get(Flag<T> flag) {
        var known = given.get(flag.name());
        var items = known == null ? flag.items(flag.standard()) : known.items;
        try {
            return flag.type().parser().apply(items);
        } catch (ValueType.Refused e) {
            throw new BadFlag(place(flag), e.text(), String.valueOf(e.getMessage()));
        }
    }

    /// A refusal of a value that is wrong only together with others.
    BadFlag refused(Flag<?> flag, String reason) {
        var known = given.get(flag.name());
        return new BadFlag(place(flag), known == null ? flag.standard() : String.join(",", known.items), reason);
    }

    /// Refuses the first flag whose value has a wrong form.
    void checkAll() {
        Flags.ALL.forEach(this::get);
    }

    String place(Flag<?> flag) {
        var known = given.get(flag.name());
        return known == null ? flag.dashed() : known.place;
    }
}
