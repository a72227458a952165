package dev.acme53.challenge;

import dev.acme53.api.Challenge;
import dev.acme53.aws.AmbientRights;
import dev.acme53.aws.AwsIdentities;
import dev.acme53.aws.AwsSession;
import dev.acme53.aws.IssuerScope;
import dev.acme53.aws.Resolution;
import dev.acme53.route53.Caller;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// In whose name a Challenge's calls to AWS are made: that of its solver.
///
/// The session that a Challenge had last is kept, since its record may have to be removed when Secret or ServiceAccount
/// are gone: a namespace that is deleted takes them along, in no order (ADR 13). Of the process alone; by UID, so it
/// never serves another Challenge.
final class SolverSessions {
    /// No cluster has more Challenges at work; an entry is a few pointers, since sessions are shared.
    private static final int MOST = 20_000;

    private final AwsIdentities identities;
    private final ChallengeSettings settings;
    private final String clusterResourceNamespace;
    private final Map<String, AwsSession> last = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, AwsSession> eldest) {
            return size() > MOST;
        }
    };

    SolverSessions(AwsIdentities identities, ChallengeSettings settings, String clusterResourceNamespace) {
        this.identities = identities;
        this.settings = settings;
        this.clusterResourceNamespace = clusterResourceNamespace;
    }

    /// Who calls, or why nobody may.
    sealed interface Granted {
        record To(Caller caller) implements Granted {}

        record Refused(String message) implements Granted {}
    }

    /// What the solver's settings give now. Blocks.
    Granted now(Challenge challenge) {
        return switch (resolve(challenge)) {
            case Resolution.Granted(AwsSession session) -> new Granted.To(caller(session, challenge));
            case Resolution.Refused refused -> new Granted.Refused(refused.message());
        };
    }

    /// As [#now], else the session that the Challenge had last, for as long as it can sign: after that the refusal
    /// says what to mend. For clean-up alone. Blocks.
    Granted nowOrLast(Challenge challenge) {
        return switch (now(challenge)) {
            case Granted.To to -> to;
            case Granted.Refused refused ->
                last(challenge)
                        .filter(AwsSession::canSign)
                        .<Granted>map(session -> new Granted.To(caller(session, challenge)))
                        .orElse(refused);
        };
    }

    void forget(String uid) {
        synchronized (last) {
            last.remove(uid);
        }
    }

    private Resolution resolve(Challenge challenge) {
        var resolution = identities.resolve(
                challenge.getSpec().solver().route53().orElseThrow(),
                IssuerScope.of(
                        challenge.getSpec().issuerRef(),
                        challenge.getMetadata().getNamespace(),
                        clusterResourceNamespace,
                        new AmbientRights(settings.issuerAmbient(), settings.clusterIssuerAmbient())));
        if (resolution instanceof Resolution.Granted(AwsSession session)) {
            synchronized (last) {
                last.put(challenge.getMetadata().getUid(), session);
            }
        }
        return resolution;
    }

    private Optional<AwsSession> last(Challenge challenge) {
        synchronized (last) {
            @Nullable AwsSession session = last.get(challenge.getMetadata().getUid());
            return Optional.ofNullable(session);
        }
    }

    private static Caller caller(AwsSession session, Challenge challenge) {
        return new Caller(
                session.identity(),
                session.description().label(),
                challenge.getMetadata().getNamespace(),
                session.partition(),
                session.description().account().orElse(""),
                session::route53);
    }
}
