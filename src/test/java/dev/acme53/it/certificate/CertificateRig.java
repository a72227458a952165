package dev.acme53.it.certificate;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acme53.api.Bytes;
import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.CertificateRequestStatus;
import dev.acme53.api.CertificateSpec;
import dev.acme53.api.CertificateStatus;
import dev.acme53.api.Condition;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.Reasons;
import dev.acme53.certificate.CertificateSettings;
import dev.acme53.certificate.CertificateStage;
import dev.acme53.fixture.LocalCa;
import dev.acme53.it.stages.Edits;
import dev.acme53.reconcile.EventRecorder;
import dev.acme53.reconcile.StageContext;
import dev.acme53.reconcile.StageRegistration;
import dev.acme53.reconcile.StatusWriter;
import dev.acme53.reconcile.WatchedKinds;
import dev.acme53.servers.ControllerAccount;
import dev.acme53.servers.TestNamespace;
import dev.acme53.servers.TestServers;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.Operator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// A namespace with the Certificate stage on it, under the controller's roles, and the hands of user, approver and
/// issuer.
final class CertificateRig implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(15);

    private final TestNamespace namespace = TestServers.kubernetes().freshNamespace();
    private final LocalCa ca = new LocalCa();
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final InstantSource clock = () -> Instant.now().plus(ahead.get());
    private final CertificateSettings settings;
    private final KubernetesClient client = client(TestServers.kubernetes().config(), new Interceptor() {});
    private final Queue<String> calls = new ConcurrentLinkedQueue<>();
    private final StatusWriter status = new StatusWriter(client);
    private Operator operator;
    private KubernetesClient own;
    private EventRecorder events;

    CertificateRig() {
        this(CertificateSettings.DEFAULTS);
    }

    CertificateRig(CertificateSettings settings) {
        this(settings, true);
    }

    private CertificateRig(CertificateSettings settings, boolean started) {
        this.settings = settings;
        if (started) {
            start();
        }
    }

    /// One whose stage is yet to be started, on a namespace that is prepared first.
    static CertificateRig unstarted() {
        return new CertificateRig(CertificateSettings.DEFAULTS, false);
    }

    void start() {
        own = client(ControllerAccount.in(TestServers.kubernetes()), new Interceptor() {
            @Override
            public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                if (!String.valueOf(request.uri().getQuery()).contains("watch=")) {
                    calls.add(request.method() + " " + request.uri().getPath());
                }
            }
        });
        events = new EventRecorder(own, clock);
        var context = new StageContext(
                own,
                new StatusWriter(own),
                events,
                clock,
                new SplittableRandom(),
                namespace.name(),
                Optional.of(namespace.name()),
                new WatchedKinds(clock));
        operator = new Operator(o -> o.withKubernetesClient(own)
                .withCloseClientOnStop(false)
                .withExecutorService(Executors.newFixedThreadPool(4))
                .withReconciliationTerminationTimeout(Duration.ofSeconds(5))
                .withUseSSAToPatchPrimaryResource(false)
                .checkingCRDAndValidateLocalModel(false));
        register(CertificateStage.of(context, settings));
        context.kinds().unattended().forEach(this::register);
        operator.start();
    }

    /// What the stage sent since it was started, watches and events about objects aside: method and path.
    List<String> calls() {
        return calls.stream().filter(call -> !call.contains("/events")).toList();
    }

    void stop() {
        operator.stop();
        events.close();
        own.close();
        operator = null;
    }

    @Override
    public void close() {
        if (operator != null) {
            stop();
        }
        client.close();
        namespace.close();
    }

    KubernetesClient kubernetes() {
        return client;
    }

    String namespace() {
        return namespace.name();
    }

    /// How far the stage's clock is ahead of the world's, from here on.
    void moveClock(Duration forward) {
        ahead.set(forward);
    }

    /// Wakes a Certificate by an annotation.
    void touch(String name) {
        Edits.edit(client, certificates(name).get(), c -> {
            c.getMetadata()
                    .setAnnotations(
                            new HashMap<>(Map.of("touched", clock.instant().toString())));
            return c;
        });
    }

    /// Issues the first certificate of a new Certificate.
    Certificate issued(String name, CertificateSpec spec) {
        create(name, spec);
        issue(name + "-1");
        return certificate(name, CertificateRig::isSettled);
    }

    Certificate create(String name, CertificateSpec spec) {
        return create(name, spec, Map.of());
    }

    Certificate create(String name, CertificateSpec spec, Map<String, String> annotations) {
        var certificate = new Certificate();
        certificate.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(namespace.name())
                .withAnnotations(annotations)
                .build());
        certificate.setSpec(spec);
        return client.resource(certificate).create();
    }

    /// The Certificate as it is now, once the condition holds.
    Certificate certificate(String name, Predicate<Certificate> condition) {
        var now = new AtomicReference<Certificate>();
        await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(() -> {
            now.set(certificates(name).get());
            return now.get() != null && condition.test(now.get());
        });
        return now.get();
    }

    void edit(String name, UnaryOperator<CertificateSpec> change) {
        Edits.edit(client, certificates(name).get(), c -> {
            c.setSpec(change.apply(c.getSpec()));
            return c;
        });
    }

    void putStatus(String name, UnaryOperator<CertificateStatus> change) {
        status.update(certificate(name, _ -> true), "somebody", c -> change.apply(c.statusOrEmpty()));
    }

    /// The request of a name, once it is there and meets the condition.
    CertificateRequest request(String name, Predicate<CertificateRequest> condition) {
        var now = new AtomicReference<CertificateRequest>();
        await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(() -> {
            now.set(requests(name).get());
            return now.get() != null && condition.test(now.get());
        });
        return now.get();
    }

    CertificateRequest request(String name) {
        return request(name, _ -> true);
    }

    List<CertificateRequest> allRequests() {
        return client.resources(CertificateRequest.class)
                .inNamespace(namespace.name())
                .list()
                .getItems();
    }

    /// Issues a certificate of 90 days, as the issuer.
    void issue(String request) {
        issue(request, Duration.ofDays(90));
    }

    void issue(String request, Duration lifetime) {
        var csr = request(request).getSpec().request();
        issue(request, ca.sign(csr, clock.instant().minusSeconds(60), lifetime.plusSeconds(60)));
    }

    void issue(String request, Bytes chain) {
        putRequestStatus(
                request,
                s -> s.withCertificate(chain)
                        .withConditions(condition(
                                s.conditions(),
                                ConditionTypes.READY,
                                Condition.Status.TRUE,
                                Reasons.Request.ISSUED,
                                "issued")));
    }

    LocalCa ca() {
        return ca;
    }

    void pend(String request, String message) {
        putRequestStatus(
                request,
                s -> s.withConditions(condition(
                        s.conditions(),
                        ConditionTypes.READY,
                        Condition.Status.FALSE,
                        Reasons.Request.PENDING,
                        message)));
    }

    void fail(String request, String message) {
        putRequestStatus(
                request,
                s -> s.withFailureTime(clock.instant())
                        .withConditions(condition(
                                s.conditions(),
                                ConditionTypes.READY,
                                Condition.Status.FALSE,
                                Reasons.Request.FAILED,
                                message)));
    }

    void deny(String request, String reason, String message) {
        putRequestStatus(
                request,
                s -> s.withConditions(
                        condition(s.conditions(), ConditionTypes.DENIED, Condition.Status.TRUE, reason, message)));
    }

    /// The Secret, once it is there and meets the condition.
    Secret secret(String name, Predicate<Secret> condition) {
        var now = new AtomicReference<Secret>();
        await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(() -> {
            now.set(secrets(name));
            return now.get() != null && condition.test(now.get());
        });
        return now.get();
    }

    Secret secrets(String name) {
        return client.secrets().inNamespace(namespace.name()).withName(name).get();
    }

    List<Secret> nextKeys() {
        return client.secrets()
                .inNamespace(namespace.name())
                .withLabel("cert-manager.io/next-private-key", "true")
                .list()
                .getItems();
    }

    /// Waits for an event of that reason about an object.
    Event event(HasMetadata object, String reason) {
        var found = new AtomicReference<Event>();
        await().atMost(SOON).until(() -> {
            client.v1().events().inNamespace(namespace.name()).list().getItems().stream()
                    .filter(e -> reason.equals(e.getReason())
                            && object.getMetadata()
                                    .getUid()
                                    .equals(e.getInvolvedObject().getUid()))
                    .findFirst()
                    .ifPresent(found::set);
            return found.get() != null;
        });
        return found.get();
    }

    static boolean isTrue(Certificate certificate, String type) {
        return Conditions.isTrue(certificate.statusOrEmpty().conditions(), type);
    }

    static Condition condition(Certificate certificate, String type) {
        return Conditions.find(certificate.statusOrEmpty().conditions(), type).orElseThrow();
    }

    /// Ready and not issuing any more.
    static boolean isSettled(Certificate certificate) {
        return isTrue(certificate, ConditionTypes.READY)
                && Conditions.find(certificate.statusOrEmpty().conditions(), ConditionTypes.ISSUING)
                        .isEmpty()
                && certificate.statusOrEmpty().nextPrivateKeySecretName() == null;
    }

    private List<Condition> condition(
            List<Condition> all, String type, Condition.Status status, String reason, String message) {
        return Conditions.set(all, type, status, reason, message, null, clock.instant());
    }

    private void putRequestStatus(String request, UnaryOperator<CertificateRequestStatus> change) {
        status.update(request(request), "issuer", r -> change.apply(r.statusOrEmpty()));
    }

    Resource<Certificate> certificates(String name) {
        return client.resources(Certificate.class).inNamespace(namespace.name()).withName(name);
    }

    Resource<CertificateRequest> requests(String name) {
        return client.resources(CertificateRequest.class)
                .inNamespace(namespace.name())
                .withName(name);
    }

    private <P extends HasMetadata> void register(StageRegistration<P> stage) {
        operator.register(stage.reconciler(), o -> {
            stage.configuration().accept(o);
            o.withName(stage.name() + "-" + namespace.name());
            o.settingNamespace(namespace.name());
            o.withReconciliationMaxInterval(Duration.ofHours(1));
            o.withRetry(null);
        });
    }

    private static KubernetesClient client(Config config, Interceptor observer) {
        var mapper = new ObjectMapper();
        var serialization = new KubernetesSerialization(mapper, true);
        mapper.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(serialization)
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("observer", observer))
                .build();
    }
}
