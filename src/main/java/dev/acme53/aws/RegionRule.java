package dev.acme53.aws;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/// Which region a solver works in (route53.md R28–R31, §3.5): never the instance metadata's.
final class RegionRule {
    static final String REGION = "AWS_REGION";
    static final String DEFAULT_REGION = "AWS_DEFAULT_REGION";
    static final String FIELD = "dns01.route53.region";
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,63}");

    private final Map<String, String> environment;
    private final Supplier<Optional<String>> profile;

    /// @param environment the process's variables; an empty one counts as unset
    /// @param profile the region of the selected profile of the shared configuration file
    RegionRule(Map<String, String> environment, Supplier<Optional<String>> profile) {
        this.environment = environment;
        this.profile = profile;
    }

    /// The region for a solver whose field says `field`.
    ///
    /// With the controller's own credentials the environment wins over the field, with others the field wins.
    Outcome region(boolean ambientInUse, String field) {
        var own = new Given(field.strip(), FIELD);
        var variables = variables();
        var first = ambientInUse ? variables : own;
        var second = ambientInUse ? own : variables;
        if (first.isSet()) {
            return first.named();
        }
        return second.isSet() ? second.named() : ofProfile();
    }

    private Outcome ofProfile() {
        try {
            return new Given(profile.get().orElse("").strip(), "region of the shared files' profile").named();
        } catch (MalformedSetting e) {
            return new Outcome.Unreadable(e.words);
        }
    }

    private Given variables() {
        var region = variable(REGION);
        return region.isSet() ? region : variable(DEFAULT_REGION);
    }

    private Given variable(String name) {
        return new Given(environment.getOrDefault(name, "").strip(), name);
    }

    /// Whether the field is passed over, which is worth one line in the log.
    boolean ignores(boolean ambientInUse, String field) {
        return ambientInUse && variables().isSet() && !field.isBlank();
    }

    private record Given(String name, String from) {
        boolean isSet() {
            return !name.isEmpty();
        }

        Outcome named() {
            if (name.isEmpty()) {
                return new Outcome.None();
            }
            return isRegion() ? new Outcome.Chosen(name, from) : new Outcome.Malformed(from);
        }

        /// By the pattern of the partition that it would be in: any other text becomes a part of the hosts that keys
        /// and tokens are sent to, and `sts.s3.amazonaws.com` is a bucket of somebody's.
        private boolean isRegion() {
            return NAME.matcher(name).matches()
                    && (name.equals(Region.AWS_GLOBAL.id())
                            || Pattern.matches(
                                    PartitionMetadata.of(Region.of(name)).regionRegex(), name));
        }
    }

    sealed interface Outcome {
        /// One.
        ///
        /// @param from where it was found, as a person would look for it
        record Chosen(String region, String from) implements Outcome {}

        record None() implements Outcome {}

        /// The shared files may name one, and cannot be read.
        ///
        /// @param message which file, and what is wrong with it
        record Unreadable(String message) implements Outcome {}

        /// Not the name of a region; its text is not repeated, since anyone may have written it.
        ///
        /// @param from where it was found
        record Malformed(String from) implements Outcome {}
    }
}
