package dev.acme53.operator.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnabledControllersTest {
    private static final Set<Stage> ALL = EnumSet.allOf(Stage.class);

    private record Row(String list, Set<Stage> stages) {}

    static List<Row> rows() {
        return List.of(
                new Row("*", ALL),
                new Row("", ALL),
                new Row("challenges", Set.of(Stage.CHALLENGES)),
                new Row("*,-challenges", without(Stage.CHALLENGES)),
                new Row("-challenges", without(Stage.CHALLENGES)),
                new Row("-challenges,*", without(Stage.CHALLENGES)),
                new Row("challenges,-challenges,orders", Set.of(Stage.ORDERS)),
                new Row("-certificates-metrics", without(Stage.CERTIFICATE_METRICS)),
                new Row("-certificaterequests-approver", without(Stage.APPROVER)),
                new Row("-certificaterequests-issuer-acme", without(Stage.REQUESTS)),
                new Row("-ingress-shim,-certificaterequests-issuer-ca", ALL),
                new Row("gateway-shim,certificatesigningrequests-issuer-acme", Set.of()),
                new Row(
                        "-certificates-trigger,-certificates-issuing,-certificates-key-manager,"
                                + "-certificates-request-manager,-certificates-readiness,-certificates-revision-manager",
                        without(Stage.CERTIFICATES)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theListIsReadAsThePeerReadsIt(Row row) {
        var items = row.list.isEmpty() ? List.<String>of() : List.of(row.list.split(","));
        assertThat(EnabledControllers.parse(items).stages()).isEqualTo(row.stages);
    }

    @Test
    void aPartOfTheCertificateStageIsRefusedWithASentence() {
        for (var part : List.of("-certificates-trigger", "certificates-issuing", "*,-certificates-readiness")) {
            assertThatThrownBy(() -> EnabledControllers.parse(List.of(part.split(","))))
                    .hasMessage("these controllers are one stage here and can only be switched together:"
                            + " certificates-issuing, certificates-key-manager, certificates-readiness,"
                            + " certificates-request-manager, certificates-revision-manager, certificates-trigger");
        }
    }

    @Test
    void unknownNamesAreRefused() {
        for (var unknown : List.of("listenerset", "-nothing", "")) {
            assertThatThrownBy(() -> EnabledControllers.parse(List.of("*", unknown)))
                    .hasMessage("not a known controller");
        }
    }

    @Test
    void aControllerThatIsNotServedIsNamedOnlyWhenAskedForByName() {
        assertThat(EnabledControllers.parse(List.of("*", "gateway-shim")).notServed())
                .containsExactly("gateway-shim");
        assertThat(EnabledControllers.parse(List.of("*")).notServed()).isEmpty();
    }

    private static Set<Stage> without(Stage stage) {
        var rest = EnumSet.allOf(Stage.class);
        rest.remove(stage);
        return rest;
    }
}
