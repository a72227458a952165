package dev.acme53.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The faults that wait for calls.
final class Faults {
    private final List<Waiting> waiting = new ArrayList<>();

    private static final class Waiting {
        private final Operation operation;
        private final Predicate<Call> when;
        private final Fault fault;
        private int left;

        Waiting(Operation operation, Predicate<Call> when, Fault fault, int times) {
            this.operation = operation;
            this.when = when;
            this.fault = fault;
            this.left = times;
        }
    }

    /// The connection is to be closed without an answer.
    static final class Dropped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// The answer is to be this.
    static final class Replaced extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Answer answer;

        Replaced(Answer answer) {
            this.answer = answer;
        }

        Answer answer() {
            return answer;
        }
    }

    synchronized void add(Operation operation, Predicate<Call> when, Fault fault, int times) {
        waiting.add(new Waiting(operation, when, fault, times));
    }

    synchronized void clear() {
        waiting.clear();
    }

    /// Lets the first fault that waits for such a call strike.
    ///
    /// @throws Refusal the injected error
    void strike(CallInProgress call) {
        switch (take(call.finished(0, "")).orElse(new Fault.Delayed(Duration.ZERO))) {
            case Fault.Refused refused -> throw new Refusal(refused.status(), refused.code(), refused.message());
            case Fault.LegacyInvalidChangeBatch legacy -> throw Refusal.legacyInvalidChangeBatch(legacy.messages());
            case Fault.Foreign foreign ->
                throw new Replaced(new Answer(foreign.status(), "foreign answer", foreign.body()));
            case Fault.ConnectionDropped(boolean afterActing) when afterActing -> call.loseAnswer();
            case Fault.ConnectionDropped _ -> throw new Dropped();
            case Fault.Delayed(Duration by) -> AwsServer.pause(by);
            case Fault.Held(Hold hold) -> call.holdAnswer(hold);
        }
    }

    private synchronized Optional<Fault> take(Call call) {
        for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
            var next = each.next();
            if (next.operation == call.operation() && next.when.test(call)) {
                if (--next.left == 0) {
                    each.remove();
                }
                return Optional.of(next.fault);
            }
        }
        return Optional.empty();
    }
}
