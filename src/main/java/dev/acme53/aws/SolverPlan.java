package dev.acme53.aws;

import dev.acme53.api.KubernetesAuth;
import dev.acme53.api.Route53Auth;
import dev.acme53.api.Route53Solver;
import dev.acme53.api.ServiceAccountRef;
import java.util.List;
import java.util.Optional;

/// Whose credentials a solver's settings ask for (route53.md §1.9), decided before anybody is asked for them.
///
/// The order of the refusals is that of §2.7, except that no token is made for a ServiceAccount before the settings
/// are known to have a use for it.
sealed interface SolverPlan {
    /// None.
    record Refused(String message) implements SolverPlan {}

    /// The solver's own access keys.
    /// @param role empty for none
    record OwnKeys(SolverKeys.Keys.Found keys, String role) implements SolverPlan {}

    /// A ServiceAccount of the issuer's resource namespace.
    record WebIdentity(String account, List<String> audiences, String role) implements SolverPlan {}

    /// The controller's own credentials.
    /// @param role empty for none
    record Ambient(String role) implements SolverPlan {}

    static SolverPlan of(Route53Solver solver, IssuerScope scope, SolverKeys.Keys.Found keys) {
        var account =
                Optional.ofNullable(solver.auth()).map(Route53Auth::kubernetes).map(KubernetesAuth::serviceAccountRef);
        var role = solver.role().strip();
        if (account.filter(ref -> ref.name().isBlank()).isPresent()) {
            return new Refused(Refusals.NO_SERVICE_ACCOUNT);
        }
        if (account.isPresent() && role.isEmpty()) {
            return new Refused(Refusals.ROLE_MISSING);
        }
        if (account.isEmpty() && keys.isNone() && !scope.ambientAllowed()) {
            return new Refused(Refusals.NO_CREDENTIALS);
        }
        if (keys.isHalf()) {
            return new Refused(Refusals.HALF_OF_THE_KEYS);
        }
        return account.map(ref -> webIdentity(ref, role))
                .orElseGet(() -> keys.isNone() ? new Ambient(role) : new OwnKeys(keys, role));
    }

    private static SolverPlan webIdentity(ServiceAccountRef ref, String role) {
        return new WebIdentity(ref.name().strip(), ServiceAccountTokens.audiences(ref.audiences()), role);
    }
}
