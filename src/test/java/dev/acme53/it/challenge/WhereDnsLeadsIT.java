package dev.acme53.it.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.api.Annotations;
import dev.acme53.api.Challenge;
import dev.acme53.api.ChallengeStatus;
import dev.acme53.api.CnameStrategy;
import dev.acme53.api.Dns01Solver;
import dev.acme53.api.Solver;
import dev.acme53.api.State;
import dev.acme53.dns.Nameserver;
import dev.acme53.it.stages.TestCa;
import dev.acme53.servers.KubernetesApi;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.IamPolicy;
import dev.acme53.sim.NewZone;
import dev.acme53.sim.RecordChange;
import dev.acme53.sim.RecordSet;
import dev.acme53.sim.Zone;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What DNS shows of a Challenge's name, and what that does to where its record is written and when the CA is told.
class WhereDnsLeadsIT {
    private static final KubernetesApi KUBERNETES = TestServers.kubernetes();
    private static final TestCa CA = new TestCa(pebble -> pebble.withAuthorizationReuse(0));

    private final ChallengeRig rig = new ChallengeRig(KUBERNETES, CA);

    /// Of one test alone: DNS shows the changes of a zone in their order, so one that is never in sync hides all later.
    private final Zone zone = CA.zone(rig.namespace.name() + ".test");

    /// A name in that zone.
    private String in(String labels) {
        return labels + "." + rig.namespace.name() + ".test";
    }

    @AfterEach
    void leave() {
        CA.simulator().settings().insyncAfter(Duration.ZERO);
        CA.simulator().setPolicy(CA.simulator().userArn("acme53"), IamPolicy.documented());
        rig.close();
    }

    @AfterAll
    static void stop() {
        CA.close();
    }

    private static void neverInSync() {
        CA.simulator().settings().insyncAfter(Duration.ofHours(1));
    }

    private static boolean isValid(ChallengeStatus status) {
        return status.state() == State.VALID;
    }

    private Challenge presented(Challenge challenge) {
        return rig.await(challenge, ChallengeStatus::presented);
    }

    @Test
    void t75WithFollowTheRecordStandsAtTheEndOfTheChainAndIsFoundThereWhenTheCnameHasMoved() {
        neverInSync();
        var target = CA.zone("target.example");
        leads(in("_acme-challenge.followed"), "proof.target.example.");
        Challenge challenge;
        try (var _ = rig.stage()) {
            challenge = presented(rig.create(in("followed"), rig.solver("", CnameStrategy.FOLLOW)));
            assertThat(CA.simulator().records(target))
                    .filteredOn(s -> s.type().equals("TXT"))
                    .extracting(RecordSet::name)
                    .containsExactly("proof.target.example.");
        }
        leads(in("_acme-challenge.followed"), "proof.moved.example.");
        CA.zone("moved.example");
        try (var _ = rig.stage()) { // one that does not remember where the CNAME led
            rig.delete(challenge);
            rig.awaitGone(challenge);
        }
        assertThat(rig.isStored(challenge)).isFalse();
    }

    /// Has the CNAME at `name` lead to `target`, at once and wherever it led before.
    private void leads(String name, String target) {
        CA.simulator().records(zone).stream()
                .filter(s -> s.name().equals(name + "."))
                .forEach(s -> CA.simulator().removeRecord(zone, s));
        CA.simulator().addRecord(zone, name, "CNAME", target);
    }

    @Test
    void aRecordWhoseCnameMovesBeforeItIsConfirmedIsWrittenAnewAndLeftNowhere() {
        neverInSync();
        CA.zone("early.example");
        CA.zone("late.example");
        leads(in("_acme-challenge.moves"), "proof.early.example.");
        Challenge challenge;
        try (var _ = rig.stage()) {
            challenge = presented(rig.create(in("moves"), rig.solver("", CnameStrategy.FOLLOW)));
        }
        leads(in("_acme-challenge.moves"), "proof.late.example.");
        CA.simulator().settings().insyncAfter(Duration.ZERO);
        CA.simulator().forgetChanges();
        try (var _ = rig.stage()) {
            rig.await(challenge, s -> isValid(s) && !s.processing());
        }
        assertThat(CA.simulator().history())
                .filteredOn(h -> h.action() == RecordChange.Action.UPSERT)
                .extracting(entry -> entry.recordSet().name())
                .contains("proof.early.example.", "proof.late.example.");
        assertThat(rig.isStored(challenge)).isFalse();
    }

