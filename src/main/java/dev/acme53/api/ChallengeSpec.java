package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// What is to be proven and how, immutable (api.md §7.1). `dnsName` has no `*.`; `key` is for DNS-01 the value of the
/// TXT record.
@OmitEmpty
public record ChallengeSpec(
        @JsonProperty("url") @JsonInclude(JsonInclude.Include.ALWAYS)
        String url,

        @JsonProperty("authorizationURL") @JsonInclude(JsonInclude.Include.ALWAYS)
        String authorizationURL,

        @JsonProperty("dnsName") @JsonInclude(JsonInclude.Include.ALWAYS)
        String dnsName,

        @JsonInclude(JsonInclude.Include.ALWAYS) boolean wildcard,
        @Nullable ChallengeType type,
        @JsonInclude(JsonInclude.Include.ALWAYS) String token,
        @JsonInclude(JsonInclude.Include.ALWAYS) String key,
        @JsonInclude(JsonInclude.Include.ALWAYS) Solver solver,
        @JsonInclude(JsonInclude.Include.ALWAYS) IssuerRef issuerRef) {

    public ChallengeSpec(
            @Nullable String url,
            @Nullable String authorizationURL,
            @Nullable String dnsName,
            boolean wildcard,
            @Nullable ChallengeType type,
            @Nullable String token,
            @Nullable String key,
            @Nullable Solver solver,
            @Nullable IssuerRef issuerRef) {
        this.url = Absent.or(url);
        this.authorizationURL = Absent.or(authorizationURL);
        this.dnsName = Absent.or(dnsName);
        this.wildcard = wildcard;
        this.type = type;
        this.token = Absent.or(token);
        this.key = Absent.or(key);
        this.solver = Solver.or(solver);
        this.issuerRef = IssuerRef.or(issuerRef);
    }

    /// Whether this controller solves it: DNS-01 by Route 53 for an issuer of our group.
    @JsonIgnore
    public boolean isServed() {
        return type == ChallengeType.DNS_01 && solver.route53().isPresent() && issuerRef.isServedGroup();
    }
}
