package dev.acme53.operator;

import dev.acme53.operator.flags.Settings;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This instance's part in leader election (behaviour.md §6.5): it stands by until it has the Lease, renews it, and
/// gives it back on a regular end. Who could not renew for `--leader-election-renew-deadline` counts the Lease as lost,
/// whether the API server refuses, is silent or is gone, and ends: before the Lease has run out for others (ADR 22).
final class Leadership {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    /// For one try, lest one that hangs uses up the time of all.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// Until a stand-by whose try was refused tries again.
    private static final Duration REFUSED = Duration.ofSeconds(10);

    /// Stands behind the hostname in a Lease, as the peer has it.
    static final String SUFFIX = "-external-cert-manager-controller";

    private final Settings.LeaderElection settings;
    private final Candidate candidate;
    private final LongSupplier nanoTime;
    private final Runnable lost;
    private volatile String holder = "";
    private String complaint = "";
    private volatile Runnable lead = () -> {};
    private volatile boolean leading;
    private volatile boolean asked;
    private volatile long askedAt;
    private volatile long renewedAt;

    /// @param nanoTime a monotonic clock
    /// @param lost what to do when another may be leading; must not return to acting
    Leadership(Settings.LeaderElection settings, Candidate candidate, LongSupplier nanoTime, Runnable lost) {
        this.settings = settings;
        this.candidate = candidate;
        this.nanoTime = nanoTime;
        this.lost = lost;
        this.leading = !settings.enabled();
    }

    /// Whether this instance acts.
    boolean isLeading() {
        return leading;
    }

    /// The hostname of the other instance that leads; empty when none is known.
    String leader() {
        return holder.endsWith(SUFFIX) ? holder.substring(0, holder.length() - SUFFIX.length()) : holder;
    }

    /// Makes `lead` run when this instance comes to lead.
    void onLead(Runnable lead) {
        this.lead = lead;
    }

    /// Tries for the Lease, or renews it, once.
    /// @return how long to wait until the next turn
    Duration turn() {
        if (leading && !renewable().isPositive()) {
            lose();
        }
        var began = nanoTime.getAsLong();
        var outcome = attempt(leading ? shorter(PATIENCE, renewable()) : PATIENCE);
        if (!(outcome instanceof Candidate.Outcome.Failed)) {
            asked = true;
            askedAt = nanoTime.getAsLong();
            complaint = "";
        }
        return switch (outcome) {
            case Candidate.Outcome.Held _ -> {
                renewedAt = began;
                begin();
                yield settings.retryPeriod();
            }
            case Candidate.Outcome.Theirs theirs -> {
                name(theirs.holder());
                if (leading) {
                    lose();
                }
                yield shorter(settings.retryPeriod(), theirs.left());
            }
            case Candidate.Outcome.Outrun _ -> settings.retryPeriod();
            case Candidate.Outcome.Failed failed -> {
                complain(failed.why());
                yield leading
                        ? shorter(settings.retryPeriod(), renewable())
                        : failed.refused() ? REFUSED : settings.retryPeriod();
            }
        };
    }

    /// Why this instance should not be trusted any more: it holds a Lease that ran out, unrenewed, longer ago than
    /// `--internal-healthz-leader-election-timeout`. Empty when all is well.
    Optional<String> unhealthy() {
        if (!settings.enabled() || !leading) {
            return Optional.empty();
        }
        var unrenewed = since(renewedAt);
        return unrenewed.compareTo(settings.leaseDuration().plus(settings.healthTimeout())) > 0
                ? Optional.of("the Lease was not renewed for " + unrenewed.toSeconds() + " s")
                : Optional.empty();
    }

    /// Why this instance could not take over; empty when it could, or leads.
    Optional<String> unready() {
        if (!settings.enabled()) {
            return Optional.empty();
        }
        if (!asked) {
            return Optional.of("the Lease was not seen yet");
        }
        var unseen = since(askedAt);
        return unseen.compareTo(settings.leaseDuration()) > 0
                ? Optional.of("the Lease was not seen for " + unseen.toSeconds() + " s")
                : Optional.empty();
    }

    /// Gives the Lease back, so that a stand-by need not wait until it runs out. To be called when nothing is sent any
    /// more, and no turn is under way.
    void release() {
        if (!settings.enabled() || !leading) {
            return;
        }
        try {
            if (candidate.release()) {
                LOG.atInfo().addKeyValue("lease", settings.leaseName()).log("Lease released");
            }
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue("lease", settings.leaseName())
                    .addKeyValue("status", e.getCode())
                    .log("Lease not released: the next instance waits until it runs out");
        }
    }

    /// Under way on a thread of its own, so that one that hangs is given up in time.
    private Candidate.Outcome attempt(Duration limit) {
        var task = new FutureTask<>(candidate.next()::run);
        Thread.ofVirtual().name("lease-request").start(task);
        try {
            return candidate.learn(task.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            task.cancel(true);
            return new Candidate.Outcome.Failed("no answer within " + limit.toMillis() + " ms", false);
        } catch (ExecutionException e) {
            return Candidate.Outcome.Failed.of(Objects.requireNonNullElse(e.getCause(), e));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Candidate.Outcome.Failed("interrupted", false);
        }
    }

    private void begin() {
        if (leading) {
            return;
        }
        leading = true;
        holder = "";
        LOG.atInfo().addKeyValue("lease", settings.leaseName()).log("this instance leads");
        Thread.ofVirtual().name("lead").start(lead);
    }

    private void lose() {
        LOG.atError().addKeyValue("lease", settings.leaseName()).log("the Lease is lost: ending at once");
        lost.run();
    }

    private void name(String other) {
        if (!other.equals(holder)) {
            holder = other;
            LOG.atInfo()
                    .addKeyValue("lease", settings.leaseName())
                    .addKeyValue("leader", other)
                    .log("standing by: another instance leads");
        }
    }

    private void complain(String why) {
        if (!why.equals(complaint)) {
            complaint = why;
            LOG.atWarn()
                    .addKeyValue("lease", settings.leaseNamespace() + "/" + settings.leaseName())
                    .addKeyValue("reason", why)
                    .log("the Lease cannot be had from the API server");
        }
    }

    /// How much longer this instance may go on trying to renew.
    private Duration renewable() {
        return settings.renewDeadline().minus(since(renewedAt));
    }

    private Duration since(long nanos) {
        return Duration.ofNanos(nanoTime.getAsLong() - nanos);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
