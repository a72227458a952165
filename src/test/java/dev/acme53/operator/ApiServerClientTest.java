package dev.acme53.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.Challenge;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.Issuer;
import dev.acme53.api.Order;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.WatchEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiServerClientTest {
    @ParameterizedTest
    @ValueSource(
            classes = {
                Certificate.class,
                CertificateRequest.class,
                Issuer.class,
                ClusterIssuer.class,
                Order.class,
                Challenge.class,
                Secret.class
            })
    void whatIsWatchedIsReadAsWhatItIsAtOnce(Class<? extends HasMetadata> kind) {
        assertThat(read(HasMetadata.getApiVersion(kind), HasMetadata.getKind(kind))
                        .getObject())
                .isExactlyInstanceOf(kind);
    }

    @Test
    void theEndOfAWatchIsReadAsAStatus() {
        assertThat(read("v1", "Status").getObject()).isExactlyInstanceOf(Status.class);
    }

    @Test
    void fieldsOfANewerApiAreLeftOut() {
        assertThat(ApiServerClient.lenient()
                        .unmarshal("{\"metadata\":{\"name\":\"a\"},\"new\":{\"x\":1}}", Certificate.class)
                        .getMetadata()
                        .getName())
                .isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource({"acme.cert-manager.io/v1, Order, 0", "v1, Secret, 1"})
    void managedFieldsAreReadOfSecretsAlone(String apiVersion, String kind, int expected) {
        var event = ApiServerClient.lenient().unmarshal("""
                {"type": "MODIFIED", "object": {"apiVersion": "%s", "kind": "%s", "metadata": {
                  "managedFields": [{"manager": "m", "fieldsV1": {"f:status": {"f:state": {}}}}],
                  "name": "a"}}}
                """.formatted(apiVersion, kind), WatchEvent.class);
        var metadata = ((HasMetadata) event.getObject()).getMetadata();
        assertThat(metadata.getName()).isEqualTo("a");
        assertThat(metadata.getManagedFields()).hasSize(expected);
    }

    private static WatchEvent read(String apiVersion, String kind) {
        return ApiServerClient.lenient()
                .unmarshal(
                        "{\"type\":\"ADDED\",\"object\":{\"apiVersion\":\"%s\",\"kind\":\"%s\"}}"
                                .formatted(apiVersion, kind),
                        WatchEvent.class);
    }
}
