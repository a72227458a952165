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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// docs/route53.md: each policy in it is what the command before it prints.
class GuideTest {
    private static final Path GUIDE = Path.of("docs/route53.md");
    private static final Pattern FENCE = Pattern.compile("```(sh|json)[^\n]*\n(.*?)```", Pattern.DOTALL);
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

    /// route53.md §2.7, and the beginnings of what the Route 53 room says.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "role must be set when web identity token is set",
                "empty credentials; perhaps you meant to enable ambient credentials?",
                "only one of access and secret key was provided",
                "accessKeyID and accessKeyIDSecretRef cannot both be specified",
                "error getting route53 secret access key",
                "no data found in Secret",
                "not found in secret",
                "service account name is required for Kubernetes auth",
                "error getting service account token",
                "Missing Region",
                "the region is not the name of one",
                "AWS has no such endpoint for the region",
                "dns01.route53.role is not the ARN of an IAM role",
                "the shared file ",
                "is neither true nor false",
                "is not the URL of an endpoint",
                "accessKeyIDSecretRef requires a key field to be specified`, `… a name field",
                "secret name is required",
                "secret key is required",
                "may not specify more than one provider type",
                "the controller's own credentials: ",
                "unable to assume role: ",
                "unable to assume role with web identity: ",
                "failed to change Route 53 record set: ",
                "failed to determine Route 53 hosted zone ID: ",
                "failed to follow the Route 53 change with route53:GetChange"
            })
    void eachTextOfARefusalHasARowThatSaysWhatToChange(String text) throws IOException {
        var guide = Files.readString(GUIDE);
        assertThat(guide.substring(guide.indexOf("## When AWS says no")).lines())
                .anyMatch(line -> line.startsWith("| ") && line.contains(text));
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
