package dev.acme53.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.KubernetesAuth;
import dev.acme53.api.Route53Auth;
import dev.acme53.api.Route53Solver;
import dev.acme53.api.ServiceAccountRef;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The matrix of route53.md §1.9: whose credentials, and which role on top.
class SolverPlanTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/dns";
    private static final String E =
            "error instantiating route53 challenge solver: unable to construct route53 provider: ";

    @ParameterizedTest(name = "keys {0}, ServiceAccount {1}, role {2}, ambient {3}: {4}")
    @CsvSource({
        "both,   no,  no,  no,  OwnKeys",
        "both,   no,  yes, no,  OwnKeys+role",
        "both,   no,  no,  yes, OwnKeys",
        "none,   no,  no,  yes, Ambient",
        "none,   no,  yes, yes, Ambient+role",
        "none,   yes, yes, no,  WebIdentity",
        "none,   yes, yes, yes, WebIdentity",
        "both,   yes, yes, no,  WebIdentity",
        "none,   yes, no,  yes, E1",
        "both,   yes, no,  yes, E1",
        "id,     yes, no,  yes, E1",
        "id,     yes, yes, yes, E3",
        "secret, yes, yes, no,  E3",
        "none,   no,  no,  no,  E2",
        "none,   no,  yes, no,  E2",
        "id,     no,  no,  yes, E3",
        "secret, no,  no,  yes, E3",
        "id,     no,  yes, no,  E3",
    })
    void theRowOfTheMatrixDecides(String keys, String account, String role, String ambient, String expected) {
        var plan = SolverPlan.of(
                solver(account.equals("yes") ? ref("sa1", List.of()) : null, role.equals("yes") ? ROLE : ""),
                new IssuerScope("ClusterIssuer", "cm", ambient.equals("yes")),
                new SolverKeys.Keys.Found(
                        keys.equals("both") || keys.equals("id") ? "AKIA" : "",
                        keys.equals("both") || keys.equals("secret") ? "s" : "",
                        "v"));
        assertThat(shown(plan)).isEqualTo(expected);
    }

    private static String shown(SolverPlan plan) {
        return switch (plan) {
            case SolverPlan.OwnKeys own -> "OwnKeys" + (own.role().isEmpty() ? "" : "+role");
            case SolverPlan.Ambient ambient -> "Ambient" + (ambient.role().isEmpty() ? "" : "+role");
            case SolverPlan.WebIdentity web -> {
                assertThat(web.role()).isEqualTo(ROLE);
                yield "WebIdentity";
            }
            case SolverPlan.Refused(String message) ->
                Map.of(
                                E + "role must be set when web identity token is set", "E1",
                                E + "empty credentials; perhaps you meant to enable ambient credentials?", "E2",
                                E + "only one of access and secret key was provided", "E3")
                        .getOrDefault(message, message);
        };
    }

    @Test
    void theDefaultAudienceIsReplacedAndNotAddedTo() {
        assertThat(audiences(List.of())).containsExactly("sts.amazonaws.com");
        assertThat(audiences(List.of("x", "y"))).containsExactly("x", "y");
    }

    private static List<String> audiences(List<String> named) {
        var plan = SolverPlan.of(
                solver(ref("sa1", named), ROLE),
                new IssuerScope("Issuer", "a", false),
                new SolverKeys.Keys.Found("", "", "none"));
        return ((SolverPlan.WebIdentity) plan).audiences();
    }

    @Test
    void noTextOfAPlanHoldsTheKeys() {
        var plan = SolverPlan.of(
                solver(null, ""),
                new IssuerScope("Issuer", "a", false),
                new SolverKeys.Keys.Found("AKIAFULL", "s3cr3t", "v"));
        assertThat(plan.toString()).doesNotContain("s3cr3t", "AKIAFULL");
    }

    private static Route53Auth ref(String name, List<String> audiences) {
        return new Route53Auth(new KubernetesAuth(new ServiceAccountRef(name, audiences)));
    }

    private static Route53Solver solver(@Nullable Route53Auth auth, String role) {
        return new Route53Solver(auth, "", null, null, role, "", "", Map.of());
    }
}
