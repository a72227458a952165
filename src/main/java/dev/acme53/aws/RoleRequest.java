package dev.acme53.aws;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// A role to be taken with credentials at hand.
///
/// @param arn `arn:aws:iam::ACCOUNT:role/NAME`
/// @param externalId empty for none; only profiles have one
/// @param duration empty leaves it to AWS: an hour; only profiles have one
record RoleRequest(String arn, String sessionName, String externalId, Optional<Duration> duration) {
    /// Of every role that a solver names: the peer's, which trust policies may ask for.
    static final String SESSION_NAME = "cert-manager";

    /// The log's word for a role that is not taken, since the caller is it.
    static final String HELD = "role of the solver is held already: not assumed again";

    /// What STS takes at most.
    private static final int LONGEST = 2048;

    /// The path may hold any printable character of ASCII, the name few.
    private static final Pattern ROLE =
            Pattern.compile("arn:(aws[a-z-]*):iam::([0-9]{12}):role/(?:[!-~]*/)?([\\w+=,.@-]{1,64})");
    private static final Pattern SESSION =
            Pattern.compile("arn:(aws[a-z-]*):sts::([0-9]{12}):assumed-role/([\\w+=,.@-]{1,64})/.*");

    /// A solver's role: no more is sent than its ARN and the peer's session name (route53.md R34).
    static RoleRequest ofSolver(String arn) {
        return new RoleRequest(arn, SESSION_NAME, "", Optional.empty());
    }

    static boolean isRole(String arn) {
        return arn.length() <= LONGEST && ROLE.matcher(arn).matches();
    }

    /// Whether `holder`, a role or a session of one, is this role already. A session does not tell its role's path, but
    /// names of roles are unique within their account without it.
    boolean isHeldBy(String holder) {
        if (holder.equals(arn)) {
            return true;
        }
        var role = ROLE.matcher(arn);
        var session = SESSION.matcher(holder);
        return role.matches()
                && session.matches()
                && role.group(1).equals(session.group(1))
                && role.group(2).equals(session.group(2))
                && role.group(3).equals(session.group(3));
    }
}
