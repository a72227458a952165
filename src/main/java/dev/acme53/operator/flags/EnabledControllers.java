package dev.acme53.operator.flags;

import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What `--controllers` says (behaviour.md §6.3).
///
/// @param stages the stages that run
/// @param notServed controllers that were asked for by name and that this program does not have
public record EnabledControllers(Set<Stage> stages, List<String> notServed) {
    /// On by default at the peer, but not part of this program.
    private static final Set<String> FOREIGN = Set.of(
            "ingress-shim",
            "certificaterequests-issuer-ca",
            "certificaterequests-issuer-selfsigned",
            "certificaterequests-issuer-vault",
            "certificaterequests-issuer-venafi",
            "gateway-shim",
            "certificatesigningrequests-issuer-acme",
            "certificatesigningrequests-issuer-ca",
            "certificatesigningrequests-issuer-selfsigned",
            "certificatesigningrequests-issuer-vault",
            "certificatesigningrequests-issuer-venafi");

    public EnabledControllers {
        stages = stages.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(stages));
        notServed = List.copyOf(notServed);
    }

    /// Whether the stage runs.
    public boolean has(Stage stage) {
        return stages.contains(stage);
    }

    /// @param items `*` for the controllers that are on by default, `name`, `-name`; only `-name` items mean
    /// the default ones less those
    /// @throws ValueType.Refused for a name nobody knows, and where only a part of the Certificate stage's six
    /// controllers would run
    static EnabledControllers parse(List<String> items) {
        var on = new HashSet<String>();
        var off = new HashSet<String>();
        var named = new TreeSet<String>();
        for (var item : items) {
            var name = item.startsWith("-") ? item.substring(1) : item;
            if (item.equals("*")) {
                on.addAll(known());
            } else if (!FOREIGN.contains(name) && !known().contains(name)) {
                throw new ValueType.Refused(item, "not a known controller");
            } else if (item.startsWith("-")) {
                off.add(name);
            } else {
                on.add(name);
                named.add(name);
            }
        }
        if (on.isEmpty()) {
            on.addAll(known());
        }
        on.removeAll(off);
        named.retainAll(FOREIGN);
        var stages = EnumSet.noneOf(Stage.class);
        for (var stage : Stage.values()) {
            if (on.containsAll(stage.controllers())) {
                stages.add(stage);
            } else if (!Collections.disjoint(on, stage.controllers())) {
                throw new ValueType.Refused(String.join(",", items), partly(stage));
            }
        }
        return new EnabledControllers(stages, List.copyOf(named));
    }

    /// The same without what works on cluster-scoped objects, for `--namespace`.
    EnabledControllers withinOneNamespace() {
        var rest = new HashSet<>(stages);
        rest.remove(Stage.CLUSTER_ISSUERS);
        return new EnabledControllers(rest, notServed);
    }

    private static Set<String> known() {
        var names = new HashSet<String>();
        for (var stage : Stage.values()) {
            names.addAll(stage.controllers());
        }
        return names;
    }

    private static String partly(Stage stage) {
        return "these controllers are one stage here and can only be switched together: "
                + String.join(", ", new TreeSet<>(stage.controllers()));
    }
}
