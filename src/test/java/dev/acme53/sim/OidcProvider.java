package dev.acme53.sim;

import java.security.PublicKey;
import java.util.Map;
import java.util.Set;

/// An IAM OpenID Connect provider, as EKS makes one for each cluster.
///
/// @param issuer the `iss` of its tokens
/// @param clientIds the audiences it accepts at all
/// @param keys its public keys by key id, RSA or P-256; empty: signatures are not looked at
public record OidcProvider(String issuer, Set<String> clientIds, Map<String, PublicKey> keys) {
    public OidcProvider {
        clientIds = Set.copyOf(clientIds);
        keys = Map.copyOf(keys);
    }
}
