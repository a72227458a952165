package dev.acme53.route53;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Writes down what it is told of changes.
final class Observed implements ChangeObserver {
    final List<Integer> batches = new ArrayList<>();
    final List<Duration> took = new ArrayList<>();

    AccountCalls calls(RequestLimits limits, InstantSource clock, Pause pause) {
        return new AccountCalls(limits, clock, pause, this);
    }

    @Override
    public synchronized void accepted(int records) {
        batches.add(records);
    }

    @Override
    public void inSync(Duration taken) {
        took.add(taken);
    }
}
