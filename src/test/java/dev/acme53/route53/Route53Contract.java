package dev.acme53.route53;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.names.DnsName;
import dev.acme53.route53.RecordChanges.ChangeResult;
import dev.acme53.route53.WantedRecord.Merged;
import dev.acme53.route53.WantedRecord.Presence;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/// What the room promises, on any Route 53. Each test has a domain of its own.
abstract class Route53Contract {
    private static final String VALUE = "LPsIwTo7o8BoG0-vjCyGQGBWSVIPxI-i_X336eUOQZo";
    private static final String OTHER = "evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA";

    private final String domain = "d" + UUID.randomUUID().toString().replace("-", "") + ".example";
    private final RequestLimits limits = new RequestLimits(10, 0.4);
    private final AccountCalls calls = new AccountCalls(limits, InstantSource.system());
    private final HostedZones zones = new HostedZones(calls, InstantSource.system());
    private final RecordChanges changes = new ZoneLanes(calls, InstantSource.system(), new SplittableRandom(1));

    private final Polls polls = new Polls(calls, InstantSource.system(), _ -> {});

    /// Of somebody who may do everything.
    abstract Route53Client route53();

    private Caller caller() {
        return new Caller("contract", "contract", "tenant", "aws", "", this::route53);
    }

    DnsName name(String prefix) {
        return DnsName.of(prefix + domain);
    }

    /// Makes a zone and says its id.
    String zone(String prefix, boolean isPrivate) {
        var made = route53().createHostedZone(r -> {
            r.name(prefix + domain).callerReference(UUID.randomUUID().toString());
            if (isPrivate) {
                r.vpc(v -> v.vpcId("vpc-1a2b3c4d").vpcRegion("us-east-1")).hostedZoneConfig(c -> c.privateZone(true));
            }
        });
        return ZoneNames.idOf(made.hostedZone().id());
    }

    private ChangeResult want(String zone, String value, Presence presence) {
        return Blocking.want(
                changes,
                caller(),
                zone,
                new WantedRecord(new ChallengeRecord(name("_acme-challenge."), value), presence, Merged.NO));
    }

    private List<ResourceRecordSet> stored(String zone) {
        return route53().listResourceRecordSets(r -> r.hostedZoneId(zone)).resourceRecordSets().stream()
                .filter(s -> s.type() == RRType.TXT)
                .toList();
    }

    ZoneChoice zoneFor(String prefix, Delegation dns) {
        return zones.zoneFor(caller(), name(prefix), dns);
    }

    @Test
    void aWantedRecordIsStoredInThePeersShapeAndTheChangeIsInSyncAtLast() {
        var zone = zone("", false);
        var result = want(zone, VALUE, Presence.PRESENT);
        assertThat(result)
                .isInstanceOfSatisfying(
                        ChangeResult.Accepted.class,
                        accepted -> assertThat(polls.last(caller(), accepted.changeId()))
                                .isEqualTo(new Changes.ChangeStatus.InSync()));
        assertThat(stored(zone)).singleElement().satisfies(set -> {
            assertThat(set.name()).isEqualTo("_acme-challenge." + domain + ".");
            assertThat(set.ttl()).isEqualTo(10);
            assertThat(set.multiValueAnswer()).isTrue();
            assertThat(set.setIdentifier()).isEqualTo('"' + VALUE + '"');
            assertThat(set.resourceRecords())
                    .singleElement()
                    .satisfies(r -> assertThat(r.value()).isEqualTo('"' + VALUE + '"'));
        });
    }

    @Test
    void wantingTwiceIsAsWantingOnce() {
        var zone = zone("", false);
        want(zone, VALUE, Presence.PRESENT);
        assertThat(want(zone, VALUE, Presence.PRESENT)).isInstanceOf(ChangeResult.Accepted.class);
        assertThat(stored(zone)).hasSize(1);
        assertThat(want(zone, VALUE, Presence.ABSENT)).isInstanceOf(ChangeResult.Accepted.class);
        assertThat(want(zone, VALUE, Presence.ABSENT)).isNotInstanceOf(ChangeResult.Failed.class);
        assertThat(stored(zone)).isEmpty();
    }

    @Test
    void valuesOfOneNameComeAndGoOneByOne() {
        var zone = zone("", false);
        want(zone, VALUE, Presence.PRESENT);
        want(zone, OTHER, Presence.PRESENT);
        assertThat(stored(zone)).hasSize(2);
        want(zone, VALUE, Presence.ABSENT);
        assertThat(stored(zone)).extracting(ResourceRecordSet::setIdentifier).containsExactly('"' + OTHER + '"');
    }

    @Test
    void aZoneThatIsGoneIsToldAsThat() {
        assertThat(want("Z0000000000000", VALUE, Presence.ABSENT))
                .isInstanceOfSatisfying(
                        ChangeResult.Failed.class,
                        failed -> assertThat(failed.failure())
                                .isInstanceOf(Route53Failure.NoSuchZone.class)
                                .extracting(Route53Failure::message)
                                .asString()
                                .startsWith("failed to change Route 53 record set: NoSuchHostedZone: "));
    }

    @Test
    void theNearestPublicZoneAboveANameIsFound() {
        var apex = zone("", false);
        zone("b.", false);
        assertThat(zoneFor("_acme-challenge.a.", _ -> Optional.empty())).isEqualTo(new ZoneChoice.Found(apex));
    }

    @Test
    void t73ANameOutsideEveryZoneIsAnErrorThatNamesBoth() {
        assertThat(zoneFor("_acme-challenge.", _ -> Optional.empty()))
                .isEqualTo(new ZoneChoice.Failed(new Route53Failure.NoSuchZone(
                        "failed to determine Route 53 hosted zone ID: zone %s not found in Route 53 for domain %s"
                                .formatted(domain, "_acme-challenge." + domain + "."))));
    }
}
