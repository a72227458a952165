package dev.acme53.operator.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.encoder.Encoder;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.KeyValuePair;

class LogLinesTest {
    @Test
    void aTextLineHasTimeLevelLoggerMessageKeysAndTheObject() {
        assertThat(line(new TextLines(false), event("order created"))).isEqualTo("""
                        2026-11-24T09:30:00.120Z INFO  order.OrderReconciler: order created attempt="2" text="say \\"hi\\"" resource_kind="Order" resource_namespace="ns" resource_name="a"
                        """);
    }

    @Test
    void aLineBreakOrControlCharacterCannotForgeALine() {
        assertThat(line(new TextLines(false), event("a\nb\u001b[31m")))
                .contains("a\\nb\uFFFD[31m")
                .hasLineCount(1);
    }

    @Test
    void aJsonLineIsOneFlatObject() throws Exception {
        var line = line(new JsonLines(false), event("order\ncreated"));
        assertThat(line).endsWith("}\n").hasLineCount(1);
        assertThat(new ObjectMapper().readTree(line)).isEqualTo(new ObjectMapper().readTree("""
                        {
                          "ts": "2026-11-24T09:30:00.120Z",
                          "level": "info",
                          "logger": "order.OrderReconciler",
                          "msg": "order\\ncreated",
                          "attempt": 2,
                          "text": "say \\"hi\\"",
                          "resource_kind": "Order",
                          "resource_namespace": "ns",
                          "resource_name": "a"
                        }"""));
    }

    /// Line breaks, terminals' commands, halves of letters, and what would end a value.
    private static final String HOSTILE =
            "a\r\n2026-11-24T09:30:00.120Z ERROR x: forged\u001b[31m\u009b2J\u0085\u2028\uD800 \\\" resource_name=\"b\u0000";

    private static LoggingEvent hostile() {
        var event = event(HOSTILE);
        event.addKeyValuePair(new KeyValuePair("hostile", HOSTILE));
        event.addKeyValuePair(new KeyValuePair("half", Double.NaN));
        event.setThrowableProxy(new ThrowableProxy(new IllegalStateException(HOSTILE)));
        return event;
    }

    @Test
    void hostileTextLeavesAJsonLineOneValidLine() throws Exception {
        var line = line(new JsonLines(false), hostile());
        assertThat(line).endsWith("}\n").hasLineCount(1).doesNotContainPattern("[\\p{Cc}\\u2028&&[^\\n]]");
        var strict = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        var read = strict.readTree(line);
        var shown = "a\uFFFD\n2026-11-24T09:30:00.120Z ERROR x: forged\uFFFD[31m\uFFFD2J\uFFFD\uFFFD\uFFFD"
                + " \\\" resource_name=\"b\uFFFD";
        assertThat(read.get("msg").asText()).isEqualTo(shown);
        assertThat(read.get("hostile").asText()).isEqualTo(shown);
        assertThat(read.get("error").asText()).isEqualTo("java.lang.IllegalStateException: " + shown);
        assertThat(read.get("stack").asText()).contains("at dev.acme53.operator.logging.LogLinesTest.hostile");
        assertThat(read.get("resource_name").asText()).isEqualTo("a");
    }

