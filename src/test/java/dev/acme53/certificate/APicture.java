package dev.acme53.certificate;

import dev.acme53.api.Annotations;
import dev.acme53.api.Bytes;
import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.CertificateSpec;
import dev.acme53.api.CertificateStatus;
import dev.acme53.api.Condition;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.FieldManagers;
import dev.acme53.api.Labels;
import dev.acme53.fixture.CertificateSpecs;
import dev.acme53.fixture.LocalCa;
import dev.acme53.x509.BuiltCsr;
import dev.acme53.x509.CertificateSigningRequests;
import dev.acme53.x509.KeySpec;
import dev.acme53.x509.Leaf;
import dev.acme53.x509.PemLimits;
import dev.acme53.x509.PrivateKeys;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// A picture of the Certificate `web`, by default issued once, thirty days ago, and in order.
final class APicture {
    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    static final Instant ISSUED = NOW.minus(Duration.ofDays(30));
    static final KeyPair KEY = PrivateKeys.generate(KeySpec.ecdsa(256));
    static final KeyPair OTHER_KEY = PrivateKeys.generate(KeySpec.ecdsa(256));
    static final KeyPair P384_KEY = PrivateKeys.generate(KeySpec.ecdsa(384));
    static final LocalCa CA = new LocalCa();
    static final String NAMES = "web.example.com";

    CertificateSpec spec = CertificateSpecs.of("");
    CertificateStatus status = CertificateStatus.empty().withRevision(1L);
    Map<String, String> annotations = Map.of();
    TargetSecret target;
    List<Certificate> competitors = new ArrayList<>();
    List<OwnedRequest> requests = new ArrayList<>();
    List<SecretIdentity> nextKeys = new ArrayList<>();
    NextKey nextKey = new NextKey.Unknown();
    String unbuildable = "";
    boolean upkept;
    CertificateSettings settings = CertificateSettings.DEFAULTS;
    Instant now = NOW;

    /// Issued and in order.
    static APicture issued() {
        var picture = new APicture();
        picture.requests.add(request(1, KEY, picture.spec));
        picture.target = read(secret(picture.spec, KEY, 90));
        return picture;
    }

    /// New: no status, no Secret, no request.
    static APicture fresh() {
        var picture = new APicture();
        picture.status = CertificateStatus.empty();
        picture.target = new TargetSecret.Missing();
        return picture;
    }

    /// A first issuance under way with its key at hand.
    static APicture issuing() {
        var picture = fresh();
        picture.status = picture.status
                .withNextPrivateKeySecretName("web-abcde")
                .withConditions(Conditions.set(
                        Conditions.set(
                                List.of(),
                                ConditionTypes.READY,
                                Condition.Status.FALSE,
                                "DoesNotExist",
                                "Secret web-tls does not exist",
                                1L,
                                NOW),
                        ConditionTypes.ISSUING,
                        Condition.Status.TRUE,
                        "DoesNotExist",
                        "Secret web-tls does not exist",
                        1L,
                        NOW));
        picture.nextKeys.add(NEXT_KEY);
        picture.nextKey = new NextKey.Usable(NEXT_KEY, KEY.getPublic());
        return picture;
    }

    static final SecretIdentity NEXT_KEY = new SecretIdentity("web-abcde", "key-uid", "7");

    Picture build() {
        var certificate = certificate("web", spec, "2026-01-01T00:00:00Z");
        certificate.getMetadata().setAnnotations(annotations);
        certificate.setStatus(status);
        var all = new ArrayList<>(competitors);
        all.add(certificate);
        return new Picture(
                certificate,
                status,
                target,
                all,
                new OwnedRequests(requests),
                nextKeys,
                nextKey,
                unbuildable,
                upkept,
                settings,
                now);
    }

    /// With Ready as the target Secret deserves.
    APicture reported() {
        while (CertificateDecision.next(build()) instanceof CertificateStep.Edit(StatusEdit.Ready edit, var _)) {
            status = edit.apply(status);
        }
        return this;
    }

    APicture spec(String yaml) {
        spec = CertificateSpecs.with(spec, yaml);
        return this;
    }

    APicture secret(UnaryOperator<Secret> change) {
        target = read(change.apply(secret(spec, KEY, 90)));
        return this;
    }

