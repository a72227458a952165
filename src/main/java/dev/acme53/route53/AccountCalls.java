package dev.acme53.route53;

import dev.acme53.route53.RequestBudget.Use;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.route53.Route53Client;

/// Every call to Route 53 passes here, and waits for its place in the request budget of its AWS account.
///
/// To be shared by all that call: a quota counts whoever asks. Safe for any number of threads.
public final class AccountCalls {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private record Account(String partition, String account) {}

    private final RequestLimits limits;
    private final InstantSource clock;
    private final Pause pause;
    private final ChangeObserver observer;
    private final Map<Account, RequestBudget> budgets = new ConcurrentHashMap<>();

    public AccountCalls(RequestLimits limits, InstantSource clock) {
        this(limits, clock, ChangeObserver.NONE);
    }

    /// The same, with somebody who is told what becomes of changes.
    public AccountCalls(RequestLimits limits, InstantSource clock, ChangeObserver observer) {
        this(limits, clock, Thread::sleep, observer);
    }

    AccountCalls(RequestLimits limits, InstantSource clock, Pause pause) {
        this(limits, clock, pause, ChangeObserver.NONE);
    }

    AccountCalls(RequestLimits limits, InstantSource clock, Pause pause, ChangeObserver observer) {
        this.limits = limits;
        this.clock = clock;
        this.pause = pause;
        this.observer = observer;
    }

    /// The budget of each account that was called.
    public List<AccountBudget> budgets() {
        return budgets.entrySet().stream()
                .map(b ->
                        b.getValue().figures(b.getKey().partition(), b.getKey().account()))
                .toList();
    }

    /// That of the account with the fewest requests left; a full one when none was called yet.
    public AccountBudget least() {
        return budgets().stream()
                .min(Comparator.comparingDouble(AccountBudget::available))
                .orElseGet(() -> new AccountBudget("", "", limits.burst(), limits.rate(), 0));
    }

    /// Who is told what becomes of changes.
    ChangeObserver observer() {
        return observer;
    }

    /// As [#call], but again while AWS finds the rate too high, for two minutes. The budget says how fast.
    <T> T callPatiently(Caller caller, Use use, Function<Route53Client, T> call) {
        var end = clock.instant().plus(PATIENCE);
        while (true) {
            try {
                return call(caller, use, call);
            } catch (SdkException e) {
                if (!Route53Failures.isOverRate(e) || clock.instant().isAfter(end)) {
                    throw e;
                }
            }
        }
    }

    /// Waits, then calls once.
    /// @throws SdkException what the call threw, [AbortedException] when the waiting thread was interrupted
    <T> T call(Caller caller, Use use, Function<Route53Client, T> call) {
        Turn turn;
        try {
            turn = turn(caller, use);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("interrupted while waiting for the request budget");
        }
        return turn.call(caller, call);
    }

    /// Waits until a call may be made in the name of `caller`: for who decides only then what to call for.
    Turn turn(Caller caller, Use use) throws InterruptedException {
        var budget = budget(caller);
        budget.take(use, share(caller));
        return new Turn(budget, caller);
    }

    /// For who decides only when a call may be made in whose name it is.
    PlaceInLine place(Use use) {
        return new PlaceInLine(use, this::budget, pause);
    }

    /// Whose turn it is: tenants take turns, each with each identity that it uses.
    static String share(Caller caller) {
        return caller.identity() + " for " + caller.tenant();
    }

    /// A change was made in the name of `caller` that will be asked for.
    void changed(Caller caller) {
        budget(caller).changed(caller.identity());
    }

    /// A change that was made in the same name has something of the caller's tenant in it.
    void tookPart(Caller caller) {
        budget(caller).tookPart(caller.identity(), caller.tenant());
    }

    /// How long writes in the name of `caller` are to wait for company; zero unless the budget is short, and short for
    /// a tenant that has not made it so.
    Duration lead(Caller caller) {
        return budget(caller).lead(caller.identity(), caller.tenant());
    }

    private RequestBudget budget(Caller caller) {
        return budgets.computeIfAbsent(
                new Account(caller.partition(), caller.account()), _ -> new RequestBudget(limits, clock, pause));
    }
}
