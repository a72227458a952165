package dev.acme53.tools.takeover;

import dev.acme53.api.AnyIssuer;
import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.Challenge;
import dev.acme53.api.Order;
import dev.acme53.tools.ServiceAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Stream;

/// What was found in a cluster.
///
/// @param requests those that are neither issued nor refused
/// @param orders those that are under way
/// @param challenges those that are under way, or still hold a finalizer
/// @param finished how many objects of a kind need nobody any more
/// @param shimmed Ingresses and Gateways that ask for Certificates by annotation
/// @param roles the AWS roles of ServiceAccounts, by their annotation
/// @param lacking what could not be read, each with its reason
record Picture(
        List<AnyIssuer> issuers,
        List<Certificate> certificates,
        List<CertificateRequest> requests,
        List<Order> orders,
        List<Challenge> challenges,
        SortedMap<String, Integer> finished,
        List<Shimmed> shimmed,
        List<Definition> definitions,
        List<Hook> hooks,
        List<HeldLease> leases,
        List<Program> programs,
        List<TokenGrant> grants,
        Map<ServiceAccount, String> roles,
        SortedSet<String> lacking) {

    /// An object that names an issuer in its annotations.
    record Shimmed(String kind, String namespace, String name) {}

    /// A CustomResourceDefinition of the six.
    ///
    /// @param isThere whether the cluster has it at all
    /// @param release `namespace/name` of the Helm release that owns it
    /// @param isKept whether the release's manifest says `helm.sh/resource-policy: keep`
    /// @param isOurs whether it holds acme53's rules
    /// @param isConverted whether a webhook converts between its versions
    /// @param oldVersions versions other than `v1` that objects may be stored in
    record Definition(
            String name,
            boolean isThere,
            Optional<String> release,
            boolean isKept,
            boolean isOurs,
            boolean isConverted,
            List<String> oldVersions) {}

    /// A webhook configuration, or another object that has a CA.
    ///
    /// @param asksAboutOurKinds whether it is asked when objects of the six kinds are written
    /// @param fails whether a write fails when it does not answer
    /// @param service `namespace/name` of who answers
    /// @param isAnswered whether that Service is there
    /// @param isInjected whether the peer's cainjector fills in its CA
    record Hook(
            String kind,
            String name,
            boolean asksAboutOurKinds,
            boolean fails,
            Optional<String> service,
            boolean isAnswered,
            boolean isInjected) {}

    /// A Lease by which controllers of either product exclude each other.
    record HeldLease(String namespace, String name, String holder, Optional<Instant> renewed, Duration duration) {
        /// Whether somebody acts under it.
        boolean isHeld(Instant now) {
            return !holder.isEmpty()
                    && renewed.filter(then -> then.plus(duration).isAfter(now)).isPresent();
        }
    }

    /// A Deployment of one of the two controllers.
    ///
    /// @param isPeer whether it is cert-manager's
    /// @param arguments as its container gets them
    record Program(
            String namespace,
            String name,
            boolean isPeer,
            int replicas,
            ServiceAccount account,
            List<String> arguments) {
        /// The last value of a flag.
        Optional<String> flag(String name) {
            return arguments.stream()
                    .filter(argument -> argument.startsWith(name + "="))
                    .map(argument -> argument.substring(name.length() + 1).replace("$(POD_NAMESPACE)", namespace))
                    .reduce((_, last) -> last);
        }

        /// Whether `--controllers`, given any number of times, leave it the Challenges.
        boolean provesChallenges() {
            var names = arguments.stream()
                    .filter(argument -> argument.startsWith("--controllers="))
                    .flatMap(argument -> Stream.of(
                            argument.substring(argument.indexOf('=') + 1).split(",")))
                    .toList();
            var named = names.stream().filter(name -> !name.startsWith("-")).toList();
            return !names.contains("-challenges")
                    && (named.isEmpty() || named.contains("*") || named.contains("challenges"));
        }

        /// Whether it is an acme53 beside a cert-manager, as the chart and `deploy/` start it.
        boolean isBeside() {
            return !isPeer && arguments.contains("--controllers=challenges");
        }
    }

    /// A binding that lets somebody ask for tokens of ServiceAccounts.
    ///
    /// @param namespace where; empty: everywhere
    /// @param accounts of which; empty: of all
    /// @param subjects user names, and groups, of who may
    record TokenGrant(String kind, String namespace, String name, List<String> accounts, Set<String> subjects) {
        boolean isFor(ServiceAccount account) {
            return subjects.contains(account.subject())
                    || subjects.contains("system:serviceaccounts")
                    || subjects.contains("system:serviceaccounts:" + account.namespace());
        }

        boolean covers(ServiceAccount asked) {
            return (namespace.isEmpty() || namespace.equals(asked.namespace()))
                    && (accounts.isEmpty() || accounts.contains(asked.name()));
        }
    }

    /// cert-manager's controllers.
    List<Program> peers() {
        return programs.stream().filter(Program::isPeer).toList();
    }
}
