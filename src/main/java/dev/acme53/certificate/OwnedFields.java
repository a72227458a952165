package dev.acme53.certificate;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What of a Secret one field manager owns by server-side apply, as `metadata.managedFields` say.
///
/// Entries of the operation `Update` are not counted: applying again could not give those fields up.
///
/// @param ownerUids of the owner references
record OwnedFields(Set<String> labels, Set<String> annotations, Set<String> data, Set<String> ownerUids) {
    private static final String FIELD = "f:";
    private static final Pattern OWNER = Pattern.compile("k:\\{\"uid\":\"([^\"]*)\"}");

    OwnedFields {
        labels = Set.copyOf(labels);
        annotations = Set.copyOf(annotations);
        data = Set.copyOf(data);
        ownerUids = Set.copyOf(ownerUids);
    }

    static OwnedFields of(List<ManagedFieldsEntry> entries, String manager) {
        var labels = new HashSet<String>();
        var annotations = new HashSet<String>();
        var data = new HashSet<String>();
        var owners = new HashSet<String>();
        for (var entry : entries) {
            if (!manager.equals(entry.getManager())
                    || !"Apply".equals(entry.getOperation())
                    || entry.getFieldsV1() == null) {
                continue;
            }
            var fields = entry.getFieldsV1().getAdditionalProperties();
            var metadata = child(fields, "metadata");
            collect(child(metadata, "labels"), labels);
            collect(child(metadata, "annotations"), annotations);
            collect(child(fields, "data"), data);
            for (var key : child(metadata, "ownerReferences").keySet()) {
                var owner = OWNER.matcher(String.valueOf(key));
                if (owner.matches()) {
                    owners.add(owner.group(1));
                }
            }
        }
        return new OwnedFields(labels, annotations, data, owners);
    }

    private static Map<?, ?> child(Map<?, ?> fields, String name) {
        return fields.get(FIELD + name) instanceof Map<?, ?> child ? child : Map.of();
    }

    private static void collect(Map<?, ?> fields, Set<String> into) {
        for (var key : fields.keySet()) {
            if (key instanceof String text && text.startsWith(FIELD)) {
                into.add(text.substring(FIELD.length()));
            }
        }
    }
}
