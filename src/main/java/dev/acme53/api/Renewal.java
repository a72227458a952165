package dev.acme53.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// When a certificate is renewed for its age.
@OmitEmpty
public record Renewal(@Nullable RenewalPolicy policy, List<RenewalWindow> windows) {

    public Renewal(@Nullable RenewalPolicy policy, @Nullable List<RenewalWindow> windows) {
        this.policy = policy;
        this.windows = Absent.or(windows);
    }
}
