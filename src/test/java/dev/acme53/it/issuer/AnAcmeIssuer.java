package dev.acme53.it.issuer;

import dev.acme53.api.AcmeIssuer;
import dev.acme53.api.Bytes;
import dev.acme53.api.ExternalAccountBinding;
import dev.acme53.api.SecretKeySelector;
import dev.acme53.api.Solver;
import dev.acme53.servers.AcmeCa;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `spec.acme` of an issuer that trusts its CA by bundle and whose key is in the Secret `account-key`, unless said
/// otherwise.
final class AnAcmeIssuer {
    private String server;
    private String email = "";
    private String trust;
    private boolean anyone;
    private String key = "account-key";
    private boolean noKeys;
    private String preferred = "";
    private @Nullable ExternalAccountBinding binding;
    private List<Solver> solvers = List.of();

    AnAcmeIssuer(AcmeCa ca) {
        server = ca.directory().toString();
        trust = ca.tlsRoot();
    }

    AnAcmeIssuer server(String url) {
        server = url;
        return this;
    }

    AnAcmeIssuer email(String address) {
        email = address;
        return this;
    }

    AnAcmeIssuer trusting(String pem) {
        trust = pem;
        return this;
    }

    AnAcmeIssuer trustingAnyone() {
        trust = "";
        anyone = true;
        return this;
    }

    AnAcmeIssuer key(String secret) {
        key = secret;
        return this;
    }

    AnAcmeIssuer withoutKeyGeneration() {
        noKeys = true;
        return this;
    }

    AnAcmeIssuer preferring(String chain) {
        preferred = chain;
        return this;
    }

    /// The MAC key is the entry `mac`.
    AnAcmeIssuer boundBy(String keyId, String secret) {
        binding = new ExternalAccountBinding(keyId, new SecretKeySelector(secret, "mac"), null);
        return this;
    }

    AnAcmeIssuer solvers(List<Solver> all) {
        solvers = all;
        return this;
    }

    AcmeIssuer build() {
        return new AcmeIssuer(
                email,
                server,
                preferred,
                Bytes.ofText(trust),
                anyone,
                binding,
                new SecretKeySelector(key, ""),
                solvers,
                noKeys,
                false,
                null,
                null);
    }
}
