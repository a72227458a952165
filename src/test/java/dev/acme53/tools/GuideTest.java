package dev.acme53.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.acme53.sim.IamPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// docs/route53.md: each policy in it is what the command before it prints.
class GuideTest {
    private static final Path GUIDE = Path.of("docs/route53.md");
    private static final Pattern FENCE = Pattern.compile("```(sh|json)\n(.*?)```", Pattern.DOTALL);
    private static final String COMMAND = "acme53 iam-policy ";

    /// A policy of the guide and the command that it follows.
    private record Printed(String command, String policy) {}

    private static List<Printed> policies() throws IOException {
        var found = new ArrayList<Printed>();
        var command = "";
        for (var fence : FENCE.matcher(Files.readString(GUIDE)).results().toList()) {
            if (fence.group(1).equals("json")) {
                found.add(new Printed(command, fence.group(2)));
            } else if (fence.group(2).startsWith(COMMAND)) {
                command = fence.group(2).strip().substring(COMMAND.length());
            }
        }
        return found;
    }

    private static List<JsonNode> printed(String command) throws IOException {
        var arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.add("--output=json");
        var list = JsonMapper.builder()
                .build()
                .readTree(IamPolicyCommandTest.run(arguments.toArray(String[]::new))
                        .out());
        return StreamSupport.stream(list.spliterator(), false)
                .map(item -> item.path("document"))
                .toList();
    }

    @Test
    void eachPolicyIsWhatTheCommandBeforeItPrints() throws IOException {
        var json = JsonMapper.builder().build();
        var policies = policies();
        assertThat(policies).hasSizeGreaterThan(7);
        for (var each : policies) {
            assertThat(printed(each.command())).as(each.command()).contains(json.readTree(each.policy()));
        }
    }

    @Test
    void eachPolicyOfPermissionsIsOneThatTheSimulatorEnforces() throws IOException {
        assertThat(policies().stream()
                        .map(Printed::policy)
                        .filter(policy -> !policy.contains("\"Principal\""))
                        .map(IamPolicy::parse))
                .hasSizeGreaterThan(3)
                .allMatch(policy -> !policy.statements().isEmpty());
    }

    @Test
    void eachCommandOfTheGuideRuns() throws IOException {
        var commands = FENCE.matcher(Files.readString(GUIDE))
                .results()
                .filter(fence -> fence.group(1).equals("sh") && fence.group(2).startsWith(COMMAND))
                .map(fence -> fence.group(2).strip().substring(COMMAND.length()))
                .toList();
        assertThat(commands)
                .hasSizeGreaterThan(5)
                .allSatisfy(command -> assertThat(printed(command)).isNotEmpty());
    }
}
