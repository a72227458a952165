package dev.acme53.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// How every informer of ours is set up: it lists by pages, and keeps little of what it gets (ADR 0001). What a
/// reconcile gets is what is kept, so nothing of it may be written back whole.
public final class Informers {
    /// How many objects an informer lists at a time. A page costs many times what is kept of it while it is read, and
    /// with 5,000 Certificates unpaged lists of their Secrets and requests ran a heap of 80 MB out of memory.
    private static final long PAGE = 200;

    private Informers() {}

    /// Sets up the informer of a stage's own kind, and what of it starts a reconcile.
    public static <P extends CustomResource<?, ?>> void configure(ControllerConfigurationOverrider<P> stage) {
        stage.withInformerListLimit(PAGE)
                .withItemStore(new SlimStore<P>(SlimObjects::slim))
                .withGenerationAware(false)
                .withTriggerReconcilerOnAllEvents(true)
                .withOnUpdateFilter(MeaningfulChange.ofCustomResource());
    }

    /// An informer of another kind than the API's six, which are shared ([WatchedKinds]).
    ///
    /// @param slim what is kept of an object; may change the one that it is given
    public static <R extends HasMetadata> InformerEventSourceConfiguration.Builder<R> of(
            Class<R> kind, Class<? extends HasMetadata> primary, UnaryOperator<R> slim) {
        return InformerEventSourceConfiguration.from(kind, primary)
                .withInformerListLimit(PAGE)
                .withItemStore(new SlimStore<>(slim));
    }

    /// Keeps a namespace's name once for all its objects. What `slim` makes of the name, the store undoes.
    private static final class SlimStore<R extends HasMetadata> extends TransformingItemStore<R> {
        SlimStore(UnaryOperator<R> slim) {
            super(slim);
        }

        @Override
        public @Nullable R put(String key, R object) {
            var meta = object.getMetadata();
            if (meta.getNamespace() != null) {
                meta.setNamespace(meta.getNamespace().intern());
            }
            return super.put(key, object);
        }
    }
}
