package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What certificate is wanted, of whom, and where it is kept (api.md §3.1).
@OmitEmpty
public record CertificateSpec(
        @Nullable Subject subject,
        String literalSubject,
        String commonName,
        String duration,
        String renewBefore,
        @Nullable Integer renewBeforePercentage,
        @Nullable Renewal renewal,
        @JsonProperty("dnsNames") List<String> dnsNames,
        @JsonProperty("ipAddresses") List<String> ipAddresses,
        @JsonProperty("uris") List<String> uris,
        List<OtherName> otherNames,
        List<String> emailAddresses,
        @JsonInclude(JsonInclude.Include.ALWAYS) String secretName,
        @Nullable SecretTemplate secretTemplate,
        @Nullable Keystores keystores,
        @JsonInclude(JsonInclude.Include.ALWAYS) IssuerRef issuerRef,

        @JsonProperty("isCA") @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        boolean isCA,

        List<KeyUsage> usages,
        @Nullable PrivateKey privateKey,
        @Nullable SignatureAlgorithm signatureAlgorithm,
        @Nullable Boolean encodeUsagesInRequest,
        @Nullable Integer revisionHistoryLimit,
        List<OutputFormat> additionalOutputFormats,
        @Nullable NameConstraints nameConstraints) {

    public CertificateSpec(
            @Nullable Subject subject,
            @Nullable String literalSubject,
            @Nullable String commonName,
            @Nullable String duration,
            @Nullable String renewBefore,
            @Nullable Integer renewBeforePercentage,
            @Nullable Renewal renewal,
            @Nullable List<String> dnsNames,
            @Nullable List<String> ipAddresses,
            @Nullable List<String> uris,
            @Nullable List<OtherName> otherNames,
            @Nullable List<String> emailAddresses,
            @Nullable String secretName,
            @Nullable SecretTemplate secretTemplate,
            @Nullable Keystores keystores,
            @Nullable IssuerRef issuerRef,
            boolean isCA,
            @Nullable List<KeyUsage> usages,
            @Nullable PrivateKey privateKey,
            @Nullable SignatureAlgorithm signatureAlgorithm,
            @Nullable Boolean encodeUsagesInRequest,
            @Nullable Integer revisionHistoryLimit,
            @Nullable List<OutputFormat> additionalOutputFormats,
            @Nullable NameConstraints nameConstraints) {
        this.subject = subject;
        this.literalSubject = Absent.or(literalSubject);
        this.commonName = Absent.or(commonName);
        this.duration = Absent.or(duration);
        this.renewBefore = Absent.or(renewBefore);
        this.renewBeforePercentage = renewBeforePercentage;
        this.renewal = renewal;
        this.dnsNames = Absent.or(dnsNames);
        this.ipAddresses = Absent.or(ipAddresses);
        this.uris = Absent.or(uris);
        this.otherNames = Absent.or(otherNames);
        this.emailAddresses = Absent.or(emailAddresses);
        this.secretName = Absent.or(secretName);
        this.secretTemplate = secretTemplate;
        this.keystores = keystores;
        this.issuerRef = IssuerRef.or(issuerRef);
        this.isCA = isCA;
        this.usages = Absent.or(usages);
        this.privateKey = privateKey;
        this.signatureAlgorithm = signatureAlgorithm;
        this.encodeUsagesInRequest = encodeUsagesInRequest;
        this.revisionHistoryLimit = revisionHistoryLimit;
        this.additionalOutputFormats = Absent.or(additionalOutputFormats);
        this.nameConstraints = nameConstraints;
    }

    static final CertificateSpec NONE = new CertificateSpec(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, false, null,
            null, null, null, null, null, null);
}
