package dev.acme53.aws;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.acme53.sim.OidcProvider;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;

/// A cluster's OIDC provider as IAM would have it: its issuer, and the keys by which it signs ServiceAccount tokens.
public final class ClusterTokens {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ClusterTokens() {}

    /// @param audiences those it lists
    public static OidcProvider provider(KubernetesClient admin, String... audiences) {
        try {
            var issuer = JSON.readTree(admin.raw("/.well-known/openid-configuration"))
                    .path("issuer")
                    .asText();
            var keys = new HashMap<String, PublicKey>();
            for (var key : new JsonWebKeySet(admin.raw("/openid/v1/jwks")).getJsonWebKeys()) {
                keys.put(key.getKeyId(), (PublicKey) key.getKey());
            }
            return new OidcProvider(issuer, Set.of(audiences), keys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The claims of a token.
    static Map<?, ?> claims(String token) {
        try {
            return JSON.readValue(
                    new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8),
                    Map.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
