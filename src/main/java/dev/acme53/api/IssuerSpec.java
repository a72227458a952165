package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which CA and how (api.md §5.1). Only `acme` is served.
@OmitEmpty
public record IssuerSpec(
        @Nullable AcmeIssuer acme,
        @JsonAnySetter @JsonAnyGetter Map<String, Preserved> otherTypes) {

    public IssuerSpec(@Nullable AcmeIssuer acme, @Nullable Map<String, Preserved> otherTypes) {
        this.acme = acme;
        this.otherTypes = Absent.or(otherTypes);
    }

    /// The member that says what type of issuer this is, `acme` or another; empty when none is given.
    public Optional<String> type() {
        return acme != null ? Optional.of("acme") : otherTypes.keySet().stream().findFirst();
    }
}
