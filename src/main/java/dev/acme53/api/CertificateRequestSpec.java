package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is to be signed, immutable (api.md §4.1). `request` is the PEM text of a CSR. Who asked (`username` to
/// `extra`) is not proven unless an admission policy says so.
@OmitEmpty
public record CertificateRequestSpec(
        String duration,
        @JsonInclude(JsonInclude.Include.ALWAYS) IssuerRef issuerRef,
        @JsonInclude(JsonInclude.Include.ALWAYS) Bytes request,

        @JsonProperty("isCA") @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        boolean isCA,

        List<KeyUsage> usages,
        String username,
        String uid,
        List<String> groups,
        Map<String, List<String>> extra) {

    public CertificateRequestSpec(
            @Nullable String duration,
            @Nullable IssuerRef issuerRef,
            @Nullable Bytes request,
            boolean isCA,
            @Nullable List<KeyUsage> usages,
            @Nullable String username,
            @Nullable String uid,
            @Nullable List<String> groups,
            @Nullable Map<String, List<String>> extra) {
        this.duration = Absent.or(duration);
        this.issuerRef = IssuerRef.or(issuerRef);
        this.request = request == null ? Bytes.EMPTY : request;
        this.isCA = isCA;
        this.usages = Absent.or(usages);
        this.username = Absent.or(username);
        this.uid = Absent.or(uid);
        this.groups = Absent.or(groups);
        this.extra = Absent.or(extra);
    }

    static final CertificateRequestSpec NONE =
            new CertificateRequestSpec(null, null, null, false, null, null, null, null, null);
}
