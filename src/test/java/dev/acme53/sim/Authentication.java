package dev.acme53.sim;

/// From a signed request to whoever signed it.
final class Authentication {
    private final Accounts accounts;
    private final SimulatorSettings settings;

    Authentication(Accounts accounts, SimulatorSettings settings) {
        this.accounts = accounts;
        this.settings = settings;
    }

    /// @throws Refusal `InvalidClientTokenId`, `SignatureDoesNotMatch`, `ExpiredToken` and the like
    Identity authenticate(CallInProgress call, String service) {
        var request = call.request();
        var authorization = SignatureV4.authorization(request);
        call.signedBy(authorization);
        var identity = accounts.identity(authorization.accessKeyId()).orElseThrow(Authentication::unknown);
        call.isFrom(identity);
        if (!request.header("x-amz-security-token").equals(identity.sessionToken())) {
            throw unknown();
        }
        SignatureV4.verify(request, authorization, service, identity.key().secret());
        if (!settings.clock().instant().isBefore(identity.expires())) {
            throw new Refusal(403, "ExpiredToken", "The security token included in the request is expired");
        }
        return identity;
    }

    private static Refusal unknown() {
        return new Refusal(403, "InvalidClientTokenId", "The security token included in the request is invalid.");
    }
}
