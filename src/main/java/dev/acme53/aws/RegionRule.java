package dev.acme53.aws;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Which region a solver works in (route53.md R28–R31, §3.5): never the instance metadata's.
final class RegionRule {
    static final String REGION = "AWS_REGION";
    static final String DEFAULT_REGION = "AWS_DEFAULT_REGION";
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,63}");

    private final String environment;
    private final Supplier<Optional<String>> profile;

    /// @param environment the process's variables; an empty one counts as unset
    /// @param profile the region of the selected profile of the shared configuration file
    RegionRule(Map<String, String> environment, Supplier<Optional<String>> profile) {
        var first = environment.getOrDefault(REGION, "").strip();
        this.environment =
                first.isEmpty() ? environment.getOrDefault(DEFAULT_REGION, "").strip() : first;
        this.profile = profile;
    }

    /// The region for a solver whose field says `field`.
    ///
    /// With the controller's own credentials the environment wins over the field, with others the field wins.
    Outcome region(boolean ambientInUse, String field) {
        var own = field.strip();
        var chosen = ambientInUse && !environment.isEmpty() ? environment : own.isEmpty() ? environment : own;
        return named(chosen.isEmpty() ? profile.get().orElse("").strip() : chosen);
    }

    /// Whether the field is passed over, which is worth one line in the log.
    boolean ignores(boolean ambientInUse, String field) {
        return ambientInUse
                && !environment.isEmpty()
                && !field.isBlank()
                && !field.strip().equals(environment);
    }

    private static Outcome named(String name) {
        if (name.isEmpty()) {
            return new Outcome.None();
        }
        return NAME.matcher(name).matches() ? new Outcome.Chosen(name) : new Outcome.Malformed();
    }

    sealed interface Outcome {
        record Chosen(String region) implements Outcome {}

        record None() implements Outcome {}

        /// Not the form of a region's name; its text is not repeated, since anyone may have written it.
        record Malformed() implements Outcome {}
    }
}
