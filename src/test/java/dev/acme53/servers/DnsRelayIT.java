package dev.acme53.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.sim.Simulator;
import dev.acme53.sim.SimulatorSettings;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

class DnsRelayIT {
    @Test
    void aQuestionToTheRelayIsAnsweredByTheServerBehindIt() throws Exception {
        try (var simulator = Simulator.start(SimulatorSettings.defaults());
                var relay = DnsRelay.to(simulator.dnsAddress())) {
            var zone = simulator.createZone("example.com");
            simulator.addRecord(zone, "text.example.com", "TXT", "\"hello\"");
            var resolver = new SimpleResolver(InetAddress.getLoopbackAddress());
            resolver.setPort(relay.port());
            var question =
                    Message.newQuery(Record.newRecord(Name.fromString("text.example.com."), Type.TXT, DClass.IN));

            var answer = resolver.send(question);

            assertThat(answer.getSection(Section.ANSWER))
                    .singleElement()
                    .satisfies(record -> assertThat(record.rdataToString()).isEqualTo("hello"));
        }
    }
}
