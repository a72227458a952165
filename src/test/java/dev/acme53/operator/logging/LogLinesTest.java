package dev.acme53.operator.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.KeyValuePair;

class LogLinesTest {
    @Test
    void aTextLineHasTimeLevelLoggerMessageKeysAndTheObject() {
        assertThat(line(new TextLines(), event("order created"))).isEqualTo("""
                        2026-11-24T09:30:00.120Z INFO  order.OrderReconciler: order created attempt="2" text="say \\"hi\\"" resource_kind="Order" resource_namespace="ns" resource_name="a"
                        """);
    }

    @Test
    void aLineBreakOrControlCharacterCannotForgeALine() {
        assertThat(line(new TextLines(), event("a\nb\u001b[31m")))
                .contains("a\\nb?[31m")
                .hasLineCount(1);
    }

    @Test
    void aJsonLineIsOneFlatObject() throws Exception {
        var line = line(new JsonLines(), event("order\ncreated"));
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

    @Test
    void aKeyThatIsTakenIsKeptApart() throws Exception {
        var event = event("x");
        event.addKeyValuePair(new KeyValuePair("msg", "mine"));
        assertThat(new ObjectMapper()
                        .readTree(line(new JsonLines(), event))
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
        assertThat(line(new TextLines(), event)).contains("resource_name").doesNotContain("resource_namespace");
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
