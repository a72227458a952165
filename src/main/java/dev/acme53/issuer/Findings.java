package dev.acme53.issuer;

import dev.acme53.account.AccountKey;
import dev.acme53.acme.Eab;
import java.util.Optional;

/// What an issuer's Secrets hold now, all read from the one namespace it may read.
///
/// @param solverProblem what is wrong with the first solver Secret that is not as it must be, by field and
/// Secret
record Findings(AccountKey key, Binding binding, Optional<String> solverProblem) {
    /// The external account binding.
    sealed interface Binding {
        /// None is asked for.
        record None() implements Binding {}

        record Usable(Eab eab) implements Binding {}

        /// Asked for, and not usable; only a change of the Secret or the issuer helps.
        record Wrong(String text) implements Binding {}
    }
}
