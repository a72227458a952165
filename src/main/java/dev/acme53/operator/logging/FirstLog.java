package dev.acme53.operator.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.spi.ContextAwareBase;

/// The log until the flags are read: warnings, as lines of text. Logback finds it as a service, and asks it after it
/// has looked for files, which tests have. A file of ours would have it load its reader of files and an XML parser.
@ConfiguratorRank(ConfiguratorRank.NOMINAL)
public final class FirstLog extends ContextAwareBase implements Configurator {
    /// For Logback.
    public FirstLog() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        Logs.setUp(context, 1, false);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
