package dev.acme53.operator.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.operator.serving.HealthChecks.Check;
import dev.acme53.operator.serving.HttpEndpoint.Request;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthChecksTest {
    private static final HealthChecks GOOD =
            new HealthChecks("livez", List.of(new Check("a", Optional::empty), new Check("b", Optional::empty)));
    private static final HealthChecks BAD = new HealthChecks(
            "livez", List.of(new Check("a", Optional::empty), new Check("b", () -> Optional.of("it is late"))));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            good | ''  | ''          | 200 | ok
            good | ''  | verbose     | 200 | [+]a ok/[+]b ok/livez check passed/
            good | ''  | verbose=1   | 200 | [+]a ok/[+]b ok/livez check passed/
            good | b   | ''          | 200 | ok
            good | c   | ''          | 404 | 404 page not found/
            bad  | ''  | ''          | 500 | [+]a ok/[-]b failed: it is late/livez check failed/
            bad  | a   | ''          | 200 | ok
            bad  | b   | ''          | 500 | [-]b failed: it is late/livez check failed/
            bad  | ''  | exclude=b   | 200 | ok
            bad  | ''  | verbose&exclude=b | 200 | [+]a ok/[+]b excluded: ok/livez check passed/
            """)
    void checksAnswerAsThoseOfKubernetes(String which, String path, String query, int status, String text)
            throws Exception {
        var answer = (which.equals("good") ? GOOD : BAD).answer(new Request(path, query, ""));
        var body = new StringWriter();
        answer.body().writeTo(body);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(body.toString().replace('\n', '/')).isEqualTo(text);
    }
}
