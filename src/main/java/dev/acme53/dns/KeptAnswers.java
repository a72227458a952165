package dev.acme53.dns;

import dev.acme53.names.DnsName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Answers of recursive servers, each kept for its [Lifetime]; what is being asked is not asked a second time, but its
/// answer shared. Failures are told to those who wait for them, and not kept.
///
/// Of the process alone. Safe for any number of threads.
final class KeptAnswers {
    /// An entry is some hundred octets.
    static final int MOST = 5_000;

    /// @param servers asked one after the other
    /// @param type of [org.xbill.DNS.Type]
    record Question(List<Nameserver> servers, DnsName name, int type) {}

    private final InstantSource clock;
    private final Map<Question, Slot> slots;

    KeptAnswers(InstantSource clock) {
        this(clock, MOST);
    }

    /// @param most how many are kept: beyond that the one goes that nobody wanted for the longest time
    KeptAnswers(InstantSource clock, int most) {
        this.clock = clock;
        this.slots = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Question, Slot> eldest) {
                return size() > most;
            }
        };
    }

    /// What is known, else what `ask` says.
    Answer get(Question question, Supplier<Answer> ask) {
        var mine = new Slot();
        var slot = alive(question, mine);
        return slot == mine ? filled(question, mine, ask) : slot.answer.join();
    }

    /// The slot of the question: `fresh` when nobody asks it and nothing is known.
    private Slot alive(Question question, Slot fresh) {
        var now = clock.instant();
        synchronized (slots) {
            var known = slots.get(question);
            if (known != null && now.isBefore(known.until)) {
                return known;
            }
            slots.put(question, fresh);
            return fresh;
        }
    }

    private Answer filled(Question question, Slot slot, Supplier<Answer> ask) {
        try {
            var answer = ask.get();
            slot.answer.complete(answer);
            keepUntil(question, slot, end(answer));
            return answer;
        } catch (RuntimeException | Error fault) {
            slot.answer.completeExceptionally(fault);
            keepUntil(question, slot, Instant.MIN);
            throw fault;
        }
    }

    private void keepUntil(Question question, Slot slot, Instant end) {
        synchronized (slots) {
            slot.until = end;
            if (!clock.instant().isBefore(end)) {
                slots.remove(question, slot);
            }
        }
    }

    private Instant end(Answer answer) {
        return switch (answer) {
            case Answer.Given given -> clock.instant().plus(given.lifetime());
            case Answer.None _ -> Instant.MIN;
        };
    }

    /// One answer, or the asking for it.
    private static final class Slot {
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();

        /// Under the lock of the slots; while it is asked for, without end.
        private Instant until = Instant.MAX;
    }
}
