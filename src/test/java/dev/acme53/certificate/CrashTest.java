package dev.acme53.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.CertificateSpec;
import dev.acme53.api.CertificateStatus;
import dev.acme53.api.Condition.Status;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.certificate.CertificateStep.CollectCertificate;
import dev.acme53.certificate.CertificateStep.CreateRequest;
import dev.acme53.certificate.CertificateStep.DeleteNextKeys;
import dev.acme53.certificate.CertificateStep.DeleteRequests;
import dev.acme53.certificate.CertificateStep.Edit;
import dev.acme53.certificate.CertificateStep.GenerateNextKey;
import dev.acme53.certificate.CertificateStep.IssueTemporary;
import dev.acme53.certificate.CertificateStep.LookAtNextKey;
import dev.acme53.certificate.CertificateStep.NameNextKey;
import dev.acme53.certificate.CertificateStep.ReadTarget;
import dev.acme53.certificate.CertificateStep.ReuseKey;
import dev.acme53.certificate.CertificateStep.UpkeepSecret;
import dev.acme53.certificate.CertificateStep.Wait;
import dev.acme53.fixture.CertificateSpecs;
import dev.acme53.x509.PrivateKeys;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A world in memory on which the decisions are carried out as the acts carry them out, with a crash before any
/// step and after any write: what is stored alone leads on.
class CrashTest {
    private static final CertificateSpec SPEC = CertificateSpecs.of("");

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyIssuanceEndsAndAsksTheIssuerOnceHoweverOftenTheProcessDies(long seed) {
        var random = new SplittableRandom(seed);
        var world = new World(random);
        for (var wanted = 1; wanted <= 3; wanted++) {
            for (var rounds = 0; !world.isSettled(wanted); rounds++) {
                assertThat(rounds).as("rounds").isLessThan(200);
                world.reconcile(random.nextInt(4) == 0 ? random.nextInt(12) : Integer.MAX_VALUE);
                world.issuerActs();
            }
            assertThat(world.created).as("requests of seed " + seed).isEqualTo(wanted);
            assertThat(world.nextKeys).isEmpty();
            assertThat(world.requests).hasSize(1);
            world.renewByHand();
        }
    }

    /// What the API server stores.
    private static final class World {
        private final RandomGenerator random;
        private CertificateStatus status = CertificateStatus.empty();
        private final Map<String, KeyPair> nextKeys = new LinkedHashMap<>();
        private final Map<String, OwnedRequest> requests = new LinkedHashMap<>();
        private Secret target;
        private int created;

        World(RandomGenerator random) {
            this.random = random;
        }

        boolean isSettled(long revision) {
            return status.revision() != null
                    && status.revision() == revision
                    && Conditions.isTrue(status.conditions(), ConditionTypes.READY)
                    && Conditions.find(status.conditions(), ConditionTypes.ISSUING)
                            .isEmpty()
                    && nextKeys.isEmpty()
                    && requests.size() == 1;
        }

        void renewByHand() {
            status = status.withConditions(Conditions.set(
                    status.conditions(),
                    ConditionTypes.ISSUING,
                    Status.TRUE,
                    "ManuallyTriggered",
                    "by hand",
                    1L,
                    APicture.NOW));
        }

        void issuerActs() {
            requests.replaceAll((_, request) -> request.readyReason().isEmpty()
                    ? APicture.condition(request, ConditionTypes.READY, Status.TRUE, "Issued", "issued")
                    : request);
        }

        /// One reconcile that dies after so many steps.
        void reconcile(int steps) {
            var p = new APicture();
            p.spec = SPEC;
            p.status = status;
            p.target = target == null ? new TargetSecret.Missing() : APicture.read(target);
            p.requests = new ArrayList<>(requests.values());
            p.nextKeys = new ArrayList<>(
                    nextKeys.keySet().stream().map(World::identity).toList());
            var edits = new ArrayList<StatusEdit>();
            for (var done = 0; done < steps; done++) {
                assertThat(done).as("steps").isLessThan(100);
                var step = CertificateDecision.next(p.build());
                switch (step) {
                    case Edit(var edit, var _) -> edit(p, edits, edit);
                    case NameNextKey _ -> {
                        var name = "web-" + random.nextInt(100_000);
                        edit(p, edits, new StatusEdit.NextKeyName(name));
                        p.nextKey = new NextKey.Absent(name);
                    }
                    case LookAtNextKey(var name) -> p.nextKey = look(name);
                    case ReadTarget _ -> p.target = APicture.read(target);
                    default -> {
                        edits.forEach(edit -> status = edit.apply(status));
                        edits.clear();
                        if (step instanceof Wait || ++done >= steps || !act(p, edits, step)) {
                            return;
                        }
                    }
                }
            }
        }

        private boolean act(APicture p, List<StatusEdit> edits, CertificateStep step) {
            switch (step) {
                case GenerateNextKey(var name, var _, var _) -> {
                    nextKeys.putIfAbsent(name, random.nextBoolean() ? APicture.KEY : APicture.OTHER_KEY);
                    p.nextKey = look(name);
                    p.nextKeys.add(identity(name));
                }
                case DeleteNextKeys(var secrets, var _) -> {
                    secrets.forEach(s -> nextKeys.remove(s.name()));
                    p.nextKeys.removeAll(secrets);
                }
                case CreateRequest(var revision, var key) -> {
                    created++;
                    var request = APicture.request(revision, nextKeys.get(key.name()), SPEC);
                    assertThat(requests.put(request.name(), request)).isNull();
                    p.requests.add(request);
                }
                case DeleteRequests(var unfit) -> {
                    unfit.forEach(r -> requests.remove(r.name()));
                    p.requests.removeAll(unfit);
                }
                case CollectCertificate(var _, var revision, var key) -> {
                    var pair = nextKeys.get(key.name());
                    var chain = APicture.CA.chain(pair.getPublic(), SPEC.dnsNames(), APicture.NOW, Duration.ofDays(90));
                    target = APicture.secret(SPEC, CertificateSettings.DEFAULTS, PrivateKeys.encodePkcs1(pair), chain);
                    p.target = APicture.read(target);
                    edit(p, edits, new StatusEdit.Issued(revision));
                }
                case UpkeepSecret _, ReuseKey _, IssueTemporary _ ->
                    throw new AssertionError("nothing asks for this: " + step);
                case Edit _, NameNextKey _, LookAtNextKey _, ReadTarget _, Wait _ -> throw new AssertionError(step);
            }
            return true;
        }

        private static void edit(APicture p, List<StatusEdit> edits, StatusEdit edit) {
            edits.add(edit);
            p.status = edit.apply(p.status);
        }

        private NextKey look(String name) {
            var pair = nextKeys.get(name);
            return pair == null ? new NextKey.Absent(name) : new NextKey.Usable(identity(name), pair.getPublic());
        }

        private static SecretIdentity identity(String name) {
            return new SecretIdentity(name, name + "-uid", "1");
        }
    }
}
