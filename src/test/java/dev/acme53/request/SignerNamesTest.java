package dev.acme53.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.IssuerRef;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The request is in the namespace `team`.
class SignerNamesTest {
    @ParameterizedTest
    @CsvSource({
        "issuers.cert-manager.io/*,                '',            '',              true",
        "issuers.cert-manager.io/*,                Issuer,        cert-manager.io, true",
        "issuers.cert-manager.io/*,                ClusterIssuer, cert-manager.io, false",
        "issuers.cert-manager.io/*,                Issuer,        example.org,     false",
        "issuers.cert-manager.io/team.le,          Issuer,        cert-manager.io, true",
        "issuers.cert-manager.io/other.le,         Issuer,        cert-manager.io, false",
        "issuers.cert-manager.io/le,               Issuer,        cert-manager.io, false",
        "clusterissuers.cert-manager.io/*,         ClusterIssuer, '',              true",
        "clusterissuers.cert-manager.io/le,        ClusterIssuer, '',              true",
        "clusterissuers.cert-manager.io/team.le,   ClusterIssuer, '',              false",
        "clusterissuers.cert-manager.io/staging,   ClusterIssuer, '',              false",
        "awspcaclusterissuers.example.org/*,       AWSPCAClusterIssuer, example.org, true",
        "awspcaissuers.example.org/team.le,        AWSPCAIssuer,  example.org,     true",
        "awspcaissuers.example.org/le,             AWSPCAIssuer,  example.org,     false"
    })
    void aNameCoversTheIssuersThatItMeans(String signer, String kind, String group, boolean covered) {
        var request = ARequest.with(ARequest.spec(new IssuerRef("le", kind, group), ARequest.csr("", "a.example.com")));
        assertThat(new SignerNames(List.of(signer, "issuers.example.net/*")).cover(request))
                .isEqualTo(covered);
    }

    @Test
    void noNamesCoverAll() {
        var request = ARequest.with(ARequest.spec(new IssuerRef("x", "Any", "example.org"), ARequest.csr("", "a.b")));
        assertThat(SignerNames.ALL.cover(request)).isTrue();
    }
}