    static Certificate certificate(String name, CertificateSpec spec, String created) {
        var certificate = new Certificate();
        certificate.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace("ns")
                .withUid(name + "-uid")
                .withGeneration(1L)
                .withCreationTimestamp(created)
                .withResourceVersion("1")
                .build());
        certificate.setSpec(spec);
        return certificate;
    }

    static OwnedRequest request(long revision, KeyPair key, CertificateSpec spec) {
        var csr = ((BuiltCsr.Built) CertificateSigningRequests.build(SpecValues.template(spec), key)).pem();
        var request = CertificateRequests.request(
                certificate("web", spec, ""), revision, "web-abcde", csr, CertificateSettings.DEFAULTS);
        request.getMetadata().setUid("request-" + revision);
        return new OwnedRequest(request, PemLimits.DEFAULTS);
    }

    static OwnedRequest with(OwnedRequest request, UnaryOperator<CertificateRequest> change) {
        return new OwnedRequest(change.apply(request.object()), PemLimits.DEFAULTS);
    }

    static OwnedRequest condition(
            OwnedRequest request, String type, Condition.Status status, String reason, String message) {
        return with(request, r -> {
            r.setStatus(r.statusOrEmpty()
                    .withConditions(
                            Conditions.set(r.statusOrEmpty().conditions(), type, status, reason, message, null, NOW)));
            return r;
        });
    }

    static TargetSecret.Read read(Secret secret) {
        return new TargetSecret.Read(SecretFacts.of(secret, PemLimits.DEFAULTS));
    }

    /// The target Secret as we apply it, managedFields included.
    static Secret secret(CertificateSpec spec, KeyPair key, int days) {
        var chain = CA.chain(key.getPublic(), spec.dnsNames(), ISSUED, Duration.ofDays(days));
        return secret(spec, CertificateSettings.DEFAULTS, PrivateKeys.encodePkcs1(key), chain);
    }

    static Secret secret(CertificateSpec spec, CertificateSettings settings, String key, Bytes chain) {
        var leaf = leaf(chain);
        var ref = spec.issuerRef();
        var applied = SecretContent.of(
                certificate("web", spec, ""),
                settings,
                "kubernetes.io/tls",
                Map.of("tls.key", base64(key), "tls.crt", chain.base64()),
                Map.of(
                        Annotations.ISSUER_NAME,
                        ref.name(),
                        Annotations.ISSUER_KIND,
                        ref.kind(),
                        Annotations.ISSUER_GROUP,
                        ref.group()),
                leaf);
        return stored(applied);
    }

    /// What the API server makes of an applied Secret.
    static Secret stored(Secret applied) {
        var meta = applied.getMetadata();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("f:data", owned(applied.getData()));
        fields.put(
                "f:metadata",
                Map.of(
                        "f:labels",
                        owned(meta.getLabels()),
                        "f:annotations",
                        owned(meta.getAnnotations()),
                        "f:ownerReferences",
                        meta.getOwnerReferences().stream()
                                .collect(Collectors.toMap(o -> "k:{\"uid\":\"" + o.getUid() + "\"}", _ -> Map.of()))));
        var owned = new FieldsV1();
        fields.forEach(owned::setAdditionalProperty);
        return new SecretBuilder(applied)
                .editMetadata()
                .withUid("secret-uid")
                .withResourceVersion("5")
                .withManagedFields(new ManagedFieldsEntryBuilder()
                        .withManager(FieldManagers.ISSUING)
                        .withOperation("Apply")
                        .withFieldsV1(owned)
                        .build())
                .endMetadata()
                .build();
    }

    static Leaf leaf(Bytes chain) {
        return ((SecretFacts.CertificateFact.Usable) SecretFacts.certificate(chain.toArray(), PemLimits.DEFAULTS))
                .leaf();
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    static UnaryOperator<Secret> data(String key, String value) {
        return secret -> {
            var data = new HashMap<>(secret.getData());
            data.put(key, base64(value));
            secret.setData(data);
            return secret;
        };
    }

    static UnaryOperator<Secret> annotation(String key, String value) {
        return secret -> {
            var annotations = new HashMap<>(secret.getMetadata().getAnnotations());
            if (value == null) {
                annotations.remove(key);
            } else {
                annotations.put(key, value);
            }
            secret.getMetadata().setAnnotations(annotations);
            return secret;
        };
    }

    static UnaryOperator<Secret> label(String key, String value) {
        return secret -> {
            var labels = new HashMap<>(
                    Objects.requireNonNullElse(secret.getMetadata().getLabels(), Map.of()));
            if (value == null) {
                labels.remove(key);
            } else {
                labels.put(key, value);
            }
            secret.getMetadata().setLabels(labels);
            return secret;
        };
    }

    static UnaryOperator<Secret> owner(String uid, boolean controller) {
        return secret -> {
            secret.getMetadata()
                    .setOwnerReferences(List.of(new OwnerReferenceBuilder()
                            .withApiVersion("cert-manager.io/v1")
                            .withKind("Certificate")
                            .withName("web")
                            .withUid(uid)
                            .withController(controller)
                            .withBlockOwnerDeletion(controller)
                            .build()));
            return secret;
        };
    }

    private static Map<String, Object> owned(Map<String, String> entries) {
        var owned = new LinkedHashMap<String, Object>();
        owned.put(".", Map.of());
        entries.keySet().forEach(key -> owned.put("f:" + key, Map.of()));
        return owned;
    }

    static final String WATCH_LABEL = Labels.CACHED;
}
