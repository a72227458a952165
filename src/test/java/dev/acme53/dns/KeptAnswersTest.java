package dev.acme53.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acme53.names.DnsName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/// ADR 15: what recursive servers said is kept by its TTL, and by RFC 2308 where there is nothing.
class KeptAnswersTest {
    private static final Nameserver SERVER = Nameserver.of("192.0.2.1:53");
    private static final Nameserver SECOND = Nameserver.of("192.0.2.2:53");
    private static final DnsName NAME = DnsName.of("_acme-challenge.example.com");

    private final FakeDns dns = new FakeDns();
    private Instant now = Instant.parse("2026-11-24T00:00:00Z");
    private final Questions questions = questions(KeptAnswers.MOST);

    private Questions questions(int most) {
        return new Questions(dns, new KeptAnswers(() -> now, most));
    }

    private FakeDns cname(long ttl) {
        return dns.says(SERVER.toString(), NAME.absolute() + " " + ttl + " CNAME proof.example.net.");
    }

    private Answer askFirst() {
        return questions.askFirst(List.of(SERVER), NAME, Type.CNAME);
    }

    /// How long an answer is kept, to the second.
    private Duration kept() {
        askFirst();
        var asked = dns.asked.size();
        var begin = now;
        while (dns.asked.size() == asked) {
            now = now.plusSeconds(1);
            askFirst();
        }
        return Duration.between(begin, now);
    }

    @ParameterizedTest(name = "TTL {0} s: kept for {1} s")
    @CsvSource({"1, 1", "60, 60", "599, 599", "172800, 600"})
    void anAnswerIsKeptForItsTtlAndAtMostTenMinutes(long ttl, long seconds) {
        cname(ttl);
        assertThat(kept()).hasSeconds(seconds);
    }

    @Test
    void theShortestLivedOfItsRecordsCounts() {
        cname(60);
        cname(20);
        assertThat(kept()).hasSeconds(20);
    }

    @Test
    void whatMayNotBeKeptIsAskedEachTime() {
        cname(0);
        askFirst();
        askFirst();
        assertThat(dns.asked).hasSize(2);
    }

    @ParameterizedTest(name = "SOA of {0} s with minimum {1} s: kept for {2} s")
    @CsvSource({"900, 30, 30", "20, 86400, 20", "900, 86400, 60"})
    void thatThereIsNothingIsKeptAsTheSoaRecordSaysAndAtMostAMinute(long ttl, long minimum, long seconds) {
        dns.denies(SERVER.toString(), "example.com. %d SOA ns. h. 1 2 3 4 %d".formatted(ttl, minimum));
        assertThat(kept()).as("NXDOMAIN").hasSeconds(seconds);
        dns.says(SERVER.toString(), NAME.absolute() + " 10 TXT value");
        assertThat(kept()).as("no such record").hasSeconds(seconds);
    }

    @Test
    void thatThereIsNothingIsNotKeptWhenNoSoaRecordSaysHowLong() {
        askFirst();
        askFirst();
        assertThat(dns.asked).hasSize(2);
    }

    @Test
    void aCnameInPlaceOfWhatWasAskedCountsAsNothingAndForNoLongerThanItsOwnTtl() {
        cname(5);
        questions.askFirst(List.of(SERVER), NAME, Type.SOA);
        questions.askFirst(List.of(SERVER), NAME, Type.SOA);
        assertThat(dns.asked).hasSize(2);
    }

    @Test
    void neitherRefusalNorSilenceIsKept() {
        dns.answersWith(SERVER.toString(), NAME.absolute(), Type.CNAME, Rcode.SERVFAIL);
        askFirst();
        assertThat(askFirst()).isInstanceOf(Answer.Given.class);
        dns.isSilent(SERVER.toString());
        askFirst();
        assertThat(askFirst()).isInstanceOf(Answer.None.class);
        assertThat(dns.asked).hasSize(4);
    }

