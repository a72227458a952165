package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How challenges are solved for the names that `selector` picks; without selector for all (api.md §5.2). Only DNS01 in
/// Route 53 is served.
/// `waitInsteadOfSelfCheck` is a duration, and absent and empty differ.
@OmitEmpty
public record Solver(
        @Nullable SolverSelector selector,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Preserved http01,
        @Nullable Dns01Solver dns01,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String waitInsteadOfSelfCheck,
        @JsonAnySetter @JsonAnyGetter Map<String, Preserved> more) {

    public Solver(
            @Nullable SolverSelector selector,
            @Nullable Preserved http01,
            @Nullable Dns01Solver dns01,
            @Nullable String waitInsteadOfSelfCheck,
            @Nullable Map<String, Preserved> more) {
        this.selector = selector;
        this.http01 = http01;
        this.dns01 = dns01;
        this.waitInsteadOfSelfCheck = waitInsteadOfSelfCheck;
        this.more = Absent.or(more);
    }

    static final Solver NONE = new Solver(null, null, null, null, null);

    static Solver or(@Nullable Solver solver) {
        return solver == null ? NONE : solver;
    }

    /// The Route 53 settings, when this solver is one that we serve.
    @JsonIgnore
    public Optional<Route53Solver> route53() {
        return Optional.ofNullable(dns01).map(Dns01Solver::route53);
    }

    /// Whether records are written where CNAMEs lead.
    public boolean followsCnames() {
        return dns01 != null && dns01.cnameStrategy() == CnameStrategy.FOLLOW;
    }

    /// Whether this solver answers challenges of `type` at all.
    public boolean solves(ChallengeType type) {
        return switch (type) {
            case DNS_01 -> dns01 != null;
            case HTTP_01 -> http01 != null;
        };
    }

    /// Whether both say the same: as the peer's structs would hold them, so that what a write by it adds (an empty
    /// `secretAccessKeySecretRef`, say) makes no difference.
    public boolean isSameAs(Solver other) {
        return HashedSpecs.solverText(this).equals(HashedSpecs.solverText(other));
    }
}
