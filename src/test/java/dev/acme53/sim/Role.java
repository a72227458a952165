package dev.acme53.sim;

import java.util.List;
import java.util.Set;

/// A role that sessions may take.
///
/// @param arn `arn:aws:iam::ACCOUNT:role/NAME`
/// @param policy what its sessions may do
/// @param trusts who may take it
public record Role(String arn, IamPolicy policy, List<Trust> trusts) {
    public Role {
        if (!arn.matches("arn:aws[a-z-]*:iam::[0-9]{12}:role/.+")) {
            throw new IllegalArgumentException(arn);
        }
        trusts = List.copyOf(trusts);
    }

    String account() {
        return arn.split(":")[4];
    }

    String name() {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    /// One statement of a trust policy.
    public sealed interface Trust {
        /// `sts:AssumeRole` for a user or role by its ARN, or for everybody in an account whose own policy
        /// allows it (`arn:aws:iam::ACCOUNT:root`).
        record Principal(String arn) implements Trust {}

        /// `sts:AssumeRoleWithWebIdentity` for tokens of one provider.
        ///
        /// @param issuer the token's `iss`
        /// @param subjects accepted `sub`s; empty for any
        /// @param audiences accepted `aud`s by a condition; empty for any that the provider accepts
        record WebIdentity(String issuer, Set<String> subjects, Set<String> audiences) implements Trust {}
    }
}
