package dev.acme53.operator.metrics;

import dev.acme53.api.AnyIssuer;
import dev.acme53.api.Certificate;
import dev.acme53.api.Challenge;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.Condition;
import dev.acme53.api.ConditionTypes;
import dev.acme53.api.Conditions;
import dev.acme53.api.Issuer;
import dev.acme53.api.State;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The series that describe objects, read from the informers' caches at the moment of the scrape.
final class ObjectSeries {
    private static final List<Condition.Status> STATUSES =
            List.of(Condition.Status.TRUE, Condition.Status.FALSE, Condition.Status.UNKNOWN);
    /// With the empty text for a Challenge whose state is not known yet.
    private static final List<String> STATES =
            List.of("ready", "valid", "errored", "expired", "invalid", "processing", "", "pending");

    private ObjectSeries() {}

    static void write(Exposition out, MetricsPage.Source caches) throws IOException {
        var certificates = caches.all(Certificate.class);
        if (certificates.isPresent()) {
            certificates(out, certificates.get());
        }
        var challenges = caches.all(Challenge.class);
        if (challenges.isPresent()) {
            challenges(out, challenges.get());
        }
        var issuers = caches.all(Issuer.class);
        if (issuers.isPresent()) {
            out.gauge("certmanager_issuer_ready_status", "The ready status of an Issuer.");
            for (var issuer : issuers.get()) {
                ready(out, issuer, "name", name(issuer), "namespace", namespace(issuer));
            }
        }
        var clusterIssuers = caches.all(ClusterIssuer.class);
        if (clusterIssuers.isPresent()) {
            out.gauge("certmanager_clusterissuer_ready_status", "The ready status of a ClusterIssuer.");
            for (var issuer : clusterIssuers.get()) {
                ready(out, issuer, "name", name(issuer));
            }
        }
    }

    private static void certificates(Exposition out, List<Certificate> all) throws IOException {
        out.gauge("certmanager_certificate_ready_status", "The ready status of a Certificate.");
        for (var certificate : all) {
            ready(out, certificate.statusOrEmpty().conditions(), labels(certificate));
        }
        time(
                out,
                all,
                "not_after",
                "when the certificate expires",
                c -> c.statusOrEmpty().notAfter());
        time(
                out,
                all,
                "not_before",
                "when the certificate begins to be valid",
                c -> c.statusOrEmpty().notBefore());
        time(
                out,
                all,
                "expiration",
                "when the certificate expires",
                c -> c.statusOrEmpty().notAfter());
        time(
                out,
                all,
                "renewal",
                "when the certificate is to be renewed",
                c -> c.statusOrEmpty().renewalTime());
    }

    private static void time(
            Exposition out,
            List<Certificate> all,
            String what,
            String help,
            Function<Certificate, @Nullable Instant> time)
            throws IOException {
        out.gauge(
                "certmanager_certificate_" + what + "_timestamp_seconds", "Unix time " + help + "; 0 when not known.");
        for (var certificate : all) {
            var instant = time.apply(certificate);
            out.sample(instant == null ? 0 : (double) instant.getEpochSecond(), labels(certificate));
        }
    }

    private static String[] labels(Certificate certificate) {
        var issuer = certificate.getSpec().issuerRef();
        return new String[] {
            "name", name(certificate),
            "namespace", namespace(certificate),
            "issuer_name", issuer.name(),
            "issuer_kind", issuer.kind(),
            "issuer_group", issuer.group()
        };
    }

    private static void challenges(Exposition out, List<Challenge> all) throws IOException {
        out.gauge("certmanager_certificate_challenge_status", "The state of a Challenge.");
        for (var challenge : all) {
            var spec = challenge.getSpec();
            var status = challenge.statusOrEmpty();
            var state = Optional.ofNullable(status.state()).map(State::text).orElse("");
            for (var possible : STATES) {
                out.sample(
                        possible.equals(state) ? 1 : 0,
                        "status",
                        possible,
                        "domain",
                        spec.dnsName(),
                        "reason",
                        status.reason(),
                        "processing",
                        Boolean.toString(status.processing()),
                        "name",
                        name(challenge),
                        "namespace",
                        namespace(challenge),
                        "type",
                        spec.type() == null ? "" : spec.type().text());
            }
        }
    }

    private static void ready(Exposition out, AnyIssuer issuer, String... labels) throws IOException {
        ready(out, issuer.statusOrEmpty().conditions(), labels);
    }

    /// One sample a possible status, 1 for the one it has.
    private static void ready(Exposition out, List<Condition> conditions, String... labels) throws IOException {
        var current = Conditions.find(conditions, ConditionTypes.READY)
                .map(Condition::status)
                .orElse(Condition.Status.UNKNOWN);
        for (var status : STATUSES) {
            var all = new ArrayList<>(List.of(labels));
            all.addAll(List.of("condition", status.text()));
            out.sample(status == current ? 1 : 0, all.toArray(String[]::new));
        }
    }

    private static String name(HasMetadata object) {
        return object.getMetadata().getName();
    }

    private static String namespace(HasMetadata object) {
        return object.getMetadata().getNamespace();
    }
}
