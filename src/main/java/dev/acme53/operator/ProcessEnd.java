package dev.acme53.operator;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How the process ends: with 0 after SIGTERM or SIGINT, with 1 after a failure, in both cases orderly; with 1 at
/// once when going on would be wrong.
final class ProcessEnd {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessEnd.class);
    /// Longer than everything orderly may take, shorter than the 30 s after which a kubelet kills.
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final AtomicInteger code = new AtomicInteger();
    private final AtomicBoolean ending = new AtomicBoolean();

    /// Makes `stop` run, once, when the process is told to end.
    void onEnd(Runnable stop) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> end(stop)));
    }

    /// Whether the end has begun.
    boolean isEnding() {
        return ending.get();
    }

    /// Ends the process with 1 after everything was stopped in order. Returns at once, for callers may hold locks
    /// that stopping needs.
    void fail() {
        code.set(1);
        if (!isEnding()) {
            Thread.ofPlatform().name("fail").start(() -> System.exit(1));
        }
    }

    /// Ends the process with 1 now.
    void halt() {
        Runtime.getRuntime().halt(1);
    }

    private void end(Runnable stop) {
        ending.set(true);
        var stopping = Thread.ofPlatform().name("stopping").daemon().start(stop);
        try {
            if (!stopping.join(LONGEST)) {
                LOG.atWarn().addKeyValue("after", LONGEST).log("stopping took too long, given up");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // a hook cannot change the exit code of a signal, which would be 143, in another way
        Runtime.getRuntime().halt(code.get());
    }
}
