package dev.acme53.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The schemas of `crds/` and the Java types say the same, in both directions (ADR 0002).
class CrdsMatchTypesTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    static Stream<Class<? extends CustomResource<?, ?>>> kinds() {
        return Stream.of(
                Certificate.class,
                CertificateRequest.class,
                Issuer.class,
                ClusterIssuer.class,
                Order.class,
                Challenge.class);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyMemberHasTheSameNameAndTypeOnBothSides(Class<? extends CustomResource<?, ?>> kind) {
        var schema = Crds.schema(crd(kind));
        var differences = new ArrayList<String>();
        compare("spec", schema.at("/properties/spec"), memberType(kind, "spec"), differences);
        compare("status", schema.at("/properties/status"), memberType(kind, "status"), differences);
        // one Java type for the conditions of all kinds: those of a CertificateRequest leave this member null
        assertThat(differences)
                .isEqualTo(
                        kind.equals(CertificateRequest.class)
                                ? List.of("status.conditions[].observedGeneration: not in the schema")
                                : List.of());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void namesGroupVersionAndScopeAreTheSameOnBothSides(Class<? extends CustomResource<?, ?>> kind) {
        var spec = crd(kind).get("spec");
        assertThat(spec.get("group").asText()).isEqualTo(HasMetadata.getGroup(kind));
        assertThat(spec.at("/names/kind").asText()).isEqualTo(HasMetadata.getKind(kind));
        assertThat(spec.at("/names/plural").asText()).isEqualTo(HasMetadata.getPlural(kind));
        assertThat(spec.at("/names/singular").asText()).isEqualTo(HasMetadata.getSingular(kind));
        assertThat(spec.at("/names/listKind").asText()).isEqualTo(HasMetadata.getKind(kind) + "List");
        assertThat(spec.at("/scope").asText())
                .isEqualTo(Namespaced.class.isAssignableFrom(kind) ? "Namespaced" : "Cluster");
        assertThat(spec.get("versions")).hasSize(1);
        assertThat(spec.at("/versions/0/name").asText()).isEqualTo(HasMetadata.getVersion(kind));
        assertThat(spec.at("/versions/0/subresources/status").isObject()).isTrue();
        assertThat(crd(kind).at("/metadata/name").asText()).isEqualTo(CustomResource.getCRDName(kind));
        assertThat(crd(kind).at("/metadata/labels/app.kubernetes.io~1version").asText())
                .as("what cmctl version shows")
                .isEqualTo("v1.21.1");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyListSaysHowItIsMergedAndNoMemberHasADefault(Class<? extends CustomResource<?, ?>> kind) {
        var differences = new ArrayList<String>();
        visit("", Crds.schema(crd(kind)), (path, node) -> {
            if (node.has("default")) {
                differences.add(path + " has a default");
            }
            if (node.path("type").asText().equals("array")
                    && !node.has("x-kubernetes-list-type")
                    && !path.endsWith("/extra/additionalProperties")) {
                differences.add(path + " has no list type");
            }
        });
        assertThat(differences).isEmpty();
    }

    @Test
    void issuerAndClusterIssuerHaveOneSchema() {
        var one = (ObjectNode) Crds.version(crd(Issuer.class));
        var other = (ObjectNode) Crds.version(crd(ClusterIssuer.class));
        assertThat(withoutDescription(one)).isEqualTo(withoutDescription(other));
    }

    @Test
    void theSolverOfAChallengeIsThatOfTheIssuersWithoutItsRules() {
        var solver = Crds.schema(crd(Issuer.class)).at("/properties/spec/properties/acme/properties/solvers/items");
        var copy = Crds.schema(crd(Challenge.class)).at("/properties/spec/properties/solver");
        assertThat(solver.findValues("x-kubernetes-validations")).isNotEmpty();
        assertThat(copy.findValues("x-kubernetes-validations")).isEmpty();
        assertThat(withoutRules(solver)).isEqualTo(withoutRules(copy));
    }

    @Test
    void theIssuerReferenceIsTheSameEverywhereButForTheRulesOfWhatUsersWrite() {
        var strict = issuerRef(Certificate.class);
        var lenient = issuerRef(Order.class);
        assertThat(issuerRef(CertificateRequest.class)).isEqualTo(strict);
        assertThat(issuerRef(Challenge.class)).isEqualTo(lenient);
        assertThat(withoutRules(strict)).isEqualTo(withoutRules(lenient));
    }

    private static JsonNode issuerRef(Class<? extends CustomResource<?, ?>> kind) {
        return Crds.schema(crd(kind)).at("/properties/spec/properties/issuerRef");
    }

    private static JsonNode crd(Class<? extends CustomResource<?, ?>> kind) {
        return Crds.of(HasMetadata.getGroup(kind), HasMetadata.getPlural(kind));
    }

    private static JavaType memberType(Class<?> kind, String member) {
        return properties(MAPPER.constructType(kind)).get(member).getPrimaryType();
    }

    private static Map<String, BeanPropertyDefinition> properties(JavaType type) {
        return MAPPER.getSerializationConfig().introspect(type).findProperties().stream()
                .filter(BeanPropertyDefinition::couldSerialize)
                .filter(p -> !p.getPrimaryMember().hasAnnotation(JsonAnyGetter.class))
                .collect(Collectors.toMap(BeanPropertyDefinition::getName, p -> p, (a, b) -> a, TreeMap::new));
    }

    /// Adds to `differences` what `schema` and `type` do not have in common.
    private static void compare(String path, JsonNode schema, JavaType type, List<String> differences) {
        var preserved = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
        var members = schema.get("properties");
        var java = type.getRawClass();
        if (preserved != java.equals(Preserved.class)) {
            differences.add(path + ": preserved in the schema " + preserved + ", in Java " + type);
        } else if (preserved) {
            return;
        } else if (members != null) {
            compareMembers(path, schema, type, differences);
        } else if (schema.has("additionalProperties")) {
            if (!java.equals(Map.class)) {
                differences.add(path + ": a map in the schema, in Java " + type);
            } else {
                compare(path + "{}", schema.get("additionalProperties"), type.getContentType(), differences);
            }
        } else if (schema.get("type").asText().equals("array")) {
            if (!java.equals(List.class)) {
                differences.add(path + ": a list in the schema, in Java " + type);
            } else {
                compare(path + "[]", schema.get("items"), type.getContentType(), differences);
            }
        } else if (java.isEnum()) {
            var inSchema = new TreeSet<String>();
            schema.path("enum").forEach(v -> inSchema.add(v.asText()));
            var inJava = Arrays.stream(java.getEnumConstants())
                    .map(c -> MAPPER.convertValue(c, String.class))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!inSchema.equals(inJava)) {
                differences.add(path + ": values in the schema " + inSchema + ", in Java " + inJava);
            }
        } else if (!scalar(schema).contains(java)) {
            differences.add(
                    path + ": in the schema " + schema.get("type") + " " + schema.path("format") + ", in Java " + type);
        }
    }

    private static void compareMembers(String path, JsonNode schema, JavaType type, List<String> differences) {
        var java = properties(type);
        var rest = MAPPER.getSerializationConfig().introspect(type).findAnyGetter() != null;
        var required = new TreeSet<String>();
        schema.path("required").forEach(r -> required.add(r.asText()));
        schema.get("properties").properties().forEach(member -> {
            var name = path + "." + member.getKey();
            var mine = java.remove(member.getKey());
            if (mine != null) {
                compare(name, member.getValue(), mine.getPrimaryType(), differences);
                if (required.contains(member.getKey()) && leavesEmptyOut(mine)) {
                    differences.add(name + ": required in the schema, but Java leaves an empty one out");
                }
            } else if (!rest
                    || !member.getValue()
                            .path("x-kubernetes-preserve-unknown-fields")
                            .asBoolean()) {
                differences.add(name + ": not in Java");
            }
        });
        java.keySet().forEach(name -> differences.add(path + "." + name + ": not in the schema"));
    }

    private static boolean leavesEmptyOut(BeanPropertyDefinition property) {
        var type = property.getRawPrimaryType();
        return (type.equals(String.class) || type.equals(boolean.class) || type.equals(Bytes.class))
                && property.findInclusion().getValueInclusion() != JsonInclude.Include.ALWAYS;
    }

    private static List<Class<?>> scalar(JsonNode schema) {
        return switch (schema.get("type").asText() + "/" + schema.path("format").asText()) {
            case "string/" -> List.of(String.class);
            case "string/date-time" -> List.of(Instant.class);
            case "string/byte" -> List.of(Bytes.class);
            case "boolean/" -> List.of(boolean.class, Boolean.class);
            // without a format the API server stores any 64-bit number
            case "integer/", "integer/int64" -> List.of(Long.class);
            case "integer/int32" -> List.of(Integer.class);
            default -> List.of();
        };
    }

    private static JsonNode withoutDescription(ObjectNode version) {
        var copy = version.deepCopy();
        ((ObjectNode) copy.at("/schema/openAPIV3Schema")).remove("description");
        return copy;
    }

    private static JsonNode withoutRules(JsonNode schema) {
        var copy = schema.deepCopy();
        visit(
                "",
                copy,
                (_, node) -> ((ObjectNode) node)
                        .remove(List.of("x-kubernetes-validations", "maxItems", "maxLength", "minLength")));
        ((ObjectNode) copy).remove("description");
        return copy;
    }

    private interface Visitor {
        void visit(String path, JsonNode schema);
    }

    private static void visit(String path, JsonNode schema, Visitor visitor) {
        visitor.visit(path, schema);
        schema.path("properties")
                .properties()
                .forEach(member -> visit(path + "/" + member.getKey(), member.getValue(), visitor));
        for (var inner : List.of("items", "additionalProperties")) {
            if (schema.path(inner).isObject()) {
                visit(path + "/" + inner, schema.get(inner), visitor);
            }
        }
    }
}
