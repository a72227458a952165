package dev.acme53.certificate;

import dev.acme53.api.CertificateSpec;
import dev.acme53.api.GoDuration;
import dev.acme53.api.KeyEncoding;
import dev.acme53.api.KeyUsage;
import dev.acme53.api.NameConstraintItem;
import dev.acme53.api.RotationPolicy;
import dev.acme53.x509.CsrTemplate;
import dev.acme53.x509.KeySpec;
import dev.acme53.x509.NameConstraints;
import dev.acme53.x509.OtherName;
import dev.acme53.x509.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A Certificate's spec in the values of the library rooms, defaults counted (api.md §3.1).
final class SpecValues {
    private static final Duration DEFAULT_DURATION = Duration.ofDays(90);

    private SpecValues() {}

    /// Empty for an algorithm and size that do not go together, which only a Certificate from before our schema can
    /// have.
    static Optional<KeySpec> key(CertificateSpec spec) {
        var key = spec.privateKey();
        if (key == null) {
            return Optional.of(KeySpec.DEFAULT);
        }
        var size = key.size();
        return KeySpec.of(
                key.algorithm() == null ? null : key.algorithm().text(),
                size == null ? null : Math.clamp(size, -1, Integer.MAX_VALUE));
    }

    static boolean reusesKey(CertificateSpec spec) {
        return spec.privateKey() != null && spec.privateKey().rotationPolicy() == RotationPolicy.NEVER;
    }

    static boolean isPkcs8(CertificateSpec spec) {
        return spec.privateKey() != null && spec.privateKey().encoding() == KeyEncoding.PKCS8;
    }

    static Duration duration(CertificateSpec spec) {
        return GoDuration.parse(spec.duration()).filter(Duration::isPositive).orElse(DEFAULT_DURATION);
    }

    static CsrTemplate template(CertificateSpec spec) {
        return new CsrTemplate(
                subject(spec),
                spec.literalSubject(),
                spec.dnsNames(),
                spec.emailAddresses(),
                spec.ipAddresses(),
                spec.uris(),
                otherNames(spec),
                usages(spec.usages()),
                !Boolean.FALSE.equals(spec.encodeUsagesInRequest()),
                spec.isCA(),
                constraints(spec),
                spec.signatureAlgorithm() == null
                        ? null
                        : spec.signatureAlgorithm().text());
    }

    static Subject subject(CertificateSpec spec) {
        var subject = spec.subject();
        return subject == null
                ? Subject.ofCommonName(spec.commonName())
                : new Subject(
                        spec.commonName(),
                        subject.serialNumber(),
                        subject.countries(),
                        subject.organizations(),
                        subject.organizationalUnits(),
                        subject.localities(),
                        subject.provinces(),
                        subject.streetAddresses(),
                        subject.postalCodes());
    }

    static List<OtherName> otherNames(CertificateSpec spec) {
        return spec.otherNames().stream()
                .map(o -> new OtherName(o.oid(), o.utf8Value()))
                .toList();
    }

    private static List<String> usages(List<KeyUsage> usages) {
        return usages.stream().map(KeyUsage::text).toList();
    }

    private static @Nullable NameConstraints constraints(CertificateSpec spec) {
        var constraints = spec.nameConstraints();
        return constraints == null
                ? null
                : new NameConstraints(
                        constraints.critical(), subtrees(constraints.permitted()), subtrees(constraints.excluded()));
    }

    private static NameConstraints.Subtrees subtrees(@Nullable NameConstraintItem item) {
        return item == null
                ? NameConstraints.Subtrees.NONE
                : new NameConstraints.Subtrees(
                        item.dnsDomains(), item.ipRanges(), item.emailAddresses(), item.uriDomains());
    }
}
