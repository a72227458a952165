package dev.acme53.request;

import static dev.acme53.request.ARequest.acme;
import static dev.acme53.request.ARequest.csr;
import static dev.acme53.request.ARequest.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.acme53.api.Bytes;
import dev.acme53.api.CertificateRequestSpec;
import dev.acme53.api.IssuerRef;
import dev.acme53.api.KeyUsage;
import dev.acme53.api.ObjectNames;
import dev.acme53.api.Order;
import dev.acme53.fixture.Csrs;
import dev.acme53.x509.CsrTemplate;
import dev.acme53.x509.Subject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// behaviour.md §2.3, the table of the Order's fields and the rows before it is created.
class WantedOrderTest {
    @Test
    void carriesWhatTheRequestSays() {
        var request = ARequest.with(spec(ARequest.ISSUER, csr("example.com", "*.example.com", "example.com")));
        var order = order(WantedOrder.of(request, acme("", false)));
        assertThat(order.getSpec().request()).isEqualTo(request.getSpec().request());
        assertThat(order.getSpec().issuerRef()).isEqualTo(ARequest.ISSUER);
        assertThat(order.getSpec().commonName()).isEqualTo("example.com");
        assertThat(order.getSpec().dnsNames()).containsExactly("*.example.com", "example.com");
        assertThat(order.getSpec().ipAddresses()).isEmpty();
        assertThat(order.getSpec().duration()).isEmpty();
        assertThat(order.getSpec().profile()).isEmpty();
        assertThat(order.getMetadata().getName()).isEqualTo(ObjectNames.order("example-com-1", order.getSpec()));
        assertThat(order.getMetadata().getNamespace()).isEqualTo("team");
        assertThat(order.getMetadata().getLabels())
                .isEqualTo(request.getMetadata().getLabels());
        assertThat(order.getMetadata().getAnnotations())
                .isEqualTo(request.getMetadata().getAnnotations());
        assertThat(order.getMetadata().getOwnerReferences()).singleElement().satisfies(owner -> {
            assertThat(owner.getKind()).isEqualTo("CertificateRequest");
            assertThat(owner.getUid()).isEqualTo("request-uid");
            assertThat(owner.getController()).isTrue();
            assertThat(owner.getBlockOwnerDeletion()).isTrue();
        });
    }

    @Test
    void carriesDurationAndProfileWhenTheIssuerSaysSo() {
        var request = ARequest.with(spec(ARequest.ISSUER, csr("", "example.com")));
        var order = order(WantedOrder.of(request, acme("shortlived", true)));
        assertThat(order.getSpec().duration()).isEqualTo("2160h");
        assertThat(order.getSpec().profile()).isEqualTo("shortlived");
    }

    @Test
    void leavesAbsentPartsOfTheIssuerRefAbsent() {
        var request = ARequest.with(spec(new IssuerRef("le", null, null), csr("", "example.com")));
        assertThat(order(WantedOrder.of(request, acme("", false))).getSpec().issuerRef())
                .isEqualTo(new IssuerRef("le", "", ""));
    }

    @Test
    void takesNamesOfOtherKindsForNothing() {
        var template = new CsrTemplate(
                Subject.EMPTY,
                null,
                List.of("example.com"),
                List.of("a@example.com"),
                List.of("192.0.2.7"),
                List.of("spiffe://x/y"),
                List.of(),
                List.of(),
                true,
                false,
                null,
                null);
        var order = order(WantedOrder.of(
                ARequest.with(spec(ARequest.ISSUER, Csrs.pem(ARequest.KEY, template))), acme("", false)));
        assertThat(order.getSpec().dnsNames()).containsExactly("example.com");
        assertThat(order.getSpec().ipAddresses()).containsExactly("192.0.2.7");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unbuildable")
    void isNotBuiltFrom(String row, CertificateRequestSpec spec, String reason, String message) {
        assertThat(WantedOrder.of(ARequest.with(spec), acme("", true)))
                .asInstanceOf(type(WantedOrder.Unbuildable.class))
                .satisfies(unbuildable -> {
                    assertThat(unbuildable.reason()).isEqualTo(reason);
                    assertThat(unbuildable.message()).contains(message);
                });
    }

    static Stream<Arguments> unbuildable() {
        var email = new CsrTemplate(
                Subject.EMPTY,
                null,
                List.of(),
                List.of("a@example.com"),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                true,
                false,
                null,
                null);
        var damaged = csr("", "example.com").text().replace("MII", "MIA").replace("\nMI", "\nAA");
        return Stream.of(
                Arguments.of(
                        "no PEM",
                        spec(ARequest.ISSUER, Bytes.ofText("hello")),
                        "RequestParsingError",
                        "make a new CertificateRequest"),
                Arguments.of(
                        "damaged PEM",
                        spec(ARequest.ISSUER, Bytes.ofText(damaged)),
                        "RequestParsingError",
                        "make a new CertificateRequest"),
                Arguments.of(
                        "isCA that the CSR denies by its usages",
                        new CertificateRequestSpec(
                                null, ARequest.ISSUER, csr("", "example.com"), true, null, null, null, null, null),
                        "RequestParsingError",
                        "usages"),
                Arguments.of(
                        "usages other than the CSR's",
                        new CertificateRequestSpec(
                                null,
                                ARequest.ISSUER,
                                csr("", "example.com"),
                                false,
                                List.of(KeyUsage.CLIENT_AUTH),
                                null,
                                null,
                                null,
                                null),
                        "RequestParsingError",
                        "client auth"),
                Arguments.of(
                        "a common name that is no SAN",
                        spec(ARequest.ISSUER, csr("www.example.com", "example.com")),
                        "InvalidOrder",
                        "\"www.example.com\""),
                Arguments.of(
                        "a common name that differs in case",
                        spec(ARequest.ISSUER, csr("Example.com", "example.com")),
                        "InvalidOrder",
                        "\"Example.com\""),
                Arguments.of(
                        "an e-mail address alone",
                        spec(ARequest.ISSUER, Csrs.pem(ARequest.KEY, email)),
                        "InvalidOrder",
                        "dnsNames"),
                Arguments.of(
                        "a duration that is none",
                        new CertificateRequestSpec(
                                "90d", ARequest.ISSUER, csr("", "example.com"), false, null, null, null, null, null),
                        "OrderBuildingError",
                        "spec.duration"));
    }

    @Test
    void aDurationThatNobodyAsksForIsNotRead() {
        var spec = new CertificateRequestSpec(
                "90d", ARequest.ISSUER, csr("", "example.com"), false, null, null, null, null, null);
        assertThat(WantedOrder.of(ARequest.with(spec), acme("", false))).isInstanceOf(WantedOrder.Buildable.class);
    }

    private static Order order(WantedOrder wanted) {
        return ((WantedOrder.Buildable) wanted).order();
    }
}
