package dev.acme53.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// behaviour.md §1.5.
class CopiedAnnotationsTest {
    private static final Map<String, String> ALL = Stream.of("a/1", "a/2", "b/1", "argocd.argoproj.io/x", "plain")
            .collect(Collectors.toMap(k -> k, k -> "value of " + k));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*,-argocd.argoproj.io/ | a/1,a/2,b/1,plain",
                "*                      | a/1,a/2,argocd.argoproj.io/x,b/1,plain",
                "a/                     | a/1,a/2",
                "a/,-a/2                | a/1",
                // in list order: what is added after it was taken away stays
                "-a/2,a/                | a/1,a/2",
                "*,-a/,a/2              | a/1,a/2,argocd.argoproj.io/x,b/1,plain",
                "a/,b/                  | a/1,a/2,b/1",
                "-a/                    | ''"
            })
    void prefixesAddAndTakeAwayInTheirOrder(String prefixes, String copied) {
        var expected = copied.isEmpty() ? List.<String>of() : List.of(copied.split(","));
        assertThat(CopiedAnnotations.of(ALL, List.of(prefixes.split(","))).keySet())
                .containsExactlyElementsOf(expected);
    }
}
