package dev.acme53.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A web identity token (JWT), as STS reads one.
///
/// @param audiences the `aud` claim, a text or a list of them
record WebIdentity(String issuer, String subject, List<String> audiences, long expires) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Reads a token and holds it against its provider.
    ///
    /// @throws Refusal `InvalidIdentityToken`, `ExpiredTokenException`
    static WebIdentity verified(String token, Accounts accounts, Instant now) {
        var parts = token.split("\\.");
        if (parts.length != 3) {
            throw notAToken();
        }
        var header = json(parts[0]);
        var claims = json(parts[1]);
        var identity = new WebIdentity(
                claims.path("iss").asText(),
                claims.path("sub").asText(),
                audiences(claims.path("aud")),
                claims.path("exp").asLong());
        var provider = accounts.provider(identity.issuer())
                .orElseThrow(() -> invalid("No OpenIDConnect provider found in your account for " + identity.issuer()));
        if (!provider.keys().isEmpty()) {
            verify(header, token, provider);
        }
        if (identity.audiences().stream().noneMatch(provider.clientIds()::contains)) {
            throw invalid("Incorrect token audience");
        }
        if (now.getEpochSecond() >= identity.expires()) {
            throw new Refusal(
                    400,
                    "ExpiredTokenException",
                    "Token expired: current date/time %d must be before the expiration date/time %d"
                            .formatted(now.getEpochSecond(), identity.expires()));
        }
        return identity;
    }

    boolean satisfies(Role.Trust trust) {
        return switch (trust) {
            case Role.Trust.Principal _ -> false;
            case Role.Trust.WebIdentity web ->
                web.issuer().equals(issuer)
                        && (web.subjects().isEmpty() || web.subjects().contains(subject))
                        && (web.audiences().isEmpty() || audiences.stream().anyMatch(web.audiences()::contains));
        };
    }

    private static void verify(JsonNode header, String token, OidcProvider provider) {
        var key = provider.keys().get(header.path("kid").asText());
        if (key == null || !isSigned(token, header.path("alg").asText(), key)) {
            throw invalid("Couldn't retrieve verification key from your identity provider, please reference "
                    + "AssumeRoleWithWebIdentity documentation for requirements");
        }
    }

    private static boolean isSigned(String token, String algorithm, PublicKey key) {
        int end = token.lastIndexOf('.');
        try {
            var signature = Signature.getInstance(
                    switch (algorithm) {
                        case "RS256" -> "SHA256withRSA";
                        case "ES256" -> "SHA256withECDSAinP1363Format";
                        default -> throw notAToken();
                    });
            signature.initVerify(key);
            signature.update(token.substring(0, end).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(token.substring(end + 1)));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return false;
        }
    }

    private static List<String> audiences(JsonNode node) {
        var audiences = new ArrayList<String>();
        if (node.isArray()) {
            node.forEach(n -> audiences.add(n.asText()));
        } else {
            audiences.add(node.asText());
        }
        return List.copyOf(audiences);
    }

    private static JsonNode json(String part) {
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(part));
        } catch (IOException | IllegalArgumentException _) {
            throw notAToken();
        }
    }

    private static Refusal notAToken() {
        return invalid(
                "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)");
    }

    private static Refusal invalid(String message) {
        return new Refusal(400, "InvalidIdentityToken", message);
    }
}
