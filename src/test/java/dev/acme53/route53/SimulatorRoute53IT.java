package dev.acme53.route53;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.sim.Simulator;
import dev.acme53.sim.SimulatorSettings;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.Route53Client;

/// The room on our simulator at its friendliest, with what LocalStack does not do as AWS: it lists only zones
/// of exactly the name asked for, and makes private ones only beside an EC2.
class SimulatorRoute53IT extends Route53Contract {
    private static Simulator simulator;
    private static Route53Client client;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(SimulatorSettings.defaults());
        client = SimulatorClient.of(simulator, simulator.administratorKey());
    }

    @AfterAll
    static void stop() {
        client.close();
        simulator.close();
    }

    @Override
    Route53Client route53() {
        return client;
    }

    @Test
    void t72OfNestedZonesDnsDecides() {
        var apex = zone("", false);
        var below = zone("a.", false);
        assertThat(zoneFor("_acme-challenge.a.", _ -> cut(""))).isEqualTo(new ZoneChoice.Found(apex));
        assertThat(zoneFor("_acme-challenge.a.", _ -> cut("a."))).isEqualTo(new ZoneChoice.Found(below));
    }

    private Optional<Delegation.Cut> cut(String prefix) {
        return Optional.of(new Delegation.Cut(name(prefix), Set.of()));
    }

    @Test
    void t71APrivateTwinIsPassedOver() {
        zone("", true);
        var open = zone("", false);
        assertThat(zoneFor("_acme-challenge.", _ -> Optional.empty())).isEqualTo(new ZoneChoice.Found(open));
    }
}
