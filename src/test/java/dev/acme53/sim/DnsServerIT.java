package dev.acme53.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/// What the DNS servers show, asked by dnsjava over UDP and TCP.
class DnsServerIT {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-24T00:00:00Z"));
    private final Simulator simulator = Simulator.start(SimulatorSettings.defaults()
            .clock(clock)
            .nameServers(2)
            .insyncAfter(Duration.ofSeconds(20))
            .nameServerLags(Duration.ZERO, Duration.ofSeconds(30)));
    private final Zone zone = simulator.createZone("example.com");

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void aRecordAppearsOnEachServerWhenItsChangeIsInsyncThere() throws Exception {
        submit(RecordChange.Action.UPSERT, RecordSet.challenge("_acme-challenge.example.com", "token"));
        assertThat(ask("_acme-challenge.example.com", Type.TXT).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        clock.advance(Duration.ofSeconds(20));
        assertThat(answers(ask("_acme-challenge.example.com", Type.TXT))).containsExactly("token");
        assertThat(answers(ask(1, "_acme-challenge.example.com", Type.TXT))).isEmpty();
        clock.advance(Duration.ofSeconds(30));
        assertThat(answers(ask(1, "_acme-challenge.example.com", Type.TXT))).containsExactly("token");
    }

    @Test
    void aRecordDisappearsTheSameWay() throws Exception {
        var set = RecordSet.challenge("_acme-challenge.example.com", "token");
        simulator.addRecord(zone, set);
        submit(RecordChange.Action.DELETE, set);
        assertThat(simulator.txtRecords()).isEmpty();
        assertThat(answers(ask("_acme-challenge.example.com", Type.TXT))).hasSize(1);
        clock.advance(Duration.ofSeconds(20));
        assertThat(answers(ask("_acme-challenge.example.com", Type.TXT))).isEmpty();
        assertThat(answers(ask(1, "_acme-challenge.example.com", Type.TXT))).hasSize(1);
    }

    @Test
    void atMostEightMultivalueRecordsAreShown() throws Exception {
        IntStream.range(0, 12)
                .forEach(i -> simulator.addRecord(zone, RecordSet.challenge("_acme-challenge.example.com", "t" + i)));
        assertThat(answers(ask("_acme-challenge.example.com", Type.TXT)))
                .hasSize(8)
                .doesNotHaveDuplicates();
    }

    @Test
    void namesWithoutTheTypeAreEmptyAndNamesThatAreNotAreNxdomainBothWithSoa() throws Exception {
        simulator.addRecord(zone, "a.b.example.com", "A", "192.0.2.1");
        for (var name : List.of("a.b.example.com", "b.example.com", "example.com")) {
            var empty = ask(name, Type.CAA);
            assertThat(empty.getRcode()).isEqualTo(Rcode.NOERROR);
            assertThat(empty.getSection(Section.ANSWER)).isEmpty();
            assertThat(empty.getSection(Section.AUTHORITY))
                    .extracting(Record::getType)
                    .containsExactly(Type.SOA);
        }
        var missing = ask("c.example.com", Type.A);
        assertThat(missing.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(missing.getSection(Section.AUTHORITY).getFirst().getName()).isEqualTo(name("example.com"));
        assertThat(missing.getHeader().getFlag(Flags.AA)).isTrue();
    }

    @Test
    void cnamesLeadFromZoneToZone() throws Exception {
        var other = simulator.createZone("delegated.test");
        simulator.addRecord(zone, "_acme-challenge.www.example.com", "CNAME", "x.delegated.test.");
        simulator.addRecord(other, RecordSet.challenge("x.delegated.test", "token"));
        var answer = ask("_acme-challenge.www.example.com", Type.TXT);
        assertThat(answer.getSection(Section.ANSWER))
                .extracting(Record::getType)
                .containsExactly(Type.CNAME, Type.TXT);
        assertThat(answers(ask("_acme-challenge.www.example.com", Type.CNAME))).containsExactly("x.delegated.test.");
        simulator.addRecord(other, "loop.delegated.test", "CNAME", "loop.delegated.test.");
        assertThat(ask("loop.delegated.test", Type.TXT).getRcode()).isEqualTo(Rcode.SERVFAIL);
        simulator.addRecord(other, "out.delegated.test", "CNAME", "nowhere.invalid.");
        assertThat(ask("out.delegated.test", Type.TXT).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void theApexShowsSoaAndNameServersThatHaveAddresses() throws Exception {
        assertThat(ask("example.com", Type.SOA).getSection(Section.ANSWER)).hasSize(1);
        assertThat(answers(ask("example.com", Type.NS))).containsExactlyInAnyOrderElementsOf(zone.nameServers());
        assertThat(answers(ask(zone.nameServers().getLast(), Type.A))).containsExactly("127.0.0.2");
        assertThat(ask(zone.nameServers().getLast(), Type.AAAA).getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(ask("com", Type.SOA).getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(ask("com", Type.SOA).getSection(Section.ANSWER)).isEmpty();
        assertThat(ask("org", Type.SOA).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void privateTwinsAndUndelegatedZonesDoNotAnswer() throws Exception {
        var twin = simulator.createZone(NewZone.named("example.com").privately());
        simulator.addRecord(twin, "inside.example.com", "A", "10.0.0.1");
        assertThat(ask("inside.example.com", Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        var second = simulator.createZone("example.com");
        assertThat(answers(ask("example.com", Type.NS))).containsExactlyInAnyOrderElementsOf(zone.nameServers());
        simulator.delegate(second);
        assertThat(answers(ask("example.com", Type.NS))).containsExactlyInAnyOrderElementsOf(second.nameServers());
        var child = simulator.createZone(NewZone.named("child.example.com").undelegated());
        assertThat(ask("child.example.com", Type.SOA).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        simulator.delegate(child);
        assertThat(answers(ask("child.example.com", Type.SOA))).hasSize(1);
    }

    @Test
    void wildcardsCoverNamesThatDoNotExist() throws Exception {
        simulator.addRecord(zone, "*.example.com", "A", "192.0.2.7");
        simulator.addRecord(zone, "real.example.com", "TXT", "\"x\"");
        assertThat(answers(ask("any.thing.example.com", Type.A))).containsExactly("192.0.2.7");
        assertThat(answers(ask("real.example.com", Type.A))).isEmpty();
    }

    @Test
    void namesDelegatedToForeignServersCannotBeResolved() throws Exception {
        simulator.addRecord(zone, "away.example.com", "NS", "ns.elsewhere.invalid.");
        assertThat(ask("x.away.example.com", Type.TXT).getRcode()).isEqualTo(Rcode.SERVFAIL);
    }

    @Test
    void longAnswersAreTruncatedOverUdpAndWholeOverTcp() throws Exception {
        for (int i = 0; i < 8; i++) {
            simulator.addRecord(zone, RecordSet.challenge("long.example.com", i + "x".repeat(200)));
        }
        var query = Message.newQuery(Record.newRecord(name("long.example.com"), Type.TXT, DClass.IN));
        var udp = resolver(0);
        udp.setEDNS(-1);
        udp.setIgnoreTruncation(true);
        assertThat(udp.send(query).getHeader().getFlag(Flags.TC)).isTrue();
        var tcp = resolver(0);
        tcp.setTCP(true);
        assertThat(tcp.send(query).getSection(Section.ANSWER)).hasSize(8);
    }

    @Test
    void txtValuesKeepTheirStringsAndEscapes() throws Exception {
        simulator.addRecord(zone, "t.example.com", "TXT", "\"a \\\"b\\\"\" \"\\344\"");
        assertThat(answers(ask("t.example.com", Type.TXT))).containsExactly("a \\\"b\\\"|\\228");
    }

    private void submit(RecordChange.Action action, RecordSet set) {
        simulator.submit(zone, new RecordChange(action, set));
    }

    private Message ask(String name, int type) throws IOException {
        return ask(0, name, type);
    }

    private Message ask(int server, String name, int type) throws IOException {
        return resolver(server).send(Message.newQuery(Record.newRecord(name(name), type, DClass.IN)));
    }

    private SimpleResolver resolver(int server) {
        InetSocketAddress address = simulator.dnsAddresses().get(server);
        var resolver = new SimpleResolver(address);
        resolver.setTimeout(Duration.ofSeconds(5));
        return resolver;
    }

    /// A TXT record's strings joined by bars, other records as dnsjava writes them.
    private static List<String> answers(Message message) {
        return message.getSection(Section.ANSWER).stream()
                .map(r -> r instanceof TXTRecord txt ? String.join("|", txt.getStrings()) : r.rdataToString())
                .toList();
    }

    private static Name name(String name) throws IOException {
        return Name.fromString(name, Name.root);
    }
}
