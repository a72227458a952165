package dev.acme53.tools.takeover;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Listable;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads that go on when one of them is not allowed.
final class Reading {
    private static final long PAGE = 200;
    /// A list that takes longer than the API server remembers its beginning is begun again.
    private static final int ATTEMPTS = 3;

    private final SortedSet<String> lacking = new TreeSet<>();

    /// What could not be read so far, each with its reason.
    SortedSet<String> lacking() {
        return lacking;
    }

    /// All items of a list, fetched by pages; none where it may not be read, or the cluster has no such kind.
    ///
    /// @param what the permission that is needed, as in `list certificates.cert-manager.io`
    <T extends HasMetadata, L extends KubernetesResourceList<T>> List<T> all(String what, Listable<L> list) {
        for (var attempt = 1; ; attempt++) {
            var items = new ArrayList<T>();
            try {
                pages(list, items::addAll);
                items.sort(Comparator.comparing(Reading::place));
                return items;
            } catch (KubernetesClientException e) {
                if (e.getCode() == HttpURLConnection.HTTP_GONE && attempt < ATTEMPTS) {
                    continue;
                }
                missed(what, e);
                return List.of();
            }
        }
    }

    private static String place(HasMetadata object) {
        var namespace = object.getMetadata().getNamespace();
        return (namespace == null ? "" : namespace) + "/" + object.getMetadata().getName();
    }

    private static <T extends HasMetadata, L extends KubernetesResourceList<T>> void pages(
            Listable<L> list, Consumer<List<T>> page) {
        Optional<String> next = Optional.empty();
        do {
            var options = new ListOptionsBuilder().withLimit(PAGE);
            next.ifPresent(options::withContinue);
            var found = list.list(options.build());
            page.accept(found.getItems());
            next = Optional.ofNullable(found.getMetadata().getContinue()).filter(token -> !token.isEmpty());
        } while (next.isPresent());
    }

    /// One object; empty where it is not there, or may not be read.
    <T> Optional<T> one(String what, Supplier<@Nullable T> get) {
        try {
            return Optional.ofNullable(get.get());
        } catch (KubernetesClientException e) {
            missed(what, e);
            return Optional.empty();
        }
    }

    private void missed(String what, KubernetesClientException e) {
        switch (e.getCode()) {
            case HttpURLConnection.HTTP_FORBIDDEN -> lacking.add(what + ": forbidden");
            case HttpURLConnection.HTTP_NOT_FOUND -> {}
            default -> throw e;
        }
    }
}
