package dev.acme53.challenge;

import dev.acme53.api.Challenge;
import dev.acme53.challenge.Memory.Fact;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The Challenges at work: what is remembered of each, and which of them have a place ([Admission]). One that waits out
/// of its turn has none until it asks again; one that rests is forgotten and leaves its place to the next.
///
/// Memories are kept by UID: a successor of the same name knows nothing of what its predecessor did.
final class AtWork {
    private final Admission admission;
    private final Supplier<List<Challenge>> processing;
    private final Map<String, Memory> memories = new ConcurrentHashMap<>();
    private final Confirmations confirmations = new Confirmations();
    private volatile Consumer<ResourceID> wake = _ -> {};

    /// @param most how many may have a place
    /// @param processing those whose status says that they are at work, as the cache has it
    AtWork(int most, Supplier<List<Challenge>> processing) {
        this.admission = new Admission(most);
        this.processing = processing;
    }

    void wakeBy(Consumer<ResourceID> wake) {
        this.wake = wake;
        admission.wakeBy(wake);
    }

    /// What is known of `challenge` when its next step is decided: what was confirmed meanwhile is not waited for any
    /// longer. A confirmation is kept until something waits, since the answer that says so may be older, and not
    /// collected yet.
    Memory recall(Challenge challenge, Instant now) {
        var memory = memory(challenge);
        if (memory.holds(Fact.IN_SYNC)) {
            confirmations.take(uid(challenge));
        } else if (awaitsConfirmation(memory, now) && confirmations.take(uid(challenge))) {
            memory = memory.due();
            memories.put(uid(challenge), memory);
        }
        return memory;
    }

    /// A wait after a failure, or of clean-up, is none for Route 53: it runs its time.
    private static boolean awaitsConfirmation(Memory memory, Instant now) {
        return now.isBefore(memory.notBefore()) && !memory.holds(Fact.OUT_OF_TURN) && !memory.holds(Fact.CLEANING);
    }

    /// What is known of `challenge`.
    Memory memory(Challenge challenge) {
        return memories.getOrDefault(uid(challenge), Memory.NONE);
    }

    /// Keeps `memory`, and gives the place of `challenge` to others while it says so.
    void remember(Challenge challenge, Memory memory) {
        memories.put(uid(challenge), memory);
        if (memory.holds(Fact.OUT_OF_TURN)) {
            admission.park(id(challenge));
        }
    }

    /// To be run when the change of `challenge` is decided; wakes it.
    Runnable confirmation(Challenge challenge) {
        var id = id(challenge);
        return confirmations.of(uid(challenge), () -> wake.accept(id));
    }

    /// Whether `challenge` has a place now; if not, it is woken when it is its turn.
    /// @param since when it was made; for one that comes back, when its next try became due
    boolean isAdmitted(Challenge challenge, Instant since) {
        var said = processing.get().stream().map(ResourceID::fromResource).collect(Collectors.toSet());
        return admission.admit(id(challenge), since, said);
    }

    /// Takes `challenge` out of the queue: it needs no place any more, or keeps the one it has.
    void withdraw(Challenge challenge) {
        admission.withdraw(id(challenge));
    }

    /// Gives the place of `challenge` back for good; what is known of it stays.
    void release(Challenge challenge) {
        admission.release(id(challenge));
    }

    /// Nothing is left to do for `challenge`.
    void forget(Challenge challenge) {
        memories.remove(uid(challenge));
        confirmations.forget(uid(challenge));
        release(challenge);
    }

    /// How many facts are kept, of all Challenges.
    int size() {
        return memories.size() + confirmations.size();
    }

    private static String uid(Challenge challenge) {
        return challenge.getMetadata().getUid();
    }

    private static ResourceID id(Challenge challenge) {
        return ResourceID.fromResource(challenge);
    }
}
