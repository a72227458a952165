package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A DNS01 solver. `nameservers` are for its propagation check alone.
@OmitEmpty
public record Dns01Solver(
        @Nullable CnameStrategy cnameStrategy,
        List<String> nameservers,
        @Nullable Route53Solver route53,
        @JsonAnySetter @JsonAnyGetter Map<String, Preserved> otherProviders) {

    public Dns01Solver(
            @Nullable CnameStrategy cnameStrategy,
            @Nullable List<String> nameservers,
            @Nullable Route53Solver route53,
            @Nullable Map<String, Preserved> otherProviders) {
        this.cnameStrategy = cnameStrategy;
        this.nameservers = Absent.or(nameservers);
        this.route53 = route53;
        this.otherProviders = Absent.or(otherProviders);
    }
}
