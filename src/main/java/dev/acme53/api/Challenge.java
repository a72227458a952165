package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/// One challenge of an authorization (RFC 8555 §8, api.md §7).
@JsonIgnoreProperties(ignoreUnknown = true)
@Group("acme.cert-manager.io")
@Version("v1")
@Kind("Challenge")
@Plural("challenges")
@Singular("challenge")
public final class Challenge extends CustomResource<ChallengeSpec, ChallengeStatus> implements Namespaced {
    /// Never null: an empty one until the API server says otherwise.
    public ChallengeStatus statusOrEmpty() {
        var status = getStatus();
        return status == null ? ChallengeStatus.empty() : status;
    }

    @Override
    protected ChallengeStatus initStatus() {
        return ChallengeStatus.empty();
    }
}