    @ParameterizedTest(name = "records may be listed: {0}")
    @ValueSource(booleans = {true, false})
    void aWildcardsCnameIsNotFollowed(boolean listed) {
        if (!listed) {
            denyListing();
        }
        var target = CA.zone("lb-" + listed + ".example");
        CA.simulator().addRecord(zone, in("*"), "CNAME", "www.lb-" + listed + ".example.");
        CA.simulator().addRecord(target, "www.lb-" + listed + ".example", "A", "192.0.2.1");
        try (var _ = rig.stage()) {
            rig.await(rig.create(in("wild"), rig.solver("", CnameStrategy.FOLLOW)), WhereDnsLeadsIT::isValid);
            rig.await(rig.create(in("*.tame"), rig.solver(zone.id(), CnameStrategy.FOLLOW)), WhereDnsLeadsIT::isValid);
        }
        assertThat(CA.simulator().history())
                .extracting(entry -> entry.recordSet().name())
                .contains(in("_acme-challenge.wild") + ".")
                .doesNotContain("www.lb-" + listed + ".example.");
    }

    private static void denyListing() {
        CA.simulator()
                .setPolicy(
                        CA.simulator().userArn("acme53"),
                        IamPolicy.documented().denying("route53:ListResourceRecordSets", "*"));
    }

    @Test
    void anExplicitCnameIsFollowedAlthoughAWildcardLeadsToTheSamePlace() {
        neverInSync();
        CA.zone("same.example");
        CA.simulator().addRecord(zone, in("*.www"), "CNAME", "proof.same.example.");
        CA.simulator().addRecord(zone, in("_acme-challenge.www"), "CNAME", "proof.same.example.");
        try (var _ = rig.stage()) {
            var challenge = presented(rig.create(in("www"), rig.solver("", CnameStrategy.FOLLOW)));
            assertThat(challenge.getMetadata().getAnnotations().get(Annotations.ROUTE53_CHANGE))
                    .contains("/proof.same.example/");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"looked-up", "by-id", "beside-a-copy"})
    void aWildcardsCnameIsFollowedWhereNoZoneOfOursHoldsTheName(String how) {
        var name = how + ".foreign.example";
        var foreign = CA.simulator().createZone(NewZone.named(name).inAccount("999999999999"));
        CA.simulator().addRecord(foreign, "*." + name, "CNAME", in("proof-" + how) + ".");
        if (how.equals("beside-a-copy")) {
            CA.simulator().createZone(NewZone.named(name).undelegated());
        }
        try (var _ = rig.stage()) {
            var solver = rig.solver(how.equals("by-id") ? zone.id() : "", CnameStrategy.FOLLOW);
            rig.await(rig.create("www." + name, solver), WhereDnsLeadsIT::isValid);
        }
        assertThat(CA.simulator().history())
                .extracting(entry -> entry.recordSet().name())
                .contains(in("proof-" + how) + ".");
    }

    @Test
    void aSilentResolverIsWaitedForTenSecondsWhateverIsStillAskedOfItAndForeverWhereTheUserNamesIt()
            throws IOException {
        try (var silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            rig.resolver(new Nameserver.Plain("127.0.0.1", silent.getLocalPort()));
            var unnamed = rig.solver("", null);
            var named = new Dns01Solver(
                    null,
                    List.of("127.0.0.1:" + silent.getLocalPort()),
                    unnamed.route53().orElseThrow(),
                    null);
            try (var _ = rig.stage()) {
                var strict = presented(rig.create(in("strict"), new Solver(null, null, named, null, null)));
                var challenge = presented(rig.create(in("unheard"), unnamed));
                await().atMost(Duration.ofSeconds(20)) // each of its three questions takes ten
                        .until(() -> isValid(rig.read(challenge).orElseThrow().statusOrEmpty()));
                var reason = rig.await(strict, s -> s.reason().contains("no answer from"))
                        .statusOrEmpty()
                        .reason();
                assertThat(reason).startsWith("Waiting for DNS-01 challenge propagation: no answer from 127.0.0.1:");
                await().during(Duration.ofSeconds(2))
                        .atMost(Duration.ofSeconds(4))
                        .until(() -> !isValid(rig.read(strict).orElseThrow().statusOrEmpty()));
            }
        }
    }

    @Test
    void aNameThatDnsHasElsewhereWaitsAndSaysWhere() {
        var server = CA.simulator().dnsAddress();
        rig.resolver(new Nameserver.Plain(server.getAddress().getHostAddress(), server.getPort()));
        CA.simulator().settings().insyncAfter(Duration.ofSeconds(4));
        try (var _ = rig.stage()) {
            var challenge = presented(rig.create(in("www")));
            CA.simulator().addRecord(zone, in("_acme-challenge.www"), "CNAME", "proof.elsewhere.example.");
            rig.await(challenge, s -> s.reason().contains("leads to \"proof.elsewhere.example\" by CNAME"));
        }
    }
}
