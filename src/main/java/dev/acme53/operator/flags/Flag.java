package dev.acme53.operator.flags;

import java.util.List;

/// One flag.
///
/// @param name without dashes
/// @param field its path in the configuration file; empty when it has none
/// @param standard the default as it would be typed; for lists and maps items separated by commas
/// @param meaning one line
/// @param noEffect why the flag is accepted but changes nothing here; empty when it does
/// @param hidden kept out of `--help`
record Flag<T>(
        String name,
        String field,
        ValueType<T> type,
        String standard,
        String meaning,
        String noEffect,
        boolean hidden) {

    static <T> Flag<T> served(String name, String field, ValueType<T> type, String standard, String meaning) {
        return new Flag<>(name, field, type, standard, meaning, "", false);
    }

    static <T> Flag<T> idle(String name, String field, ValueType<T> type, String standard, String why) {
        return new Flag<>(name, field, type, standard, "", why, false);
    }

    Flag<T> hide() {
        return new Flag<>(name, field, type, standard, meaning, noEffect, true);
    }

    boolean hasEffect() {
        return noEffect.isEmpty();
    }

    /// The flag as typed.
    String dashed() {
        return "--" + name;
    }

    /// The items of what was typed once.
    List<String> items(String typed) {
        if (!type.shape().hasItems()) {
            return List.of(typed);
        }
        return typed.isEmpty() ? List.of() : List.of(typed.split(",", -1));
    }
}
