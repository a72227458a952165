package dev.acme53.sim;

import java.net.URI;
import java.util.function.Supplier;

/// The agent of EKS Pod Identity on a node: it gives a role's credentials for a Pod's token.
public final class PodIdentityAgent extends BesideServer {
    private final Supplier<String> token;
    private final Supplier<SessionKey> credentials;
    private volatile boolean talkative;

    /// @param token the one that is accepted
    public PodIdentityAgent(Supplier<String> token, Supplier<SessionKey> credentials) {
        this.token = token;
        this.credentials = credentials;
    }

    /// From now on its refusals repeat the token that was shown.
    public void becomeTalkative() {
        talkative = true;
    }

    /// For `AWS_CONTAINER_CREDENTIALS_FULL_URI`.
    public URI credentialsUri() {
        return endpoint().resolve("/v1/credentials");
    }

    @Override
    Reply reply(Seen request) {
        if (!request.path().equals("/v1/credentials")) {
            return new Reply(404, "");
        }
        return request.header("authorization").equals(token.get())
                ? new Reply(200, credentials.get().json(""))
                : new Reply(
                        400,
                        "{\"code\":\"InvalidTokenException\",\"message\":\"Token%s could not be verified\"}"
                                .formatted(talkative ? " " + request.header("authorization") : ""));
    }
}
