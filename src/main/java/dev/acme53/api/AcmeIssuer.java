package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An account at an ACME CA and how its challenges are solved. `server` is the directory URL.
@OmitEmpty
public record AcmeIssuer(
        String email,
        @JsonInclude(JsonInclude.Include.ALWAYS) String server,
        String preferredChain,
        Bytes caBundle,

        @JsonProperty("skipTLSVerify") @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        boolean skipTLSVerify,

        @Nullable ExternalAccountBinding externalAccountBinding,
        @JsonInclude(JsonInclude.Include.ALWAYS) SecretKeySelector privateKeySecretRef,
        List<Solver> solvers,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean disableAccountKeyGeneration,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean enableDurationFeature,
        String profile,
        @Nullable RenewalInformationSource renewalInformationSource) {

    public AcmeIssuer(
            @Nullable String email,
            @Nullable String server,
            @Nullable String preferredChain,
            @Nullable Bytes caBundle,
            boolean skipTLSVerify,
            @Nullable ExternalAccountBinding externalAccountBinding,
            @Nullable SecretKeySelector privateKeySecretRef,
            @Nullable List<Solver> solvers,
            boolean disableAccountKeyGeneration,
            boolean enableDurationFeature,
            @Nullable String profile,
            @Nullable RenewalInformationSource renewalInformationSource) {
        this.email = Absent.or(email);
        this.server = Absent.or(server);
        this.preferredChain = Absent.or(preferredChain);
        this.caBundle = caBundle == null ? Bytes.EMPTY : caBundle;
        this.skipTLSVerify = skipTLSVerify;
        this.externalAccountBinding = externalAccountBinding;
        this.privateKeySecretRef = SecretKeySelector.or(privateKeySecretRef);
        this.solvers = Absent.or(solvers);
        this.disableAccountKeyGeneration = disableAccountKeyGeneration;
        this.enableDurationFeature = enableDurationFeature;
        this.profile = Absent.or(profile);
        this.renewalInformationSource = renewalInformationSource;
    }
}