    @Test
    void whatTheSecondServerSaidIsKeptThoughTheFirstIsSilent() {
        dns.isSilent(SERVER.toString()).says(SECOND.toString(), NAME.absolute() + " 60 CNAME proof.example.net.");
        var first = questions.askFirst(List.of(SERVER, SECOND), NAME, Type.CNAME);
        assertThat(questions.askFirst(List.of(SERVER, SECOND), NAME, Type.CNAME))
                .isEqualTo(first);
        assertThat(dns.asked).hasSize(2);
    }

    @Test
    void oneServerIsAskedEachTime() {
        cname(60);
        questions.ask(SERVER, NAME, Type.CNAME);
        questions.ask(SERVER, NAME, Type.CNAME);
        assertThat(dns.asked).hasSize(2);
    }

    @Test
    void beyondTheBoundTheOneGoesThatNobodyWantedForTheLongestTime() {
        var few = questions(2);
        var names = List.of(NAME, DnsName.of("a.example.com"), DnsName.of("b.example.com"));
        names.forEach(name -> dns.says(SERVER.toString(), name.absolute() + " 60 CNAME proof.example.net."));
        few.askFirst(List.of(SERVER), names.get(0), Type.CNAME);
        few.askFirst(List.of(SERVER), names.get(1), Type.CNAME);
        few.askFirst(List.of(SERVER), names.get(0), Type.CNAME);
        few.askFirst(List.of(SERVER), names.get(2), Type.CNAME);
        few.askFirst(List.of(SERVER), names.get(0), Type.CNAME);
        assertThat(dns.asked).hasSize(3);
        few.askFirst(List.of(SERVER), names.get(1), Type.CNAME);
        assertThat(dns.asked).hasSize(4);
    }

    @Test
    void whatManyAskAtOnceIsAskedOnce() throws Exception {
        cname(0);
        assertThat(askedByMany(50)).hasSize(50).allMatch(a -> a instanceof Answer.Given given && given.isPositive());
        assertThat(dns.asked).hasSize(1);
    }

    @Test
    void aFailureIsTheAnswerOfAllWhoWaitForItAndOfNobodyLater() throws Exception {
        dns.isSilent(SERVER.toString());
        assertThat(askedByMany(50)).hasSize(50).allMatch(Answer.None.class::isInstance);
        assertThat(dns.asked).hasSize(1);
        askFirst();
        assertThat(dns.asked).hasSize(2);
    }

    /// All come while the first is still asking.
    private List<Answer> askedByMany(int count) throws Exception {
        var asking = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var many = new Questions(
                (server, query) -> {
                    asking.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    return dns.ask(server, query);
                },
                new KeptAnswers(() -> now));
        var answers = new ArrayList<Future<Answer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = new ArrayList<Thread>();
            for (int i = 0; i < count; i++) {
                answers.add(threads.submit(() -> {
                    synchronized (waiting) {
                        waiting.add(Thread.currentThread());
                    }
                    return many.askFirst(List.of(SERVER), NAME, Type.CNAME);
                }));
            }
            asking.await();
            while (!allWait(waiting, count)) {
                Thread.onSpinWait();
            }
            goOn.countDown();
        }
        return answers.stream().map(Future::resultNow).toList();
    }

    private static boolean allWait(List<Thread> threads, int count) {
        synchronized (threads) {
            return threads.size() == count && threads.stream().allMatch(t -> t.getState() == Thread.State.WAITING);
        }
    }

    @Test
    void aFaultReachesWhoAsksAndIsNotKept() {
        var answers = new KeptAnswers(() -> now);
        var question = new KeptAnswers.Question(List.of(SERVER), NAME, Type.CNAME);
        assertThatThrownBy(() -> answers.get(question, () -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        assertThat(answers.get(question, () -> new Answer.None("silent"))).isEqualTo(new Answer.None("silent"));
    }
}
