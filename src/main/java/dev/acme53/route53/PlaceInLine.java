package dev.acme53.route53;

import dev.acme53.route53.RequestBudget.Use;
import dev.acme53.route53.WaitingLine.Ticket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Where somebody stands in line for a request that may be made in the name of any of several callers.
///
/// In the line of each account it stands for that caller whose turn comes first there: nobody waits behind the many
/// turns that one who came before has had. For one thread.
final class PlaceInLine implements AutoCloseable {
    /// So that it soon stands for one who comes.
    private static final Duration LONGEST_NAP = Duration.ofMillis(250);

    private record Held(Caller caller, Ticket ticket) {}

    private final Use use;
    private final Function<Caller, RequestBudget> budgets;
    private final Pause pause;
    private final Map<RequestBudget, Held> held = new LinkedHashMap<>();
    private Duration nap = Duration.ZERO;

    PlaceInLine(Use use, Function<Caller, RequestBudget> budgets, Pause pause) {
        this.use = use;
        this.budgets = budgets;
        this.pause = pause;
    }

    /// Stands for `caller` from now on, if its turn comes before that of whom it stands for; says whether it does.
    boolean join(Caller caller) {
        var budget = budgets.apply(caller);
        var share = AccountCalls.share(caller);
        var other = held.get(budget);
        if (other != null && !budget.isBefore(other.ticket, share)) {
            return false;
        }
        if (other != null) {
            budget.leave(other.ticket);
        }
        held.put(budget, new Held(caller, budget.ticket(use, share)));
        return true;
    }

    /// Its turn, if it has come.
    Optional<Turn> turn() {
        nap = LONGEST_NAP;
        for (var each : held.entrySet()) {
            var budget = each.getKey();
            var wait = budget.toWait(each.getValue().ticket);
            if (!wait.isPositive()) {
                return Optional.of(new Turn(budget, each.getValue().caller));
            }
            nap = wait.compareTo(nap) < 0 ? wait : nap;
        }
        return Optional.empty();
    }

    /// Waits until its turn may have come, or others.
    void pause() throws InterruptedException {
        pause.of(nap);
    }

    @Override
    public void close() {
        held.forEach((budget, each) -> budget.leave(each.ticket));
    }
}
