package dev.acme53.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the user wants on the target Secret besides our own labels and annotations.
@OmitEmpty
public record SecretTemplate(Map<String, String> annotations, Map<String, String> labels) {

    public SecretTemplate(@Nullable Map<String, String> annotations, @Nullable Map<String, String> labels) {
        this.annotations = Absent.or(annotations);
        this.labels = Absent.or(labels);
    }
}
