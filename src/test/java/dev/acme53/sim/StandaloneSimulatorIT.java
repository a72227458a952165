package dev.acme53.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/// The simulator as a process of its own.
class StandaloneSimulatorIT {
    @Test
    void itPrintsTheEnvironmentServesAndEndsWithItsInput() throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StandaloneSimulator.class.getName(),
                        "--zone=example.com")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader()) {
            var environment = new HashMap<String, String>();
            for (int i = 0; i < 6; i++) {
                var pair = String.valueOf(output.readLine()).split("=", 2);
                environment.put(pair[0], pair[1]);
            }
            assertThat(environment)
                    .containsKeys(
                            "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL_ROUTE_53", "DNS_SERVER");
            var dns = environment.get("DNS_SERVER").split(":");
            var answer = new SimpleResolver(new InetSocketAddress(dns[0], Integer.parseInt(dns[1])))
                    .send(Message.newQuery(Record.newRecord(Name.fromString("example.com."), Type.SOA, DClass.IN)));
            assertThat(answer.getSection(Section.ANSWER)).hasSize(1);
            process.outputWriter().close();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
