package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A ServiceAccount in the issuer's resource namespace; `audiences` replace the default one.
@OmitEmpty
public record ServiceAccountRef(
        @JsonInclude(JsonInclude.Include.ALWAYS) String name, List<String> audiences) {

    public ServiceAccountRef(@Nullable String name, @Nullable List<String> audiences) {
        this.name = Absent.or(name);
        this.audiences = Absent.or(audiences);
    }
}
