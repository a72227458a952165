package dev.acme53.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.dns.Cnames.Followed;
import dev.acme53.dns.Cnames.Owner;
import dev.acme53.dns.PropagationCheck.Look;
import dev.acme53.dns.ZoneCuts.ZoneCut;
import dev.acme53.names.DnsName;
import dev.acme53.rig.DirectNetwork;
import dev.acme53.sim.ManualClock;
import dev.acme53.sim.RecordChange;
import dev.acme53.sim.RecordSet;
import dev.acme53.sim.Simulator;
import dev.acme53.sim.SimulatorSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;

/// Our view of DNS on the simulator's servers: two of them, one slower than the other.
class SimulatedDnsIT {
    private static final String VALUE = "LPsIwTo7o8BoG0-vjCyGQGBWSVIPxI-i_X336eUOQZo";
    private static final DnsName NAME = DnsName.of("_acme-challenge.example.com");

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-24T00:00:00Z"));
    private final Simulator simulator = Simulator.start(SimulatorSettings.defaults()
            .clock(clock)
            .nameServers(2)
            .insyncAfter(Duration.ofSeconds(20))
            .nameServerLags(Duration.ZERO, Duration.ofSeconds(5)));
    private final NetworkExchange network = new NetworkExchange(Duration.ofSeconds(5), DirectNetwork.doh());
    private final Nameserver recursive = plain(0);
    private final Resolvers authoritative =
            Resolvers.over(this::askWhereTheyReallyAre, List.of(recursive), false, clock);

    @AfterEach
    void stop() {
        network.close();
        simulator.close();
    }

    private Nameserver plain(int server) {
        var address = simulator.dnsAddresses().get(server);
        return new Nameserver.Plain(address.getHostString(), address.getPort());
    }

    /// `ns1.zone.nameservers.test` is the second server; its port is not 53, which only root may open.
    private Message askWhereTheyReallyAre(Nameserver server, Message query) throws java.io.IOException {
        var host = server.toString();
        return network.ask(host.startsWith("ns") ? plain(host.charAt(2) - '0') : server, query);
    }

    @Test
    void theZoneOfANameHasTheNameServersThatRoute53GaveIt() {
        simulator.createZone("example.com");
        var zone = simulator.createZone("sub.example.com");
        assertThat(authoritative.zoneCuts().zoneOf(DnsName.of("_acme-challenge.www.sub.example.com")))
                .isInstanceOfSatisfying(ZoneCut.At.class, cut -> {
                    assertThat(cut.zone()).isEqualTo(DnsName.of("sub.example.com"));
                    assertThat(cut.nameservers())
                            .extracting(DnsName::absolute)
                            .containsExactlyInAnyOrderElementsOf(zone.nameServers());
                });
    }

    @Test
    void cnamesLeadIntoAnotherZone() {
        var zone = simulator.createZone("example.com");
        simulator.createZone("other.net");
        simulator.addRecord(zone, "_acme-challenge.example.com", "CNAME", "proof.other.net.");
        assertThat(authoritative.cnames().follow(NAME)).isEqualTo(new Followed.At(DnsName.of("proof.other.net")));
    }

    @Test
    void aWildcardsCnameIsToldFromAnExplicitOne() {
        var zone = simulator.createZone("example.com");
        simulator.createZone("other.net");
        simulator.addRecord(zone, "*.example.com", "CNAME", "lb.other.net.");
        simulator.addRecord(zone, "_acme-challenge.www.example.com", "CNAME", "proof.other.net.");
        var cnames = authoritative.cnames();
        assertThat(cnames.follow(NAME)).isEqualTo(new Followed.At(NAME));
        assertThat(cnames.follow(DnsName.of("_acme-challenge.api.example.com")))
                .isEqualTo(new Followed.At(DnsName.of("_acme-challenge.api.example.com")));
        assertThat(cnames.follow(DnsName.of("_acme-challenge.www.example.com")))
                .isEqualTo(new Followed.At(DnsName.of("proof.other.net")));
    }

    @Test
    void aRecordIsVisibleWhenTheSlowestServerShowsIt() {
        var zone = simulator.createZone("example.com");
        Supplier<Look> look = () -> authoritative.propagation().look(NAME, VALUE, (_, _) -> new Owner.Name());
        assertThat(look.get()).isInstanceOf(Look.NotYet.class);
        simulator.submit(
                zone,
                new RecordChange(
                        RecordChange.Action.UPSERT, RecordSet.simple(NAME.absolute(), "TXT", 10, '"' + VALUE + '"')));
        clock.advance(Duration.ofSeconds(21));
        assertThat(look.get()).isInstanceOf(Look.NotYet.class);
        var recursiveOnly = Resolvers.over(network, List.of(recursive), true, clock);
        assertThat(recursiveOnly.propagation().look(NAME, VALUE, (_, _) -> new Owner.Name()))
                .isEqualTo(new Look.Visible());
        clock.advance(Duration.ofSeconds(5));
        assertThat(look.get()).isEqualTo(new Look.Visible());
    }
}
