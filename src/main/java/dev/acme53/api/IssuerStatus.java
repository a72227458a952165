package dev.acme53.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where an issuer stands (api.md §5.4).
@OmitEmpty
public record IssuerStatus(
        List<Condition> conditions, @Nullable AcmeAccountStatus acme) {

    private static final IssuerStatus EMPTY = new IssuerStatus(List.of(), null);

    public IssuerStatus(@Nullable List<Condition> conditions, @Nullable AcmeAccountStatus acme) {
        this.conditions = Absent.or(conditions);
        this.acme = acme;
    }

    /// The status of an object that has none yet.
    public static IssuerStatus empty() {
        return EMPTY;
    }
}
