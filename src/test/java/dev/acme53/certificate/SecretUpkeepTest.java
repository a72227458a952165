package dev.acme53.certificate;

import static dev.acme53.certificate.APicture.KEY;
import static dev.acme53.certificate.APicture.annotation;
import static dev.acme53.certificate.APicture.data;
import static dev.acme53.certificate.APicture.label;
import static dev.acme53.certificate.APicture.owner;
import static dev.acme53.certificate.APicture.secret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.CertificateSpec;
import dev.acme53.fixture.CertificateSpecs;
import dev.acme53.x509.PemLimits;
import dev.acme53.x509.PrivateKeys;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Rows 1 to 5, 8 and 9 of behaviour.md §1.6.
class SecretUpkeepTest {
    private static final CertificateSpec TEMPLATE =
            CertificateSpecs.of("secretTemplate: {labels: {team: a}, annotations: {note: b,"
                    + " cert-manager.io/allow-direct-injection: 'true'}}");
    private static final CertificateSettings OWNING =
            new CertificateSettings(Duration.ofHours(1), Duration.ofHours(32), true, List.of("*"), PemLimits.DEFAULTS);

    static Stream<Arguments> violations() {
        return Stream.of(
                row("1", "SecretManagedMetadataMismatch", label("controller.cert-manager.io/fao", "false")),
                row("2", "SecretTemplateMismatch", annotation("cert-manager.io/alt-names", "x")),
                row(
                        "2 one that should not be there",
                        "SecretTemplateMismatch",
                        annotation("cert-manager.io/email-sans", "x")),
                row(
                        "3 the label is not ours any more",
                        "SecretManagedMetadataMismatch",
                        disowned("labels", "controller.cert-manager.io/fao")),
                row(
                        "3 an annotation is not ours any more",
                        "SecretManagedMetadataMismatch",
                        disowned("annotations", "cert-manager.io/ip-sans")),
                row(
                        "3 an annotation too many",
                        "SecretManagedMetadataMismatch",
                        owned("annotations", "cert-manager.io/old")),
                row("4 a label", "SecretTemplateMismatch", label("team", "x")),
                row("4 an annotation", "SecretTemplateMismatch", annotation("note", "x")),
                row("5 a label of the template is not ours", "SecretTemplateMismatch", disowned("labels", "team")),
                row("5 a label that left the template", "SecretTemplateMismatch", owned("labels", "old")),
                row("5 an annotation that left the template", "SecretTemplateMismatch", owned("annotations", "old")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("violations")
    void whatMustBePutRight(String row, String reason, UnaryOperator<Secret> change) {
        var secret = change.apply(secret(TEMPLATE, KEY, 90));
        assertThat(first(secret, TEMPLATE, CertificateSettings.DEFAULTS)).isEqualTo(reason);
    }

    @Test
    void whatWeWroteIsInOrder() {
        assertThat(first(secret(TEMPLATE, KEY, 90), TEMPLATE, CertificateSettings.DEFAULTS))
                .isEmpty();
        assertThat(first(
                        secret(CertificateSpecs.of(""), KEY, 90),
                        CertificateSpecs.of(""),
                        CertificateSettings.DEFAULTS))
                .isEmpty();
    }

    @Test
    void labelsAndAnnotationsOfOthersAreLeftAlone() {
        var secret = label("theirs", "x").andThen(annotation("theirs", "y")).apply(secret(TEMPLATE, KEY, 90));
        assertThat(first(secret, TEMPLATE, CertificateSettings.DEFAULTS)).isEmpty();
    }

    @Test
    void issuerAndNameAnnotationsAreNotLookedAt() {
        var secret = annotation("cert-manager.io/issuer-name", "other")
                .andThen(annotation("cert-manager.io/certificate-name", "other"))
                .apply(secret(TEMPLATE, KEY, 90));
        assertThat(first(secret, TEMPLATE, CertificateSettings.DEFAULTS)).isEmpty();
    }

    @Test
    void theOwnerReferenceIsAsTheFlagSays() {
        var spec = CertificateSpecs.of("");
        var chain = APicture.CA.chain(KEY.getPublic(), spec.dnsNames(), APicture.ISSUED, Duration.ofDays(90));
        var owned = secret(spec, OWNING, PrivateKeys.encodePkcs1(KEY), chain);
        assertThat(first(owned, spec, OWNING)).isEmpty();
        assertThat(first(owned, spec, CertificateSettings.DEFAULTS)).isEqualTo("SecretOwnerRefMismatch");
        assertThat(first(secret(spec, KEY, 90), spec, OWNING)).isEqualTo("SecretOwnerRefMismatch");
        assertThat(first(owner("web-uid", false).apply(owned), spec, OWNING)).isEqualTo("SecretOwnerRefMismatch");
        // set by somebody else while the flag is off: theirs
        assertThat(first(owner("web-uid", true).apply(secret(spec, KEY, 90)), spec, CertificateSettings.DEFAULTS))
                .isEmpty();
    }

    @Test
    void aSecretThatIsIncompleteOrUnreadableIsNotWrittenAgain() {
        var wrong = label("team", "x");
        assertThat(first(
                        wrong.andThen(data("tls.key", "")).apply(secret(TEMPLATE, KEY, 90)),
                        TEMPLATE,
                        CertificateSettings.DEFAULTS))
                .isEmpty();
        assertThat(first(
                        wrong.andThen(data("tls.crt", "x")).apply(secret(TEMPLATE, KEY, 90)),
                        TEMPLATE,
                        CertificateSettings.DEFAULTS))
                .isEmpty();
    }

    @Test
    void aSecretOfThePeerIsInOrder() throws Exception {
        var spec = CertificateSpecs.of("{secretName: w00001-tls, dnsNames: [w00001.example.com],"
                + " issuerRef: {group: cert-manager.io, kind: ClusterIssuer, name: pebble}}");
        var secret = Serialization.unmarshal(
                Files.readString(Path.of("src/test/resources/certificate/peer-secret.json")), Secret.class);
        assertThat(secret.getMetadata().getManagedFields()).isNotEmpty();
        assertThat(first(secret, spec, CertificateSettings.DEFAULTS)).isEmpty();
    }

    @Test
    void fieldsOfAnUpdateAreNotCountedAsOurs() {
        var secret = owned("labels", "old").apply(secret(TEMPLATE, KEY, 90));
        secret.getMetadata().getManagedFields().forEach(f -> f.setOperation("Update"));
        assertThat(OwnedFields.of(secret.getMetadata().getManagedFields(), "cert-manager-certificates-issuing")
                        .labels())
                .isEmpty();
    }

    private static String first(Secret secret, CertificateSpec spec, CertificateSettings settings) {
        return SecretUpkeep.first(
                        SecretFacts.of(secret, PemLimits.DEFAULTS), APicture.certificate("web", spec, ""), settings)
                .map(Violation::reason)
                .orElse("");
    }

    private static Arguments row(String row, String reason, UnaryOperator<Secret> change) {
        return Arguments.of(row, reason, change);
    }

    private static UnaryOperator<Secret> disowned(String kind, String key) {
        return secret -> fields(secret, kind, f -> f.remove("f:" + key));
    }

    private static UnaryOperator<Secret> owned(String kind, String key) {
        return secret -> fields(secret, kind, f -> f.put("f:" + key, Map.of()));
    }

    private static Secret fields(Secret secret, String kind, java.util.function.Consumer<Map<String, Object>> change) {
        var entry = secret.getMetadata().getManagedFields().getFirst();
        @SuppressWarnings("unchecked")
        var metadata = (Map<String, Map<String, Object>>) fieldsOf(entry).get("f:metadata");
        change.accept(metadata.get("f:" + kind));
        return secret;
    }

    private static Map<String, Object> fieldsOf(ManagedFieldsEntry entry) {
        return entry.getFieldsV1().getAdditionalProperties();
    }
}
