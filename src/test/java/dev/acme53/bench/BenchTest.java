package dev.acme53.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.acme53.servers.ThreadDump;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BenchTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1x1",
                "100x1",
                "1000x20w",
                "100x1e",
                "5x2we",
                "1000x20n",
                "wait:1000",
                "rest:5000",
                "start",
                "acme:16"
            })
    void aScenarioIsNamedByItsWord(String word) {
        assertThat(Scenario.of(word).word()).isEqualTo(word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0x1", "100", "100x0", "100x1ew", "wait:", "rest", "rest:0", "stop", "acme:0"})
    void anUnknownScenarioIsRefusedWithTheKnownOnes(String word) {
        assertThatThrownBy(() -> Scenario.of(word)).hasMessageContaining("rest:N and start");
    }

    @Test
    void anOptionMayHaveCommas() {
        assertThat(Bench.words("100x1 -XX:StartFlightRecording=filename=a.jfr,settings=profile", " start "))
                .containsExactly("100x1", "-XX:StartFlightRecording=filename=a.jfr,settings=profile", "start");
    }

    @Test
    void theMachinesPaceIsPartOfAResult() {
        assertThat(Machine.line())
                .containsPattern("; \\d+ cores, \\d+ GB, a power of 2,048 bits in [1-9]\\d*\\.\\d ms, load ");
    }

    @Test
    void aTitleSaysWhichKeysAreMade() {
        assertThat(Scenario.of("1000x20w").title())
                .isEqualTo(
                        "1,000 Certificates in 20 zones, apex and wildcard each, private keys RSA 2048 (the default)");
        assertThat(Scenario.of("1x1e").title())
                .isEqualTo("1 Certificate in 1 zone, one name each, private keys ECDSA P-256");
    }

    @ParameterizedTest
    @CsvSource({"50, 50", "99, 99", "100, 100", "1, 1", "0, 1"})
    void aPercentileIsTheTimeThatSoManyDoNotExceed(int percent, int seconds) {
        var times = Durations.of(IntStream.rangeClosed(1, 100)
                .mapToObj(i -> Duration.ofSeconds(101 - i))
                .toList());
        assertThat(times.percentile(percent)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void aPercentileOfFewTimesIsOneOfThem() {
        var times = Durations.of(List.of(Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofSeconds(2)));
        assertThat(times.percentile(50)).isEqualTo(Duration.ofSeconds(2));
        assertThat(times.percentile(99)).isEqualTo(Duration.ofSeconds(3));
        assertThat(times.all()).isEqualTo(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @CsvSource({"1x1, 4", "100x1, 4", "1000x1, 10", "1000x20, 80", "100x1w, 4", "1000x1w, 19", "350x1, 4", "351x1, 7"})
    void theFloorOfCallsIsOneLookUpAndThreeForEachFullBatch(String word, double calls) {
        assertThat(Targets.callsFloor((Scenario.Issue) Scenario.of(word))).isEqualTo(calls);
    }

    @Test
    void theFloorOfTimeIsAWindowAndInsync() {
        assertThat(Targets.readyFloor()).isEqualTo(20.25);
    }

    @Test
    void onlyTheWorkThatABoundWasSetForHasOne() {
        var hundred = (Scenario.Issue) Scenario.of("100x1");
        var other = (Scenario.Issue) Scenario.of("100x20");
        assertThat(Targets.allReady(hundred, Duration.ofSeconds(41)).isMissed()).isTrue();
        assertThat(Targets.allReady(hundred, Duration.ofSeconds(40)).isMissed()).isFalse();
        assertThat(Targets.allReady(other, Duration.ofSeconds(400)).isMissed()).isFalse();
    }

    @Test
    void aRowShowsTheFloorAndTheBoundBesideTheFigure() {
        assertThat(Figure.seconds("all ready", Duration.ofMillis(31_234))
                        .floor(20.25)
                        .bound(40, 31)
                        .row())
                .isEqualTo("| all ready | 31.23 s | 20.25 s | 40.00 s | 31.00 s |");
        assertThat(Figure.count("threads held", 2).bound(0, 0).row())
                .isEqualTo("| threads held | 2 (missed) | – | 0 | 0 |");
        assertThat(Figure.bytes("RSS", 276_400_000).row()).isEqualTo("| RSS | 276 MB | – | – | – |");
    }

    @Test
    void aReportIsATableWithItsMachineAndNotes() {
        var report = new Report(
                Scenario.of("rest:5000"),
                "two cores",
                List.of(Figure.average("writes", 7, 2)),
                List.of("A note."),
                true);
        assertThat(report.markdown()).isEqualTo("""
                ### `rest:5000`: 5,000 issued Certificates found at start, and then at rest

                | figure | measured | floor | must reach | aim |
                | --- | ---: | ---: | ---: | ---: |
                | writes | 3.50 | – | – | – |

                two cores

                A note.
                """);
        assertThat(report.fileName()).isEqualTo("rest-5000.md");
    }

    @Test
    void requestsAreThoseBetweenTwoReadingsOfTheApiServersMetrics() {
        var before = ApiRequests.of("""
                # TYPE apiserver_request_total counter
                apiserver_request_total{code="200",group="acme.cert-manager.io",resource="orders",subresource="status",verb="PUT",version="v1"} 3
                apiserver_request_total{code="201",group="",resource="secrets",subresource="",verb="POST",version="v1"} 1
                """);
        var after = ApiRequests.of("""
                apiserver_request_total{code="200",group="acme.cert-manager.io",resource="orders",subresource="status",verb="PUT",version="v1"} 1.3e+01
                apiserver_request_total{code="409",group="acme.cert-manager.io",resource="orders",subresource="status",verb="PUT",version="v1"} 2
                apiserver_request_total{code="201",group="",resource="secrets",subresource="",verb="POST",version="v1"} 1
                apiserver_request_total{code="200",group="coordination.k8s.io",resource="leases",subresource="",verb="PUT",version="v1"} 9
                apiserver_request_total{code="201",group="cert-manager.io",resource="certificates",subresource="",verb="POST",version="v1"} 10
                apiserver_request_total{code="200",group="",resource="secrets",subresource="",verb="GET",version="v1"} 20
                """);
        assertThat(ApiFigures.of(after.since(before), 10).stream().map(Figure::row))
                .containsExactly(
                        "| Kubernetes writes per Certificate | 1.20 | – | – | – |",
                        "| – PUT orders/status | 1.00 | – | – | – |",
                        "| – PUT orders/status refused with 409 | 0.20 | – | – | – |",
                        "| Kubernetes reads of one object per Certificate | 2.00 | – | – | – |",
                        "| – GET secrets | 2.00 | – | – | – |");
    }

    @Test
    void theKernelsFiguresOfAProcessAreRead() {
        var stat = "4242 (java (x) y) S 1 2 3 0 -1 4194304 1 0 0 0 1234 66 0 0 20 0 31 0 999 1 2";
        var status = "Name:\tjava\nVmHWM:\t  200000 kB\nVmRSS:\t  100000 kB\nThreads:\t31\n";
        assertThat(ProcessFigures.parse(stat, status))
                .isEqualTo(new ProcessFigures(13.0, 102_400_000, 204_800_000, 31));
    }

    @Test
    void aThreadIsHeldWhileItIsInTheStagesCodeAndAsksNeitherCaNorApiServer() throws Exception {
        var dump = new JsonMapper().readTree("""
                {"threadDump": {"threadContainers": [{"threads": [
                  {"name": "main", "stack": ["java.base/java.lang.Thread.run(Thread.java:1)"]},
                  {"name": "reconcile-1", "stack": ["dev.acme53.challenge.ChallengeReconciler.run(ChallengeReconciler.java:1)"]},
                  {"name": "reconcile-2", "stack": [
                    "io.fabric8.kubernetes.client.dsl.internal.OperationSupport.waitForResult(OperationSupport.java:1)",
                    "dev.acme53.challenge.Settlement.status(Settlement.java:1)"]}]},
                 {"threads": [
                  {"name": "", "virtual": true, "stack": [
                    "dev.acme53.acme.CaHttp.await(CaHttp.java:1)", "dev.acme53.challenge.CaCalls.accept(CaCalls.java:1)"]},
                  {"name": "", "virtual": true, "stack": ["dev.acme53.route53.ChangeTracker.poll(ChangeTracker.java:1)"]}]}]}}
                """);
        assertThat(JvmInside.count(ThreadDump.in(dump)))
                .isEqualTo(new JvmInside.Threads(
                        3,
                        2,
                        List.of("[\"dev.acme53.challenge.ChallengeReconciler.run(ChallengeReconciler.java:1)\"]"),
                        2));
    }

    @Test
    void theHeapInUseIsThatOfAllGenerations() {
        assertThat(JvmInside.usedHeap("""
                29551:
                DefNew     total 24576K, used 21367K [0x00000000fb000000, 0x00000000fcaa0000)
                 eden space 21888K,  85% used [0x00000000fb000000, 0x00000000fc23de98)
                Tenured    total 54656K, used 2436K [0x00000000fcaa0000, 0x0000000100000000)
                """)).isEqualTo(1024 * (21_367 + 2_436));
    }
}
