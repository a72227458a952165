package dev.acme53.aws;

import java.util.function.Function;

/// Asks one source for credentials, once. Blocks.
final class CredentialFetcher {
    private final Function<String, StsCalls> sts;
    private final ServiceAccountTokens tokens;
    private final ContainerEndpoint containers;
    private final InstanceMetadata instances;
    private final CredentialProgram programs;

    /// @param sts for a region
    CredentialFetcher(
            Function<String, StsCalls> sts,
            ServiceAccountTokens tokens,
            ContainerEndpoint containers,
            InstanceMetadata instances,
            CredentialProgram programs) {
        this.sts = sts;
        this.tokens = tokens;
        this.containers = containers;
        this.instances = instances;
        this.programs = programs;
    }

    /// @param region of STS
    Fetch fetch(CredentialSource source, String region) {
        return switch (source) {
            case CredentialSource.Keys keys -> Fetch.Got.lasting(keys.credentials());
            case CredentialSource.Container container -> ambient(containers.fetch(container));
            case CredentialSource.Instance instance -> ambient(instances.fetch(instance));
            case CredentialSource.Program program -> ambient(programs.fetch(program));
            case CredentialSource.TokenFile file -> byFile(file, region);
            case CredentialSource.ServiceAccount account -> byAccount(account, region);
            case CredentialSource.Role(CredentialSource base, RoleRequest request) ->
                switch (fetch(base, region)) {
                    case Fetch.Got got -> sts.apply(region).assumeRole(request, got, () -> {});
                    case Fetch.Failed failed -> failed;
                };
        };
    }

    private static Fetch ambient(Fetch fetch) {
        return switch (fetch) {
            case Fetch.Got got -> got;
            case Fetch.Failed failed -> new Fetch.Failed(Refusals.ambient(failed.message()));
        };
    }

    private Fetch byFile(CredentialSource.TokenFile source, String region) {
        return switch (TokenText.in(source.file())) {
            case TokenText.Missing missing ->
                new Fetch.Failed(Refusals.WEB_IDENTITY + "the token file " + source.file() + " (" + source.setting()
                        + ") is " + missing.what());
            case TokenText.Text text ->
                sts.apply(region).assumeRoleWithWebIdentity(source.role(), source.sessionName(), text.text(), "");
        };
    }

    private Fetch byAccount(CredentialSource.ServiceAccount account, String region) {
        return switch (tokens.request(account)) {
            case ServiceAccountTokens.Answer.Refused refused -> new Fetch.Failed(refused.message());
            case ServiceAccountTokens.Answer.Token token ->
                switch (sts.apply(region)
                        .assumeRoleWithWebIdentity(
                                account.role(),
                                RoleRequest.SESSION_NAME,
                                token.token(),
                                "system:serviceaccount:" + account.namespace() + ":" + account.name())) {
                    case Fetch.Got got -> got.forAccount(token.uid());
                    case Fetch.Failed failed -> failed;
                };
        };
    }
}
