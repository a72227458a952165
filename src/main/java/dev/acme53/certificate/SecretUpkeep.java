package dev.acme53.certificate;

import dev.acme53.api.Annotations;
import dev.acme53.api.Certificate;
import dev.acme53.api.Labels;
import dev.acme53.api.OwnerReferences;
import dev.acme53.api.Reasons;
import dev.acme53.api.SecretTemplate;
import dev.acme53.x509.Leaf;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What must be put right on a target Secret although its certificate is good: labels, annotations, owner reference
/// (behaviour.md §1.6, rows 1 to 5, 8 and 9). The reasons appear in logs only.
///
/// The checks of the additional output formats (rows 6 and 7) and of the keystores (row 10) belong between and after
/// these.
final class SecretUpkeep {
    private static final List<String> OUR_PREFIXES = List.of("cert-manager.io/", "controller.cert-manager.io/");
    private static final SecretTemplate NO_TEMPLATE = new SecretTemplate(null, null);

    /// They come from the request, so nothing at hand says what they should be.
    private static final Set<String> NOT_COMPARED = Set.of(
            Annotations.CERTIFICATE_NAME, Annotations.ISSUER_NAME, Annotations.ISSUER_KIND, Annotations.ISSUER_GROUP);

    private static final List<Check> CHECKS = List.of(
            SecretUpkeep::watchLabel,
            SecretUpkeep::detailValues,
            SecretUpkeep::ownedNames,
            SecretUpkeep::templateValues,
            SecretUpkeep::ownedTemplate,
            SecretUpkeep::ownerReference,
            SecretUpkeep::ownedReference);

    private SecretUpkeep() {}

    /// The first check that fails. None does while key or certificate is missing or the certificate cannot be
    /// read: there is nothing to write again then.
    static Optional<Violation> first(SecretFacts secret, Certificate certificate, CertificateSettings settings) {
        if (!secret.hasKeyAndCertificate()) {
            return Optional.empty();
        }
        return secret.leaf().flatMap(leaf -> {
            var subject = new Subject(secret, leaf, certificate, settings);
            return CHECKS.stream()
                    .map(check -> check.violation(subject))
                    .flatMap(Optional::stream)
                    .findFirst();
        });
    }

    private record Subject(SecretFacts secret, Leaf leaf, Certificate certificate, CertificateSettings settings) {
        SecretTemplate template() {
            var template = certificate.getSpec().secretTemplate();
            return template == null ? NO_TEMPLATE : template;
        }

        /// Template keys that are not overridden by ours.
        Set<String> templateKeys(Map<String, String> template) {
            var keys = new HashSet<>(template.keySet());
            keys.remove(Labels.CACHED);
            keys.removeAll(NOT_COMPARED);
            keys.removeAll(CertificateDetails.NAMES);
            return keys;
        }
    }

    @FunctionalInterface
    private interface Check {
        Optional<Violation> violation(Subject subject);
    }

    private static Optional<Violation> watchLabel(Subject s) {
        var label = s.secret.labels().get(Labels.CACHED);
        return fails(
                label != null && !label.equals(Labels.TRUE),
                Reasons.Secret.SECRET_MANAGED_METADATA_MISMATCH,
                "the label by which the Secret is watched has another value");
    }

    private static Optional<Violation> detailValues(Subject s) {
        var details = CertificateDetails.of(s.leaf);
        var wrong = s.secret.annotations().entrySet().stream()
                .anyMatch(a -> CertificateDetails.NAMES.contains(a.getKey())
                        && !a.getValue().equals(details.getOrDefault(a.getKey(), "")));
        return fails(
                wrong, Reasons.Secret.SECRET_TEMPLATE_MISMATCH, "an annotation does not say what the certificate says");
    }

    private static Optional<Violation> ownedNames(Subject s) {
        var labels = ours(s.secret.owned().labels(), s.templateKeys(s.template().labels()));
        var annotations =
                ours(s.secret.owned().annotations(), s.templateKeys(s.template().annotations()));
        annotations.removeAll(NOT_COMPARED);
        var same = labels.equals(Set.of(Labels.CACHED))
                && annotations.equals(CertificateDetails.of(s.leaf).keySet());
        return fails(
                !same,
                Reasons.Secret.SECRET_MANAGED_METADATA_MISMATCH,
                "labels or annotations of ours are missing or too many");
    }

    private static Optional<Violation> templateValues(Subject s) {
        var wrong = differs(s.template().labels(), s.templateKeys(s.template().labels()), s.secret.labels())
                || differs(
                        s.template().annotations(), s.templateKeys(s.template().annotations()), s.secret.annotations());
        return fails(
                wrong,
                Reasons.Secret.SECRET_TEMPLATE_MISMATCH,
                "a label or annotation of secretTemplate has another value");
    }

    private static Optional<Violation> ownedTemplate(Subject s) {
        var labels = s.templateKeys(s.template().labels());
        var annotations = s.templateKeys(s.template().annotations());
        var same = others(s.secret.owned().labels(), labels).equals(labels)
                && others(s.secret.owned().annotations(), annotations).equals(annotations);
        return fails(
                !same,
                Reasons.Secret.SECRET_TEMPLATE_MISMATCH,
                "labels or annotations of secretTemplate are missing, or were dropped from it");
    }

    private static Optional<Violation> ownerReference(Subject s) {
        var wanted = OwnerReferences.controlledBy(s.certificate);
        return fails(
                s.settings.ownerReference() && !s.secret.ownerReferences().contains(wanted),
                Reasons.Secret.SECRET_OWNER_REF_MISMATCH,
                "the owner reference to the Certificate is missing");
    }

    private static Optional<Violation> ownedReference(Subject s) {
        var owned = s.secret
                .owned()
                .ownerUids()
                .contains(s.certificate.getMetadata().getUid());
        return fails(
                owned != s.settings.ownerReference(),
                Reasons.Secret.SECRET_OWNER_REF_MISMATCH,
                "the owner reference to the Certificate is not as the flag says");
    }

    /// Keys under our prefixes that no template asks for.
    private static Set<String> ours(Set<String> owned, Set<String> template) {
        var ours = new HashSet<>(owned);
        ours.removeIf(key -> template.contains(key) || !isOurs(key));
        return ours;
    }

    private static Set<String> others(Set<String> owned, Set<String> template) {
        var others = new HashSet<>(owned);
        others.removeIf(key -> isOurs(key) && !template.contains(key));
        return others;
    }

    private static boolean isOurs(String key) {
        return OUR_PREFIXES.stream().anyMatch(key::startsWith);
    }

    private static boolean differs(Map<String, String> template, Set<String> keys, Map<String, String> actual) {
        return keys.stream()
                .anyMatch(key -> actual.containsKey(key) && !actual.get(key).equals(template.get(key)));
    }

    private static Optional<Violation> fails(boolean violated, String reason, String message) {
        return violated ? Optional.of(new Violation(reason, message)) : Optional.empty();
    }
}
