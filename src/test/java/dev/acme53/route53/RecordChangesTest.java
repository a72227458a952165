package dev.acme53.route53;

import static dev.acme53.route53.FakeRoute53.error;
import static dev.acme53.route53.FakeRoute53.legacyInvalidChangeBatch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.acme53.names.DnsName;
import dev.acme53.route53.RecordChanges.ChangeResult;
import dev.acme53.route53.WantedRecord.Merged;
import dev.acme53.route53.WantedRecord.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeInfo;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

class RecordChangesTest {
    private static final String VALUE = "LPsIwTo7o8BoG0-vjCyGQGBWSVIPxI-i_X336eUOQZo";
    private static final String OTHER = "evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA";
    private static final ChallengeRecord RECORD = new ChallengeRecord(DnsName.of("_acme-challenge.example.com"), VALUE);
    private static final String NOT_FOUND = "[Tried to delete resource record set "
            + "[name='_acme-challenge.example.com.', type='TXT', set-identifier='\"" + VALUE
            + "\"'] but it was not found]";
    private static final String OTHER_SHAPE = "[Tried to delete resource record set "
            + "[name='_acme-challenge.example.com.', type='TXT', set-identifier='\"" + VALUE
            + "\"'] but the values provided do not match the current values]";

    private final FakeRoute53 route53 = new FakeRoute53();
    private final List<Duration> pauses = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-24T00:00:00Z");
    private final ZoneLanes lanes = new ZoneLanes(
            new AccountCalls(new RequestLimits(10, 0.4), () -> now, this::pause),
            () -> now,
            new SplittableRandom(1),
            this::pause);

