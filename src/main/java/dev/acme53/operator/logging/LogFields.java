package dev.acme53.operator.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The keys of one log line beside time, level, logger and message: first the event's own, then the object that is
/// being reconciled, under the names that cert-manager's log uses (behaviour.md §6.2).
final class LogFields {
    private static final String NO_NAMESPACE = "no namespace";
    /// JOSDK's names in the diagnostic context, and ours.
    private static final Map<String, String> OBJECT = new LinkedHashMap<>();

    static {
        OBJECT.put("resource.kind", "resource_kind");
        OBJECT.put("resource.namespace", "resource_namespace");
        OBJECT.put("resource.name", "resource_name");
        OBJECT.put("resource.generation", "resource_generation");
    }

    private LogFields() {}

    static Map<String, Object> of(ILoggingEvent event) {
        var fields = new LinkedHashMap<String, Object>();
        var own = event.getKeyValuePairs();
        if (own != null) {
            own.stream()
                    .filter(pair -> !OBJECT.containsValue(pair.key) || !"".equals(pair.value))
                    .forEach(pair -> fields.put(pair.key, Objects.requireNonNullElse(pair.value, "")));
        }
        var context = event.getMDCPropertyMap();
        OBJECT.forEach((key, name) -> {
            var value = context.get(key);
            if (value != null && !value.equals(NO_NAMESPACE)) {
                fields.putIfAbsent(name, value);
            }
        });
        return fields;
    }

    /// What was thrown, in one line: its class and message, and what that comes from in the end, if it says something
    /// else. Empty when nothing was.
    static String error(ILoggingEvent event) {
        var thrown = event.getThrowableProxy();
        if (thrown == null) {
            return "";
        }
        var text = text(thrown);
        var origin = text(chain(thrown).getLast());
        return text.contains(origin) ? text : text + "; caused by " + origin;
    }

    private static String text(IThrowableProxy thrown) {
        return thrown.getMessage() == null ? thrown.getClassName() : thrown.getClassName() + ": " + thrown.getMessage();
    }

    /// The stack of what was thrown, empty when nothing was. A request that the API server refused or left unanswered
    /// has none: where it was made from explains nothing, and one that lasts fills the log with it.
    ///
    /// @param all also of such requests
    static Optional<String> stack(ILoggingEvent event, boolean all) {
        return Optional.ofNullable(event.getThrowableProxy())
                .filter(thrown -> all || chain(thrown).stream().noneMatch(LogFields::isOfARequest))
                .map(ThrowableProxyUtil::asString);
    }

    private static boolean isOfARequest(IThrowableProxy thrown) {
        return thrown instanceof ThrowableProxy proxy && proxy.getThrowable() instanceof KubernetesClientException;
    }

    /// `thrown`, its cause, and so on.
    private static List<IThrowableProxy> chain(IThrowableProxy thrown) {
        return Stream.iterate(thrown, Objects::nonNull, IThrowableProxy::getCause)
                .toList();
    }

    /// Without what a terminal would obey (control characters but line breaks and tabs) or no encoding has (halves of
    /// surrogate pairs).
    static String shown(String text) {
        return text.codePoints().allMatch(LogFields::isShown)
                ? text
                : text.codePoints()
                        .map(c -> isShown(c) ? c : '\uFFFD')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    private static boolean isShown(int c) {
        return c == '\n'
                || c == '\t'
                || (!Character.isISOControl(c)
                        && Character.getType(c) != Character.SURROGATE
                        && c != '\u2028'
                        && c != '\u2029');
    }

    /// The logger's name as shown: our own without the project's prefix, a library's last part.
    static String logger(ILoggingEvent event) {
        var name = event.getLoggerName();
        var own = "dev.acme53.";
        return name.startsWith(own) ? name.substring(own.length()) : name.substring(name.lastIndexOf('.') + 1);
    }
}
