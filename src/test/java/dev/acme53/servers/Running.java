package dev.acme53.servers;

import java.util.ArrayDeque;
import java.util.Deque;

/// What this JVM has running: closed in reverse order when the JVM ends, however it ends short of being killed.
final class Running {
    private static final Deque<AutoCloseable> OPEN = new ArrayDeque<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Running::closeAll, "stop-servers"));
    }

    private Running() {}

    static synchronized void add(AutoCloseable server) {
        OPEN.push(server);
    }

    static synchronized void remove(AutoCloseable server) {
        OPEN.remove(server);
    }

    private static void closeAll() {
        while (true) {
            AutoCloseable next;
            synchronized (Running.class) {
                next = OPEN.poll();
            }
            if (next == null) {
                return;
            }
            try {
                next.close();
            } catch (Exception e) {
                System.err.println("stopping " + next + ": " + e);
            }
        }
    }
}
