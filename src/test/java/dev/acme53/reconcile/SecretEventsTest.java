package dev.acme53.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.acme53.api.Issuer;
import dev.acme53.reconcile.ScriptedApiServer.Answer;
import dev.acme53.reconcile.ScriptedApiServer.Asked;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who is woken by what becomes of the watch. Issuers name the Secret of their own name, but for `none`.
class SecretEventsTest {
    private static final ResourceID ONE = new ResourceID("one", "a");
    private static final ResourceID TWO = new ResourceID("two", "a");

    private final Queue<Answer> watches = new ConcurrentLinkedQueue<>();
    private final ScriptedApiServer server = new ScriptedApiServer(this::answer);
    private final List<ResourceID> woken = new CopyOnWriteArrayList<>();
    private final SecretEvents<Issuer> events = events(Duration.ofMinutes(8), Duration.ofSeconds(30));

    @AfterEach
    void close() {
        events.stop();
        server.close();
    }

    @Test
    void aChangeWakesThoseThatNameTheSecret() {
        watches.add(
                Answer.held("{\"type\": \"ADDED\", \"object\": {\"metadata\": {\"name\": \"two\", \"namespace\": \"a\","
                        + " \"resourceVersion\": \"6\"}}}\n"));
        events.start();
        await().until(() -> woken.size() == 3);
        assertThat(woken).containsExactly(ONE, TWO, TWO);
    }

    @Test
    void whenTheTimeOfTheWatchIsOverTheNextBeginsAndAllLookForThemselves() {
        watches.add(Answer.ok(""));
        watches.add(Answer.ok(""));
        watches.add(Answer.held(""));
        events.start();
        await().until(() -> woken.size() == 6);
        assertThat(woken).containsExactly(ONE, TWO, ONE, TWO, ONE, TWO);
        assertThat(lists()).hasSize(3);
    }

    @Test
    void afterASilentDeathTheNextWatchBegins() {
        watches.add(Answer.held(""));
        watches.add(Answer.held(""));
        var brief = events(Duration.ZERO, Duration.ofSeconds(1));
        brief.start();
        // when the first began, when it was given up, when the second began
        await().until(() -> woken.size() >= 6);
        assertThat(lists()).hasSizeGreaterThanOrEqualTo(2);
        brief.stop();
    }

    @Test
    void whileThereIsNoWatchAllAreWokenWithEachTry() {
        watches.add(Answer.refused(500));
        watches.add(Answer.refused(403));
        watches.add(Answer.held(""));
        events.start();
        await().until(() -> woken.size() == 6);
        assertThat(woken).containsExactly(ONE, TWO, ONE, TWO, ONE, TWO);
    }

    @Test
    void afterTheEndNothingIsAskedAnyMore() {
        watches.add(Answer.held(""));
        events.start();
        await().until(() -> woken.size() == 2);
        events.stop();
        assertThat(events.isRunning()).isFalse();
        await().during(Duration.ofMillis(200)).until(() -> lists().size() == 1 && woken.size() == 2);
    }

    private SecretEvents<Issuer> events(Duration length, Duration grace) {
        var made = new SecretEvents<>(
                new Issuers(),
                new SecretWatch(server.client(), Optional.of("a"), length, grace),
                new Retries(Duration.ofMillis(10), Duration.ofMillis(10), new SplittableRandom(1)),
                SecretEventsTest::named);
        made.setEventHandler(event -> woken.add(event.getRelatedCustomResourceID()));
        return made;
    }

    private List<Asked> lists() {
        return server.asked().stream()
                .filter(a -> a.path().endsWith("?limit=1"))
                .toList();
    }

    /// A watch that nobody planned is held, so that a test ends.
    private Answer answer(Asked asked) {
        if (asked.path().endsWith("?limit=1")) {
            return Answer.ok("{\"metadata\": {\"resourceVersion\": \"5\"}}");
        }
        var planned = watches.poll();
        return planned == null ? Answer.held("") : planned;
    }

    private static Collection<ResourceID> named(Issuer issuer) {
        var name = issuer.getMetadata().getName();
        return name.equals("none") ? List.of() : List.of(new ResourceID(name, "a"));
    }

    /// The informer's cache, as far as it is asked.
    private static final class Issuers implements IndexerResourceCache<Issuer> {
        private final List<Issuer> all =
                Stream.of("one", "none", "two").map(Issuers::issuer).toList();
        private final Map<String, Function<Issuer, List<String>>> indexers = new HashMap<>();

        private static Issuer issuer(String name) {
            var issuer = new Issuer();
            issuer.setMetadata(
                    new ObjectMetaBuilder().withName(name).withNamespace("a").build());
            return issuer;
        }

        @Override
        public void addIndexers(Map<String, Function<Issuer, List<String>>> added) {
            indexers.putAll(added);
        }

        @Override
        public List<Issuer> byIndex(String index, String key) {
            return all.stream()
                    .filter(i -> indexers.get(index).apply(i).contains(key))
                    .toList();
        }

        @Override
        public Stream<Issuer> list(String namespace, Predicate<Issuer> wanted) {
            return all.stream().filter(wanted);
        }

        @Override
        public Stream<Issuer> list(Predicate<Issuer> wanted) {
            return all.stream().filter(wanted);
        }

        @Override
        public Optional<Issuer> get(ResourceID id) {
            return all.stream()
                    .filter(i -> ResourceID.fromResource(i).equals(id))
                    .findFirst();
        }

        @Override
        public Stream<ResourceID> keys() {
            return all.stream().map(ResourceID::fromResource);
        }
    }
}
