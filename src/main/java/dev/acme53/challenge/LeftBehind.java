package dev.acme53.challenge;

import dev.acme53.api.Challenge;
import dev.acme53.api.EventReasons;
import dev.acme53.api.FieldManagers;
import dev.acme53.reconcile.StageContext;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/// Lets Challenges go whose records could not be removed, and says where these are: by an event and a count.
final class LeftBehind {
    private final StageContext context;
    private final ChallengeObjects objects;
    private final Counter count;

    LeftBehind(StageContext context, ChallengeObjects objects, MeterRegistry meters) {
        this.context = context;
        this.objects = objects;
        count = ChallengeStage.leftOver(meters);
    }

    /// A namespace that is being deleted takes no new Events: there the event is about the namespace.
    Optional<Challenge> letGo(Challenge challenge, Outcome.LeftBehind left) {
        HasMetadata about = left.terminating()
                ? new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(challenge.getMetadata().getNamespace())
                        .endMetadata()
                        .build()
                : challenge;
        context.events()
                .warning(
                        about,
                        FieldManagers.CHALLENGES,
                        EventReasons.Challenge.RECORD_LEFT_BEHIND,
                        text(challenge, left.reason()));
        var released = objects.release(challenge);
        count.increment();
        return released;
    }

    /// Names what has to be removed by hand.
    static String text(Challenge challenge, String reason) {
        var written = WrittenRecord.of(challenge);
        var name = written.map(WrittenRecord::name)
                .or(() -> ChallengeName.of(challenge.getSpec()))
                .map(Object::toString)
                .orElse("_acme-challenge");
        var zone = written.map(w -> "hosted zone " + w.zoneId())
                .orElseGet(() -> "the hosted zone of \"" + challenge.getSpec().dnsName() + "\"");
        return "The TXT record \"%s\" with the value \"%s\" may be left in %s, remove it by hand: %s"
                .formatted(name, challenge.getSpec().key(), zone, reason);
    }
}
