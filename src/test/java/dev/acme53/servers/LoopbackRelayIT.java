package dev.acme53.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acme53.sim.Simulator;
import dev.acme53.sim.SimulatorSettings;
import java.io.IOException;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

class LoopbackRelayIT {
    @Test
    void aQuestionToTheRelayIsAnsweredByTheServerBehindItUntilItIsClosed() throws Exception {
        try (var simulator = Simulator.start(SimulatorSettings.defaults());
                var relay = LoopbackRelay.to(simulator.dnsAddress())) {
            var zone = simulator.createZone("example.com");
            simulator.addRecord(zone, "text.example.com", "TXT", "\"hello\"");
            var resolver = new SimpleResolver(InetAddress.getLoopbackAddress());
            resolver.setPort(relay.port());
            resolver.setTCP(true);
            var question =
                    Message.newQuery(Record.newRecord(Name.fromString("text.example.com."), Type.TXT, DClass.IN));

            assertThat(resolver.send(question).getSection(Section.ANSWER))
                    .singleElement()
                    .satisfies(record -> assertThat(record.rdataToString()).contains("hello"));

            relay.close();
            assertThatThrownBy(() -> new java.net.Socket(InetAddress.getLoopbackAddress(), relay.port()))
                    .isInstanceOf(IOException.class);
        }
    }
}
