package dev.acme53.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.IssuerRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which namespace, and whether the controller's own credentials may serve (route53.md R15, R19).
class IssuerScopeTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "T1 a ClusterIssuer by default,           ClusterIssuer, false, true,  cm,   true",
        "T2 an Issuer by default,                 Issuer,        false, true,  team, false",
        "T3 an Issuer where allowed,              Issuer,        true,  true,  team, true",
        "T4 a ClusterIssuer where not allowed,    ClusterIssuer, false, false, cm,   false",
        "T5 no kind is an Issuer,                 ,              false, true,  team, false",
        "T5 no kind is an Issuer where allowed,   ,              true,  false, team, true",
        "T6 a kind of somebody else,              Foo,           true,  true,  team, false",
        "T9 Secrets of a ClusterIssuer,           ClusterIssuer, true,  true,  cm,   true",
    })
    void kindAndFlagsDecide(
            String name, @Nullable String kind, boolean issuer, boolean cluster, String namespace, boolean allowed) {
        var scope = IssuerScope.of(new IssuerRef("le", kind, ""), "team", "cm", new AmbientRights(issuer, cluster));
        assertThat(scope.resourceNamespace()).as(name).isEqualTo(namespace);
        assertThat(scope.ambientAllowed()).as(name).isEqualTo(allowed);
    }
}
