package dev.acme53.route53;

import java.time.Duration;

/// How a calling thread waits.
@FunctionalInterface
interface Pause {
    void of(Duration duration) throws InterruptedException;
}
