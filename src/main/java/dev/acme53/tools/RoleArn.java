package dev.acme53.tools;

import java.util.Optional;
import java.util.regex.Pattern;

/// The ARN of an IAM role or user.
record RoleArn(String text, String partition, String account) {
    private static final Pattern ROLE = Pattern.compile("arn:(aws[a-z-]*):iam::([0-9]{12}):role/[\\w+=,.@/-]{1,512}");
    private static final Pattern PRINCIPAL =
            Pattern.compile("arn:(aws[a-z-]*):iam::([0-9]{12}):(?:role|user)/[\\w+=,.@/-]{1,512}");

    /// A role's.
    static Optional<RoleArn> parse(String text) {
        return parse(ROLE, text);
    }

    /// A role's or a user's.
    static Optional<RoleArn> parsePrincipal(String text) {
        return parse(PRINCIPAL, text);
    }

    private static Optional<RoleArn> parse(Pattern form, String text) {
        var parts = form.matcher(text.strip());
        return parts.matches()
                ? Optional.of(new RoleArn(parts.group(), parts.group(1), parts.group(2)))
                : Optional.empty();
    }

    /// The ARN that stands for everybody in its account.
    String everybody() {
        return "arn:" + partition + ":iam::" + account + ":root";
    }

    @Override
    public String toString() {
        return text;
    }
}
