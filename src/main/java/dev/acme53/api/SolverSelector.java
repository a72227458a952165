package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// For which names a solver is meant; an empty part matches all.
@OmitEmpty
public record SolverSelector(
        Map<String, String> matchLabels,
        @JsonProperty("dnsNames") List<String> dnsNames,
        @JsonProperty("dnsZones") List<String> dnsZones) {

    public SolverSelector(
            @Nullable Map<String, String> matchLabels,
            @Nullable List<String> dnsNames,
            @Nullable List<String> dnsZones) {
        this.matchLabels = Absent.or(matchLabels);
        this.dnsNames = Absent.or(dnsNames);
        this.dnsZones = Absent.or(dnsZones);
    }
}
