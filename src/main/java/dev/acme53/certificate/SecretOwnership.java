package dev.acme53.certificate;

import dev.acme53.api.Certificate;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;

/// Which of several Certificates with one `secretName` may have a certificate issued into it (behaviour.md §1.2.2).
final class SecretOwnership {
    private static final Comparator<Certificate> OLDEST = Comparator.comparing((Certificate c) ->
                    Objects.requireNonNullElse(c.getMetadata().getCreationTimestamp(), ""))
            .thenComparing(c -> c.getMetadata().getName());

    private SecretOwnership() {}

    /// The one that the Secret names, if it competes; else the oldest, ties by name.
    /// @param named the Secret's certificate-name annotation, empty text when there is none
    static boolean isWonBy(Certificate certificate, Collection<Certificate> competitors, String named) {
        var name = certificate.getMetadata().getName();
        if (competitors.stream().anyMatch(c -> c.getMetadata().getName().equals(named))) {
            return name.equals(named);
        }
        return competitors.stream()
                .min(OLDEST)
                .map(c -> c.getMetadata().getName().equals(name))
                .orElse(true);
    }
}
