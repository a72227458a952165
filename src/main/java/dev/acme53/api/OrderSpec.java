package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is ordered (api.md §6.1). `request` is a CSR, in PEM as we write it.
@OmitEmpty
public record OrderSpec(
        @JsonInclude(JsonInclude.Include.ALWAYS) Bytes request,
        @JsonInclude(JsonInclude.Include.ALWAYS) IssuerRef issuerRef,
        String commonName,
        @JsonProperty("dnsNames") List<String> dnsNames,
        List<String> ipAddresses,
        String duration,
        String profile,
        String replaces) {

    public OrderSpec(
            @Nullable Bytes request,
            @Nullable IssuerRef issuerRef,
            @Nullable String commonName,
            @Nullable List<String> dnsNames,
            @Nullable List<String> ipAddresses,
            @Nullable String duration,
            @Nullable String profile,
            @Nullable String replaces) {
        this.request = request == null ? Bytes.EMPTY : request;
        this.issuerRef = IssuerRef.or(issuerRef);
        this.commonName = Absent.or(commonName);
        this.dnsNames = Absent.or(dnsNames);
        this.ipAddresses = Absent.or(ipAddresses);
        this.duration = Absent.or(duration);
        this.profile = Absent.or(profile);
        this.replaces = Absent.or(replaces);
    }
}
