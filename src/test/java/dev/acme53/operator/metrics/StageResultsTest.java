package dev.acme53.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.Challenge;
import dev.acme53.api.Issuer;
import dev.acme53.api.Order;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageResultsTest {
    private static final String BEGUN = APage.NOW.minusSeconds(90).toString();
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "Certificate", Certificate.class,
            "CertificateRequest", CertificateRequest.class,
            "Order", Order.class,
            "Challenge", Challenge.class,
            "Issuer", Issuer.class);

    private final APage page = new APage();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Order              | {}                             | {state: valid}               | order       | ok
            Order              | {state: pending}               | {state: errored}             | order       | failed
            Order              | {state: processing}            | {state: invalid}             | order       | failed
            Order              | {state: ready}                 | {state: expired}             | order       | failed
            Challenge          | {state: pending}               | {state: valid}               | challenge   | ok
            Challenge          | {state: processing}            | {state: invalid}             | challenge   | failed
            CertificateRequest | {}                             | READY False Denied           | request     | failed
            CertificateRequest | READY False Pending            | READY False Failed           | request     | failed
            CertificateRequest | READY False Pending            | READY True Issued            | request     | ok
            Certificate        | ISSUING True Expired           | {}                           | certificate | ok
            Certificate        | ISSUING True Expired           | ISSUING False Failed         | certificate | failed
            """)
    void theEndOfWorkIsTimedFromItsBeginning(String kind, String before, String after, String stage, String result)
            throws Exception {
        store(kind, before, after);
        var labels = "{result=\"" + result + "\",stage=\"" + stage + "\"}";
        assertThat(page.value("acme53_stage_duration_seconds_count" + labels)).isEqualTo(1);
        assertThat(page.value("acme53_stage_duration_seconds_sum" + labels)).isEqualTo(90);
        assertThat(counted()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Order              | {}                             | {state: pending}
            Order              | {state: valid}                 | {state: valid, reason: more}
            Order              | {state: ready}                 | {state: processing}
            Challenge          | {}                             | {processing: true}
            Challenge          | {state: valid}                 | {state: valid}
            CertificateRequest | {}                             | READY False Pending
            CertificateRequest | READY True Issued              | READY True Issued
            Certificate        | {}                             | ISSUING True DoesNotExist
            Certificate        | ISSUING True Expired           | ISSUING True Expired
            Certificate        | ISSUING False Failed           | ISSUING True Expired
            Issuer             | {}                             | READY True ACMEAccountRegistered
            """)
    void nothingElseIsAnEnd(String kind, String before, String after) throws Exception {
        store(kind, before, after);
        assertThat(counted()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"valid", "invalid", "errored", "expired"})
    void ordersAreCountedByTheirLastStateFromZero(String state) throws Exception {
        var orders = "acme53_orders_total{result=\"" + state + "\"}";
        assertThat(page.value(orders)).isZero();
        store("Order", "{state: pending}", "{state: " + state + "}");
        assertThat(page.value(orders)).isEqualTo(1);
        assertThat(page.text().lines().filter(line -> line.startsWith("acme53_orders_total")))
                .hasSize(4)
                .filteredOn(line -> line.endsWith(" 1.0"))
                .hasSize(1);
    }

    @Test
    void aTimeIsInItsBucket() throws Exception {
        store("Order", "{}", "{state: valid}");
        var bucket = "acme53_stage_duration_seconds_bucket{result=\"ok\",stage=\"order\",le=\"";
        assertThat(page.value(bucket + "60.0\"}")).isZero();
        assertThat(page.value(bucket + "120.0\"}")).isEqualTo(1);
    }

    private double counted() throws Exception {
        return page.text()
                .lines()
                .filter(line -> line.startsWith("acme53_stage_duration_seconds_count"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
    }

    private void store(String kind, String before, String after) {
        page.page().results().stored(object(kind, before), object(kind, after));
    }

    private static HasMetadata object(String kind, String status) {
        var words = status.split(" ");
        var yaml = status.startsWith("{")
                ? status
                : "{conditions: [{type: %s, status: \"%s\", reason: %s, lastTransitionTime: \"%s\"}]}"
                        .formatted(words[0].equals("READY") ? "Ready" : "Issuing", words[1], words[2], BEGUN);
        return Serialization.unmarshal("""
                kind: %s
                metadata: {name: a, namespace: ns, creationTimestamp: "%s"}
                status: %s
                """.formatted(kind, BEGUN, yaml), KINDS.get(kind));
    }
}
