package dev.acme53.operator.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sets up the log of the process.
///
/// Libraries never speak below INFO, whatever `--v` says: on DEBUG the HTTP clients print bodies, and with them
/// Secrets, tokens and signed requests.
public final class Logs {
    private Logs() {}

    /// Replaces whatever was set up before.
    /// @param verbosity as `--v`: 0 errors, 1 warnings, 2 what happens, 3 the libraries too, 4 debugging, 5 all
    /// @param json whether lines are JSON objects
    public static void setUp(int verbosity, boolean json) {
        setUp((LoggerContext) LoggerFactory.getILoggerFactory(), verbosity, json);
    }

    static void setUp(LoggerContext context, int verbosity, boolean json) {
        context.reset();
        var everyStack = verbosity >= 4;
        Encoder<ILoggingEvent> encoder = json ? new JsonLines(everyStack) : new TextLines(everyStack);
        encoder.setContext(context);
        encoder.start();
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setContext(context);
        console.setTarget("System.err");
        console.setEncoder(encoder);
        console.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(console);
        root.setLevel(libraries(verbosity));
        context.getLogger("dev.acme53").setLevel(own(verbosity));
        // it warns, with a stack, of each watch whose connection ended and that goes on with another
        if (verbosity < 3) {
            context.getLogger("io.fabric8.kubernetes.client.jdkhttp.JdkWebSocketImpl")
                    .setLevel(Level.ERROR);
        }
    }

    static Level own(int verbosity) {
        return switch (verbosity) {
            case 0 -> Level.ERROR;
            case 1 -> Level.WARN;
            case 2, 3 -> Level.INFO;
            case 4 -> Level.DEBUG;
            default -> Level.TRACE;
        };
    }

    static Level libraries(int verbosity) {
        return switch (verbosity) {
            case 0 -> Level.ERROR;
            case 1, 2 -> Level.WARN;
            default -> Level.INFO;
        };
    }
}
