package dev.acme53.sim;

import java.util.Optional;
import java.util.function.Supplier;

/// The metadata service of an EC2 instance, version 2 only: a GET without a session token is refused.
public final class InstanceMetadataServer extends BesideServer {
    private static final String TOKEN = "AQAEAsession==";
    private static final String ROLES = "/latest/meta-data/iam/security-credentials/";
    private final String role;
    private final Supplier<SessionKey> credentials;
    private volatile Optional<Integer> refusal = Optional.empty();

    /// @param role the name of the instance's role; empty for none
    /// @param credentials asked at each request
    public InstanceMetadataServer(String role, Supplier<SessionKey> credentials) {
        this.role = role;
        this.credentials = credentials;
    }

    /// From now on every request gets this status.
    public void refuse(int status) {
        refusal = Optional.of(status);
    }

    @Override
    Reply reply(Seen request) {
        if (refusal.isPresent()) {
            return new Reply(refusal.get(), "");
        }
        if (request.method().equals("PUT") && request.path().equals("/latest/api/token")) {
            return request.header("x-aws-ec2-metadata-token-ttl-seconds").matches("[0-9]+")
                    ? new Reply(200, TOKEN)
                    : new Reply(400, "");
        }
        if (!request.header("x-aws-ec2-metadata-token").equals(TOKEN)) {
            return new Reply(401, "");
        }
        if (role.isEmpty()) {
            return new Reply(404, "");
        }
        if (request.path().equals(ROLES)) {
            return new Reply(200, role);
        }
        return request.path().equals(ROLES + role)
                ? new Reply(200, credentials.get().json("\"Code\":\"Success\",\"Type\":\"AWS-HMAC\","))
                : new Reply(404, "");
    }
}
