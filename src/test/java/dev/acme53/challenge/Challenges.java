package dev.acme53.challenge;

import dev.acme53.api.Annotations;
import dev.acme53.api.Challenge;
import dev.acme53.api.ChallengeSpec;
import dev.acme53.api.ChallengeStatus;
import dev.acme53.api.ChallengeType;
import dev.acme53.api.CnameStrategy;
import dev.acme53.api.Dns01Solver;
import dev.acme53.api.Finalizers;
import dev.acme53.api.IssuerRef;
import dev.acme53.api.Route53Solver;
import dev.acme53.api.Solver;
import dev.acme53.api.State;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Challenges with valid defaults.
final class Challenges {
    static final String KEY = "LPsIwTo7o8BoG0-vjCyGQGBWSVIPxI-i_X336eUOQZo";

    private Challenges() {}

    static Challenge challenge() {
        return of(spec("www.example.com", KEY, solver("", null, null)));
    }

    /// One whose solver names its zone.
    static Challenge challenge(String zone) {
        return of(spec("www.example.com", KEY, solver(zone, null, null)));
    }

    static Challenge of(ChallengeSpec spec) {
        var challenge = new Challenge();
        challenge.setMetadata(new ObjectMetaBuilder()
                .withName("c")
                .withNamespace("ns")
                .withUid("u")
                .build());
        challenge.setSpec(spec);
        return challenge;
    }

    static ChallengeSpec spec(String name, String key, Solver solver) {
        return new ChallengeSpec(
                "https://ca.test/chall/1",
                "https://ca.test/authz/1",
                name,
                false,
                ChallengeType.DNS_01,
                "token",
                key,
                solver,
                new IssuerRef("le", "ClusterIssuer", ""));
    }

    static Solver solver(String zone, @Nullable CnameStrategy strategy, @Nullable String wait) {
        return new Solver(
                null,
                null,
                new Dns01Solver(strategy, List.of(), new Route53Solver(null, "", null, null, "", zone, "", null), null),
                wait,
                null);
    }

    static Challenge with(Challenge challenge, ChallengeStatus status) {
        challenge.setStatus(status);
        return challenge;
    }

    static Challenge claimed(Challenge challenge, String record) {
        challenge.getMetadata().setFinalizers(List.of(Finalizers.CHALLENGE));
        challenge.getMetadata().setAnnotations(Map.of(Annotations.ROUTE53_CHANGE, record));
        return challenge;
    }

    static ChallengeStatus status(boolean processing, boolean presented, @Nullable State state) {
        return new ChallengeStatus(
                processing, presented, presented ? Instant.parse("2026-01-01T00:00:00Z") : null, "", state);
    }
}
