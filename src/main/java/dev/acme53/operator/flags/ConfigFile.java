package dev.acme53.operator.flags;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A `ControllerConfiguration` file: every field is a flag's, an unknown or doubled one is refused
/// (behaviour.md §6.1).
final class ConfigFile {
    private static final String API_VERSION = "controller.config.cert-manager.io/v1alpha1";
    private static final Map<String, Flag<?>> FIELDS = Flags.ALL.stream()
            .filter(flag -> !flag.field().isEmpty())
            .collect(Collectors.toMap(Flag::field, Function.identity(), (a, _) -> a, TreeMap::new));
    /// Older names that the API still takes.
    private static final Map<String, String> OLD = Map.of(
            "enableGatewayAPI", "gatewayAPI.enabled",
            "enableGatewayAPIListenerSet", "gatewayAPI.enableListenerSet");
    /// Objects of the logging library, which has no counterpart here.
    private static final String LOGGING_OPTIONS = "logging.options";

    private final String name;
    private final FlagValues values;

    private ConfigFile(String name, FlagValues values) {
        this.name = name;
        this.values = values;
    }

    /// Reads the file into `values`.
    /// @throws BadFlag naming `--config` and the field that cannot be used
    static void read(String file, FlagValues values) {
        new ConfigFile(file, values).read();
    }

    private void read() {
        var root = parse();
        if (!root.isObject()) {
            throw bad("not a " + API_VERSION + " ControllerConfiguration");
        }
        var kind = root.path("kind").asText();
        var apiVersion = root.path("apiVersion").asText();
        if (!kind.equals("ControllerConfiguration") || !apiVersion.equals(API_VERSION)) {
            throw bad("kind and apiVersion must be ControllerConfiguration and " + API_VERSION);
        }
        fields("", root);
    }

    private JsonNode parse() {
        var mapper = YAMLMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        try {
            return mapper.readTree(Files.readString(Path.of(name)));
        } catch (JsonProcessingException e) {
            throw bad("not readable as YAML: "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException e) {
            throw bad("cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private void fields(String prefix, JsonNode object) {
        object.properties().forEach(entry -> {
            var path = prefix + entry.getKey();
            if (prefix.isEmpty() && (path.equals("kind") || path.equals("apiVersion"))) {
                return;
            }
            field(path, entry.getValue());
        });
    }

    private void field(String path, JsonNode node) {
        var flag = FIELDS.get(OLD.getOrDefault(path, path));
        if (flag != null) {
            if (!node.isNull()) {
                values.giveInFile(flag, name + ": " + path, items(flag, path, node));
            }
        } else if (!path.equals(LOGGING_OPTIONS)) {
            if (FIELDS.keySet().stream().noneMatch(known -> known.startsWith(path + "."))) {
                throw bad("unknown field " + path);
            }
            if (!node.isObject() && !node.isNull()) {
                throw bad(path + " must be an object");
            }
            fields(path + ".", node);
        }
    }

    private List<String> items(Flag<?> flag, String path, JsonNode node) {
        return switch (flag.type().shape()) {
            case TEXT -> List.of(text(path, node, JsonNodeType.STRING, "a string"));
            case SWITCH -> List.of(text(path, node, JsonNodeType.BOOLEAN, "true or false"));
            case NUMBER -> List.of(text(path, node, JsonNodeType.NUMBER, "a number"));
            case DURATION ->
                node.isIntegralNumber()
                        ? List.of(node.asText() + "ns")
                        : List.of(text(path, node, JsonNodeType.STRING, "a duration such as 1h30m"));
            case LIST -> {
                if (!node.isArray()) {
                    throw bad(path + " must be a list of strings");
                }
                yield elements(node)
                        .map(item -> text(path, item, JsonNodeType.STRING, "a list of strings"))
                        .toList();
            }
            case MAP -> map(path, node);
        };
    }

    private List<String> map(String path, JsonNode node) {
        if (node.isArray() && path.equals("logging.vmodule")) {
            return elements(node)
                    .map(module -> module.path("filePattern").asText() + "="
                            + module.path("verbosity").asText())
                    .toList();
        }
        if (!node.isObject()) {
            throw bad(path + " must be an object");
        }
        return node.properties().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().asText())
                .toList();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private String text(String path, JsonNode node, JsonNodeType type, String wanted) {
        if (node.getNodeType() != type) {
            throw bad(path + " must be " + wanted);
        }
        return node.asText();
    }

    private BadFlag bad(String reason) {
        return new BadFlag(Flags.CONFIG.dashed(), name, reason);
    }
}
