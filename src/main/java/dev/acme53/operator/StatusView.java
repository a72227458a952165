package dev.acme53.operator;

import dev.acme53.api.CertificateStatus;
import dev.acme53.status.Gathering;
import dev.acme53.status.Snapshot;
import dev.acme53.status.Snapshot.Instance;
import dev.acme53.status.Snapshot.Leading;
import dev.acme53.status.Snapshot.Route53;
import dev.acme53.status.Watched;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// What the status page shows of this process, from its start on.
final class StatusView {
    private final InstantSource clock;
    private final Instant started;
    private final Leadership leadership;
    private final Supplier<Optional<String>> unready;
    private final Optional<String> serves;
    private volatile Gathering gathering = new Gathering(nothing(), _ -> Optional.empty(), Optional::empty);

    /// @param unready as `/readyz` says it
    /// @param serves the one namespace served; empty: all
    StatusView(
            InstantSource clock, Leadership leadership, Supplier<Optional<String>> unready, Optional<String> serves) {
        this.clock = clock;
        this.started = clock.instant();
        this.leadership = leadership;
        this.unready = unready;
        this.serves = serves;
    }

    /// From now on the objects of `engine`, whose caches are filled.
    /// @param route53 empty where Challenges are not proven here
    void show(
            Engine engine,
            Function<CertificateStatus, Optional<Instant>> nextAttempt,
            Optional<Supplier<Route53>> route53) {
        gathering = new Gathering(
                new Watched() {
                    @Override
                    public <K extends HasMetadata> Optional<List<K>> all(Class<K> kind) {
                        return engine.cached(kind);
                    }
                },
                nextAttempt,
                () -> route53.map(Supplier::get));
    }

    /// How things are now.
    /// @param namespace the only one to be shown; empty: all
    Snapshot now(Optional<String> namespace) {
        return gathering.at(
                clock.instant(),
                new Instance(
                        Version.own(),
                        started,
                        leadership.isLeading() ? new Leading.Here() : new Leading.Elsewhere(leadership.leader()),
                        unready.get(),
                        serves),
                namespace);
    }

    private static Watched nothing() {
        return new Watched() {
            @Override
            public <K extends HasMetadata> Optional<List<K>> all(Class<K> kind) {
                return Optional.empty();
            }
        };
    }
}
