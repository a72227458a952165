package dev.acme53.tools.takeover;

import dev.acme53.api.AnyIssuer;
import dev.acme53.api.KubernetesAuth;
import dev.acme53.api.Route53Auth;
import dev.acme53.api.Route53Solver;
import dev.acme53.api.Solver;
import dev.acme53.tools.ServiceAccount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whom AWS roles and bindings trust by the name of cert-manager's ServiceAccount.
final class Accounts {
    private final Picture picture;
    private final Intent intent;

    Accounts(Picture picture, Intent intent) {
        this.picture = picture;
        this.intent = intent;
    }

    Stream<Finding> verdicts() {
        return Stream.of(roles(), bindings(), issuers()).flatMap(findings -> findings);
    }

    private Set<ServiceAccount> peers() {
        return picture.peers().stream().map(Picture.Program::account).collect(Collectors.toSet());
    }

    private Stream<Finding> roles() {
        return picture.roles().entrySet().stream()
                .filter(role -> peers().contains(role.getKey()))
                .map(this::role);
    }

    private Finding role(Map.Entry<ServiceAccount, String> annotated) {
        var account = annotated.getKey();
        return account.equals(intent.account())
                ? Finding.toDo(
                        "ServiceAccount",
                        account.namespace(),
                        account.name(),
                        "its annotation eks.amazonaws.com/role-arn goes with cert-manager's release",
                        "give acme53's chart serviceAccount.annotations with " + annotated.getValue())
                : Finding.toDo(
                        "ServiceAccount",
                        account.namespace(),
                        account.name(),
                        "role " + annotated.getValue() + " trusts " + account.subject() + ", and acme53 will be "
                                + intent.account().subject(),
                        "keep namespace and name, or change the role's trust policy (acme53 iam-policy prints it)");
    }

    private Stream<Finding> bindings() {
        return picture.grants().stream()
                .filter(grant -> peers().stream().anyMatch(grant::isFor) && !grant.isFor(intent.account()))
                .map(grant -> Finding.toDo(
                        grant.kind(),
                        grant.namespace(),
                        grant.name(),
                        "lets cert-manager ask for tokens of " + named(grant.accounts()) + ", and not "
                                + intent.account(),
                        "add ServiceAccount " + intent.account() + " to its subjects"));
    }

    private static String named(List<String> accounts) {
        return accounts.isEmpty() ? "every ServiceAccount" : String.join(", ", accounts);
    }

    private Stream<Finding> issuers() {
        return picture.issuers().stream()
                .flatMap(issuer -> asked(issuer)
                        .filter(asked -> picture.grants().stream()
                                .noneMatch(grant -> grant.isFor(intent.account()) && grant.covers(asked)))
                        .filter(asked -> picture.grants().stream()
                                .noneMatch(grant -> peers().stream().anyMatch(grant::isFor) && grant.covers(asked)))
                        .map(asked -> Finding.toDo(
                                issuer,
                                "no binding lets " + intent.account() + " ask for tokens of ServiceAccount " + asked,
                                "a Role with create on serviceaccounts/token of that name, bound to "
                                        + intent.account())));
    }

    /// The ServiceAccounts that an issuer's solvers name.
    private Stream<ServiceAccount> asked(AnyIssuer issuer) {
        var namespace = issuer.resourceNamespace(intent.clusterResourceNamespace());
        return Issuers.acme(issuer).stream()
                .flatMap(acme -> acme.solvers().stream())
                .map(Solver::route53)
                .flatMap(Optional::stream)
                .map(Route53Solver::auth)
                .flatMap(Stream::ofNullable)
                .map(Route53Auth::kubernetes)
                .flatMap(Stream::ofNullable)
                .map(KubernetesAuth::serviceAccountRef)
                .flatMap(Stream::ofNullable)
                .map(ref -> new ServiceAccount(namespace, ref.name()))
                .distinct();
    }
}
