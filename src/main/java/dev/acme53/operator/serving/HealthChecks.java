package dev.acme53.operator.serving;

import dev.acme53.operator.serving.HttpEndpoint.Answer;
import dev.acme53.operator.serving.HttpEndpoint.Request;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// An endpoint of named checks as Kubernetes' own components have: `ok` with 200 when all pass, the list with 500 when
/// one does not; `?verbose` shows the list in any case, `?exclude=NAME` leaves one out, `/NAME` asks for one.
///
/// @param name of the endpoint, without slash
public record HealthChecks(String name, List<Check> checks) implements HttpEndpoint.Responder {
    /// One thing that can be wrong.
    /// @param failure empty when all is well, else why not
    public record Check(String name, Supplier<Optional<String>> failure) {}

    public HealthChecks {
        checks = List.copyOf(checks);
    }

    @Override
    public Answer answer(Request request) {
        var options = Arrays.asList(request.query().split("&"));
        if (!request.path().isEmpty()) {
            return checks.stream()
                    .filter(check -> check.name.equals(request.path()))
                    .findFirst()
                    .map(check -> answer(List.of(check), options))
                    .orElseGet(() -> Answer.text(404, "404 page not found\n"));
        }
        return answer(checks, options);
    }

    private Answer answer(List<Check> asked, List<String> options) {
        var list = new StringBuilder();
        var failed = false;
        for (var check : asked) {
            if (options.contains("exclude=" + check.name)) {
                list.append("[+]").append(check.name).append(" excluded: ok\n");
                continue;
            }
            var failure = check.failure.get();
            failed |= failure.isPresent();
            list.append(failure.map(why -> "[-]" + check.name + " failed: " + why)
                            .orElseGet(() -> "[+]" + check.name + " ok"))
                    .append('\n');
        }
        if (failed) {
            return Answer.text(500, list + name + " check failed\n");
        }
        var verbose = options.stream().anyMatch(o -> o.equals("verbose") || o.startsWith("verbose="));
        return Answer.text(200, verbose ? list + name + " check passed\n" : "ok");
    }
}
