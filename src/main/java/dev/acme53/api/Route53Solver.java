package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whose credentials and which zone in Route 53 (api.md §5.3). Go writes `secretAccessKeySecretRef` even when unset.
@OmitEmpty
public record Route53Solver(
        @Nullable Route53Auth auth,
        @JsonProperty("accessKeyID") String accessKeyID,
        @JsonProperty("accessKeyIDSecretRef") @Nullable SecretKeySelector accessKeyIDSecretRef,
        @Nullable SecretKeySelector secretAccessKeySecretRef,
        String role,
        @JsonProperty("hostedZoneID") String hostedZoneID,
        String region,
        @JsonAnySetter @JsonAnyGetter Map<String, Preserved> more) {

    public Route53Solver(
            @Nullable Route53Auth auth,
            @Nullable String accessKeyID,
            @Nullable SecretKeySelector accessKeyIDSecretRef,
            @Nullable SecretKeySelector secretAccessKeySecretRef,
            @Nullable String role,
            @Nullable String hostedZoneID,
            @Nullable String region,
            @Nullable Map<String, Preserved> more) {
        this.auth = auth;
        this.accessKeyID = Absent.or(accessKeyID);
        this.accessKeyIDSecretRef = accessKeyIDSecretRef;
        this.secretAccessKeySecretRef = secretAccessKeySecretRef;
        this.role = Absent.or(role);
        this.hostedZoneID = Absent.or(hostedZoneID);
        this.region = Absent.or(region);
        this.more = Absent.or(more);
    }
}
