package dev.acme53.tools;

import dev.acme53.api.AnyIssuer;
import dev.acme53.api.Issuer;
import dev.acme53.api.KubernetesAuth;
import dev.acme53.api.Route53Auth;
import dev.acme53.api.Route53Solver;
import dev.acme53.api.ServiceAccountRef;
import dev.acme53.tools.ClusterPolicies.Surroundings;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What a solver states of its identity and zone, and whether a policy may be made of it.
record StatedSolver(Route53Solver route53) {
    /// Of tokens, where the solver names none.
    static final String AUDIENCE = "sts.amazonaws.com";

    private static final Pattern AUDIENCES = Pattern.compile("[A-Za-z0-9:/._-]{1,255}");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]+");
    private static final Pattern ZONE = Pattern.compile("[A-Z0-9]{0,32}");

    /// Why a solver must not shape a policy: whoever may write issuers would write policies by it.
    Optional<String> fault(AnyIssuer issuer, Surroundings around) {
        var account = reference();
        if (!route53.role().isBlank() && RoleArn.parse(route53.role()).isEmpty()) {
            return Optional.of("role is not the ARN of an IAM role");
        }
        if (account.isPresent() && route53.role().isBlank()) {
            return Optional.of("serviceAccountRef needs a role");
        }
        if (account.isPresent()
                && ServiceAccount.parse("x/" + account.get().name()).isEmpty()) {
            return Optional.of("serviceAccountRef does not name a ServiceAccount");
        }
        if (!audiences().stream().allMatch(AUDIENCES.asMatchPredicate())) {
            return Optional.of("audiences hold characters that mean something to IAM");
        }
        if (!ZONE.matcher(zoneId()).matches()) {
            return Optional.of("hostedZoneID is not the id of a hosted zone");
        }
        return account.isEmpty() && !hasKeys() ? ambientFault(issuer, around) : Optional.empty();
    }

    private static Optional<String> ambientFault(AnyIssuer issuer, Surroundings around) {
        if (issuer instanceof Issuer) {
            return around.issuersAreAmbient()
                    ? Optional.empty()
                    : Optional.of(
                            "an Issuer may not use the controller's own credentials (--issuer-ambient-credentials)");
        }
        return around.clusterIssuersAreAmbient()
                ? Optional.empty()
                : Optional.of("a ClusterIssuer may not use the controller's own credentials"
                        + " (--cluster-issuer-ambient-credentials=false)");
    }

    /// The region, if its text can be one.
    Optional<String> region() {
        return Optional.of(route53.region().strip()).filter(REGION.asMatchPredicate());
    }

    boolean hasKeys() {
        return keysIn().isPresent();
    }

    /// The Secret with the access key.
    Optional<String> keysIn() {
        var secret = route53.secretAccessKeySecretRef();
        return secret != null && secret.isSet() ? Optional.of(secret.name()) : Optional.empty();
    }

    Optional<ServiceAccountRef> reference() {
        return Optional.ofNullable(route53.auth()).map(Route53Auth::kubernetes).map(KubernetesAuth::serviceAccountRef);
    }

    SortedSet<String> audiences() {
        var own = reference().map(ServiceAccountRef::audiences).orElse(List.of());
        return new TreeSet<>(own.isEmpty() ? List.of(AUDIENCE) : own);
    }

    /// Empty when it has to be looked up.
    String zoneId() {
        var id = route53.hostedZoneID().strip();
        return id.substring(id.lastIndexOf('/') + 1);
    }
}