    @Test
    void hostileTextForgesNoTextLineAndNoKey() {
        var lines = line(new TextLines(false), hostile()).lines().toList();
        assertThat(lines.getFirst())
                .startsWith("2026-11-24T09:30:00.120Z INFO  order.OrderReconciler: a\\n2026")
                .contains(
                        " hostile=\"a\\n2026-11-24T09:30:00.120Z ERROR x: forged",
                        "\\\\\\\" resource_name=\\\"b\uFFFD\" ")
                .contains(" resource_name=\"a\" error=\"java.lang.IllegalStateException: a\\n2026")
                .doesNotContainPattern("[\\p{Cc}\\u2028]");
        assertThat(lines.subList(1, lines.size()))
                .isNotEmpty()
                .allMatch(frame -> frame.startsWith("    "))
                .anyMatch(frame -> frame.contains("at dev.acme53.operator.logging.LogLinesTest.hostile"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRequestThatTheApiServerDidNotTakeHasAStackOnlyWhereAllIsShown(boolean all) throws Exception {
        var event = event("not started");
        event.setThrowableProxy(new ThrowableProxy(new IllegalStateException(
                "it did not start",
                new KubernetesClientException("An error has occurred.", new ConnectException("refused")))));
        var frame = "LogLinesTest.aRequestThatTheApiServer";
        var error = "java.lang.IllegalStateException: it did not start; caused by java.net.ConnectException: refused";
        var text = line(new TextLines(all), event);
        assertThat(text).contains("error=\"" + error + "\"");
        assertThat(text.contains(frame)).isEqualTo(all);
        var json = new ObjectMapper().readTree(line(new JsonLines(all), event));
        assertThat(json.get("error").asText()).isEqualTo(error);
        assertThat(json.path("stack").asText().contains(frame)).isEqualTo(all);
    }

    @Test
    void whatAnErrorComesFromIsNotSaidTwice() {
        var event = event("x");
        event.setThrowableProxy(new ThrowableProxy(new IllegalStateException(new ConnectException("refused"))));
        assertThat(line(new TextLines(false), event))
                .contains("error=\"java.lang.IllegalStateException: java.net.ConnectException: refused\"\n");
    }

    @Test
    void bothFormsHaveTheSameKeys() throws Exception {
        var json = new ObjectMapper().readTree(line(new JsonLines(false), hostile()));
        var text = line(new TextLines(false), hostile()).lines().findFirst().orElseThrow();
        assertThat(json.fieldNames())
                .toIterable()
                .filteredOn(
                        key -> !Set.of("ts", "level", "logger", "msg", "stack").contains(key))
                .isNotEmpty()
                .allMatch(key -> text.contains(" " + key + "=\""));
    }

    @Test
    void aKeyThatIsTakenIsKeptApart() throws Exception {
        var event = event("x");
        event.addKeyValuePair(new KeyValuePair("msg", "mine"));
        assertThat(new ObjectMapper()
                        .readTree(line(new JsonLines(false), event))
                        .get("_msg")
                        .asText())
                .isEqualTo("mine");
    }

    @Test
    void aClusterScopedObjectHasNoNamespace() {
        var event = new LoggingEvent();
        event.setLoggerContext(new LoggerContext());
        event.setLoggerName("x");
        event.setLevel(Level.INFO);
        event.setInstant(Instant.EPOCH);
        event.setMessage("x");
        event.setMDCPropertyMap(Map.of("resource.name", "a", "resource.namespace", "no namespace"));
        assertThat(line(new TextLines(false), event)).contains("resource_name").doesNotContain("resource_namespace");
    }

    @ParameterizedTest
    @CsvSource({
        "0,ERROR,ERROR",
        "1,WARN,WARN",
        "2,INFO,WARN",
        "3,INFO,INFO",
        "4,DEBUG,INFO",
        "5,TRACE,INFO",
        "10,TRACE,INFO"
    })
    void librariesNeverSpeakBelowInfo(int verbosity, String own, String libraries) {
        assertThat(Logs.own(verbosity)).isEqualTo(Level.valueOf(own));
        assertThat(Logs.libraries(verbosity)).isEqualTo(Level.valueOf(libraries));
    }

    private static LoggingEvent event(String message) {
        var event = new LoggingEvent();
        event.setLoggerContext(new LoggerContext());
        event.setLoggerName("dev.acme53.order.OrderReconciler");
        event.setLevel(Level.INFO);
        event.setMessage(message);
        event.setInstant(Instant.parse("2026-11-24T09:30:00.120Z"));
        event.addKeyValuePair(new KeyValuePair("attempt", 2));
        event.addKeyValuePair(new KeyValuePair("text", "say \"hi\""));
        event.setMDCPropertyMap(Map.of(
                "resource.kind", "Order",
                "resource.namespace", "ns",
                "resource.name", "a",
                "resource.uid", "u"));
        return event;
    }

    private static String line(Encoder<ILoggingEvent> encoder, ILoggingEvent event) {
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }
}
