package dev.acme53;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Who may see whom: the table of ARCHITECTURE.md, as a test. Widening it takes an ADR.
class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.acme53");

    /// What every room may use.
    private static final List<String> EVERYWHERE =
            List.of("java..", "javax..", "org.jspecify.annotations..", "org.slf4j..", "io.micrometer.core..");

    private static final String FABRIC8 = "io.fabric8..";
    private static final String JOSDK = "io.javaoperatorsdk..";
    private static final String JACKSON = "com.fasterxml.jackson..";
    private static final String AWS = "software.amazon.awssdk..";

    private static final Map<String, List<String>> TABLE = new TreeMap<>(Map.ofEntries(
            Map.entry("names", List.of()),
            Map.entry("api", List.of(FABRIC8, JACKSON, "names")),
            Map.entry("reconcile", List.of("api", "names", FABRIC8, JOSDK, JACKSON)),
            Map.entry("account", List.of("api", "names", "reconcile", "acme", "x509", FABRIC8)),
            Map.entry("certificate", List.of("api", "names", "reconcile", "x509", FABRIC8, JOSDK)),
            Map.entry("request", List.of("api", "names", "reconcile", "x509", FABRIC8, JOSDK)),
            Map.entry("issuer", List.of("api", "names", "reconcile", "account", "acme", "aws", "x509", FABRIC8, JOSDK)),
            Map.entry("order", List.of("api", "names", "reconcile", "account", "acme", "x509", FABRIC8, JOSDK)),
            Map.entry(
                    "challenge",
                    List.of("api", "names", "reconcile", "account", "acme", "aws", "route53", "dns", FABRIC8, JOSDK)),
            Map.entry("aws", List.of("api", "names", "reconcile", FABRIC8, AWS)),
            Map.entry("route53", List.of("names", AWS)),
            Map.entry("acme", List.of("names", "org.shredzone.acme4j..")),
            Map.entry("dns", List.of("names", "org.xbill.DNS..")),
            Map.entry("status", List.of("api", "names", "route53", FABRIC8)),
            Map.entry("x509", List.of("names", "org.bouncycastle..")),
            Map.entry(
                    "tools",
                    List.of(
                            "api",
                            "names",
                            "reconcile",
                            "account",
                            "aws",
                            "route53",
                            "acme",
                            "dns",
                            "x509",
                            FABRIC8,
                            "picocli.."))));

    static Stream<String> rooms() {
        return TABLE.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomSeesOnlyWhatItsRowOfTheTableSays(String room) {
        var allowed = Stream.concat(EVERYWHERE.stream(), TABLE.get(room).stream())
                .map(p -> p.contains(".") ? p : packageOf(p))
                .collect(Collectors.toList());
        allowed.add(packageOf(room));
        classes()
                .that()
                .resideInAPackage(packageOf(room))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(allowed.toArray(String[]::new)).or(ARRAYS))
                .check(MAIN);
    }

    @Test
    void everyPackageIsARoomOfTheTable() throws Exception {
        try (var folders = Files.list(Path.of("src/main/java/dev/acme53"))) {
            var rooms = folders.filter(Files::isDirectory)
                    .map(f -> f.getFileName().toString())
                    .filter(r -> !r.equals("operator"))
                    .toList();
            assertThat(TABLE.keySet()).containsAll(rooms);
        }
    }

    @Test
    void onlyTheOperatorReadsTheEnvironment() {
        noClasses()
                .that()
                .resideOutsideOfPackages(packageOf("operator"))
                .should()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getenv")
                .check(MAIN);
    }

    /// It needs no permission, but it is not among the calls that users allow.
    @Test
    void theControllerNeverAsksAwsWhoItIs() {
        noClasses()
                .that()
                .resideOutsideOfPackages(packageOf("aws"), packageOf("tools"))
                .should()
                .callMethodWhere(JavaCall.Predicates.target(HasName.Predicates.name("callerIdentity")))
                .check(MAIN);
    }

    @Test
    void theClockIsAnArgument() {
        noClasses()
                .that()
                .resideOutsideOfPackages(packageOf("operator"))
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(MAIN);
    }

    @Test
    void noPackageIsNamedForLeftovers() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..common..", "..helper..", "..impl..", "..toolbox..")
                .check(MAIN);
    }

    private static final DescribedPredicate<JavaClass> ARRAYS = DescribedPredicate.describe(
            "arrays of primitives", c -> c.isArray() && c.getBaseComponentType().isPrimitive());

    private static String packageOf(String room) {
        return "dev.acme53." + room + "..";
    }
}
