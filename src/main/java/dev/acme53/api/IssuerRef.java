package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// Who signs. `kind` and `group` stay empty when the user left them out: they are copied as they are, and the
/// defaults are only read (api.md §2.1).
@OmitEmpty
public record IssuerRef(
        @JsonInclude(JsonInclude.Include.ALWAYS) String name, String kind, String group) {
    /// The API group of our issuers.
    public static final String GROUP = "cert-manager.io";

    public static final String ISSUER = "Issuer";
    public static final String CLUSTER_ISSUER = "ClusterIssuer";

    static final IssuerRef NONE = new IssuerRef("", "", "");

    public IssuerRef(@Nullable String name, @Nullable String kind, @Nullable String group) {
        this.name = Absent.orShared(name);
        this.kind = Absent.orShared(kind);
        this.group = Absent.orShared(group);
    }

    static IssuerRef or(@Nullable IssuerRef ref) {
        return ref == null ? NONE : ref;
    }

    /// `Issuer` when left out.
    public String kindOrDefault() {
        return kind.isEmpty() ? ISSUER : kind;
    }

    /// `cert-manager.io` when left out.
    public String groupOrDefault() {
        return group.isEmpty() ? GROUP : group;
    }

    /// Whether the issuer is of our group at all; others belong to somebody else.
    @JsonIgnore
    public boolean isServedGroup() {
        return groupOrDefault().equals(GROUP);
    }

    /// Whether a ClusterIssuer is meant, else an Issuer of the same namespace.
    @JsonIgnore
    public boolean isClusterIssuer() {
        return kind.equals(CLUSTER_ISSUER);
    }

    /// Whether both name the same issuer, defaults counted.
    public boolean means(IssuerRef other) {
        return name.equals(other.name)
                && kindOrDefault().equals(other.kindOrDefault())
                && groupOrDefault().equals(other.groupOrDefault());
    }

    /// Whether an object in `namespace` that has this reference means `issuer`.
    public boolean means(AnyIssuer issuer, String namespace) {
        var meta = issuer.getMetadata();
        return isServedGroup()
                && kindOrDefault().equals(issuer.getKind())
                && name.equals(meta.getName())
                && (isClusterIssuer() || namespace.equals(meta.getNamespace()));
    }
}