    private void pause(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) >= 0) {
            pauses.add(duration);
        }
        now = now.plus(duration);
    }

    private ChangeResult want(Presence presence) {
        return Blocking.want(lanes, route53.caller("me"), "Z1", new WantedRecord(RECORD, presence, Merged.NO));
    }

    private List<ChangeResourceRecordSetsRequest> calls() {
        return route53.requests(ChangeResourceRecordSetsRequest.class);
    }

    @Test
    void t57ARecordHasThePeersExactShape() {
        assertThat(want(Presence.PRESENT)).isEqualTo(new ChangeResult.Accepted("C1", false));
        assertThat(calls()).singleElement().satisfies(call -> {
            assertThat(call.hostedZoneId()).isEqualTo("Z1");
            assertThat(call.changeBatch().comment()).isEqualTo("Managed by cert-manager");
            assertThat(call.changeBatch().changes()).singleElement().satisfies(change -> {
                assertThat(change.action()).isEqualTo(ChangeAction.UPSERT);
                assertThat(change.resourceRecordSet()).isEqualTo(stored(10, VALUE));
            });
        });
    }

    private static ResourceRecordSet stored(long ttl, String... values) {
        return ResourceRecordSet.builder()
                .name("_acme-challenge.example.com.")
                .type(RRType.TXT)
                .ttl(ttl)
                .multiValueAnswer(true)
                .setIdentifier("\"" + VALUE + "\"")
                .resourceRecords(List.of(values).stream()
                        .map(v -> ResourceRecord.builder().value('"' + v + '"').build())
                        .toList())
                .build();
    }

    @Test
    void t58ApexAndWildcardHaveOneNameAndTwoSetIdentifiers() {
        want(Presence.PRESENT);
        Blocking.want(
                lanes,
                route53.caller("me"),
                "Z1",
                new WantedRecord(new ChallengeRecord(RECORD.name(), OTHER), Presence.PRESENT, Merged.NO));
        var sets = calls().stream()
                .map(c -> c.changeBatch().changes().getFirst().resourceRecordSet())
                .toList();
        assertThat(sets).extracting(ResourceRecordSet::name).containsOnly("_acme-challenge.example.com.");
        assertThat(sets)
                .extracting(ResourceRecordSet::setIdentifier)
                .containsExactly('"' + VALUE + '"', '"' + OTHER + '"');
    }

    @Test
    void t59ADeleteNamesTheSameRecordToTheLetter() {
        want(Presence.PRESENT);
        want(Presence.ABSENT);
        var changes =
                calls().stream().map(c -> c.changeBatch().changes().getFirst()).toList();
        assertThat(changes.get(1).action()).isEqualTo(ChangeAction.DELETE);
        assertThat(changes.get(1).resourceRecordSet()).isEqualTo(changes.get(0).resourceRecordSet());
    }

    @Test
    void t60WhatIsNotFoundIsAbsent() {
        route53.nextFails(error(400, "InvalidChangeBatch", NOT_FOUND));
        assertThat(want(Presence.ABSENT)).isEqualTo(new ChangeResult.AlreadyAbsent());
        assertThat(route53.requests).hasSize(1);
    }

    @Test
    void t61WhatIsNotFoundIsAbsentInTheLegacyFormToo() {
        route53.nextFails(legacyInvalidChangeBatch(NOT_FOUND));
        assertThat(want(Presence.ABSENT)).isEqualTo(new ChangeResult.AlreadyAbsent());
        assertThat(route53.requests).hasSize(1);
    }

    @Test
    void t62AZoneThatIsGoneIsAFailureOfItsOwnKind() {
        route53.nextFails(error(404, "NoSuchHostedZone", "No hosted zone found with ID: Z1"));
        assertThat(want(Presence.ABSENT))
                .isEqualTo(new ChangeResult.Failed(new Route53Failure.NoSuchZone(
                        "failed to change Route 53 record set: NoSuchHostedZone: No hosted zone found with ID: Z1")));
    }

    @Test
    void aRecordWhoseTtlSomebodyChangedIsDeletedAsItIs() {
        route53.nextFails(error(400, "InvalidChangeBatch", OTHER_SHAPE)).records(_ -> listed(stored(300, VALUE)));
        assertThat(want(Presence.ABSENT)).isInstanceOf(ChangeResult.Accepted.class);
        assertThat(calls().getLast().changeBatch().changes().getFirst().resourceRecordSet())
                .isEqualTo(stored(300, VALUE));
    }

    @Test
    void aRecordThatHoldsMoreThanOurValueIsLeftAlone() {
        route53.nextFails(error(400, "InvalidChangeBatch", OTHER_SHAPE))
                .records(_ -> listed(stored(300, VALUE, "theirs")));
        assertThat(want(Presence.ABSENT)).isEqualTo(new ChangeResult.AlreadyAbsent());
        assertThat(calls()).hasSize(1);
    }

    @Test
    void anotherRecordThatTheListingBeginsWithIsNotOurs() {
        route53.nextFails(error(400, "InvalidChangeBatch", "[no such thing is permitted in zone example.com.]"))
                .records(_ -> listed(
                        stored(10, VALUE).toBuilder().name("b.example.com.").build()));
        assertThat(want(Presence.ABSENT)).isEqualTo(new ChangeResult.AlreadyAbsent());
        assertThat(calls()).hasSize(1);
    }

    @Test
    void whoMayNotListRecordsIsNotHeldUp() {
        route53.nextFails(error(400, "InvalidChangeBatch", OTHER_SHAPE), error(403, "AccessDenied", "not authorized"));
        assertThat(want(Presence.ABSENT)).isEqualTo(new ChangeResult.AlreadyAbsent());
    }

    private static ListResourceRecordSetsResponse listed(ResourceRecordSet... sets) {
        return ListResourceRecordSetsResponse.builder().resourceRecordSets(sets).build();
    }

    @Test
    void t63ARecordOutsideTheZoneIsRefusedForGoodWithAwssWords() {
        route53.nextFails(error(
                400,
                "InvalidChangeBatch",
                "[RRSet with DNS name _acme-challenge.example.com. is not permitted in zone example.org.]"));
        assertThat(want(Presence.PRESENT))
                .isEqualTo(new ChangeResult.Failed(new Route53Failure.RejectedRecord(
                        "failed to change Route 53 record set: InvalidChangeBatch: [RRSet with DNS name "
                                + "_acme-challenge.example.com. is not permitted in zone example.org.]")));
    }

    @Test
    void t66ABusyZoneIsWaitedForWithGrowingPauses() {
        for (int i = 0; i < 6; i++) {
            route53.nextFails(error(400, "PriorRequestNotComplete", "The request was rejected because …"));
        }
        assertThat(want(Presence.PRESENT)).isInstanceOf(ChangeResult.Accepted.class);
        assertThat(pauses).hasSize(6);
        assertThat(pauses.stream().map(Duration::toSeconds)).isSorted().startsWith(1L, 2L, 4L, 8L, 16L);
        assertThat(pauses.getLast()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(22));
    }

    @Test
    void t67AnEmptyBudgetIsWaitedForToo() {
        for (int i = 0; i < 4; i++) {
            route53.nextFails(error(400, "Throttling", "Rate exceeded"));
        }
        assertThat(want(Presence.PRESENT)).isInstanceOf(ChangeResult.Accepted.class);
        assertThat(pauses).hasSize(4);
    }

    @Test
    void t67AfterThatTheRateIsLower() {
        var rested = secondsOfThirtyWrites();
        for (int i = 0; i < 4; i++) {
            route53.nextFails(error(400, "Throttling", "Rate exceeded"));
        }
        want(Presence.PRESENT);
        assertThat(secondsOfThirtyWrites()).isGreaterThan(3 * rested);
    }

    private double secondsOfThirtyWrites() {
        var start = now;
        for (int i = 0; i < 30; i++) {
            want(Presence.PRESENT);
        }
        return Duration.between(start, now).toMillis() / 1000.0;
    }

    @Test
    void afterTwoMinutesTheCallerIsTold() {
        route53.always(ChangeResourceRecordSetsRequest.class, error(400, "PriorRequestNotComplete", "busy"));
        var start = now;
        assertThat(want(Presence.PRESENT))
                .isEqualTo(new ChangeResult.Failed(new Route53Failure.Throttled(
                        "failed to change Route 53 record set: PriorRequestNotComplete: busy")));
        assertThat(Duration.between(start, now)).isBetween(Duration.ofSeconds(90), Duration.ofMinutes(2));
    }

    @Test
    void otherFailuresAreNotRepeated() {
        route53.nextFails(error(403, "AccessDenied", "no"));
        assertThat(want(Presence.PRESENT)).isInstanceOf(ChangeResult.Failed.class);
        assertThat(route53.requests).hasSize(1);
        assertThat(pauses).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "LPsIwTo7o8BoG0-vjCyGQGBWSVIPxI-i_X336eUOQZ\"",
                "LPsIwTo7o8BoG0-vjCyGQGBWSVIPxI-i_X336eUOQZo=",
                "LPsIwTo7o8BoG0-vjCyGQGBWSVIPxI-i_X336eUOQZ\n",
            })
    void aValueOfAnotherFormNeverReachesAws(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ChallengeRecord(RECORD.name(), value));
    }

    @Test
    void oneCallIsOpenInAZoneAndOtherZonesGoOn() throws Exception {
        var open = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        var slow = new Slow(open, answer);
        var caller = new Caller("slow", "slow", "tenant", "aws", "", () -> slow);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(
                    () -> Blocking.want(lanes, caller, "Z1", new WantedRecord(RECORD, Presence.PRESENT, Merged.NO)));
            assertThat(open.await(5, TimeUnit.SECONDS)).isTrue();
            var second = threads.submit(() -> want(Presence.PRESENT));
            var elsewhere = threads.submit(() -> Blocking.want(
                    lanes, route53.caller("me"), "Z2", new WantedRecord(RECORD, Presence.PRESENT, Merged.NO)));
            assertThat(elsewhere.get(5, TimeUnit.SECONDS)).isInstanceOf(ChangeResult.Accepted.class);
            assertThat(calls()).hasSize(1);
            assertThat(second.isDone()).isFalse();
            answer.countDown();
            assertThat(first.get(5, TimeUnit.SECONDS)).isInstanceOf(ChangeResult.Accepted.class);
            assertThat(second.get(5, TimeUnit.SECONDS)).isInstanceOf(ChangeResult.Accepted.class);
        }
    }

    /// Answers when told to.
    private record Slow(CountDownLatch open, CountDownLatch answer) implements Route53Client {
        @Override
        public ChangeResourceRecordSetsResponse changeResourceRecordSets(ChangeResourceRecordSetsRequest request) {
            open.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return ChangeResourceRecordSetsResponse.builder()
                    .changeInfo(ChangeInfo.builder().id("/change/CSLOW").build())
                    .build();
        }

        @Override
        public String serviceName() {
            return "route53";
        }

        @Override
        public void close() {}
    }
}
