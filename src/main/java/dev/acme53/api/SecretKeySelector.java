package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// One entry of a Secret. Go writes some of these even when unset, with an empty `name` (api.md §12).
@OmitEmpty
public record SecretKeySelector(
        @JsonInclude(JsonInclude.Include.ALWAYS) String name, String key) {
    static final SecretKeySelector UNSET = new SecretKeySelector("", "");

    public SecretKeySelector(@Nullable String name, @Nullable String key) {
        this.name = Absent.or(name);
        this.key = Absent.or(key);
    }

    static SecretKeySelector or(@Nullable SecretKeySelector selector) {
        return selector == null ? UNSET : selector;
    }

    /// Whether a Secret is named.
    @JsonIgnore
    public boolean isSet() {
        return !name.isEmpty();
    }

    /// The entry's key, or `other` when none is given.
    public String keyOr(String other) {
        return key.isEmpty() ? other : key;
    }
}
