package dev.acme53;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/// No record that holds a secret shows it: what is logged, thrown or compared in a failing test may be any of them.
class ToStringTest {
    private static final String SECRET = "5ecret-0f-a-tenant";

    /// A record's component of such a type holds a secret.
    private static final Set<Class<?>> TYPES =
            Set.of(PrivateKey.class, KeyPair.class, SecretKey.class, AwsCredentials.class);

    /// A text of such a name holds one, unless said otherwise.
    private static final Pattern NAMES =
            Pattern.compile("(?i).*(secret|token|password|passphrase|hmac|command|base64|privatekey|credential).*");

    /// Texts that hold one under another name.
    private static final Set<String> MORE =
            Set.of("aws.TokenText$Text.text", "aws.SolverKeys$Part$Text.text", "aws.LinkLocalHttp$Reply$Answer.body");

    /// Texts of such a name that hold none: names of Secrets, a hash, tokens of ACME, which status and DNS show, and
    /// words on whose credentials they are.
    private static final Set<String> HARMLESS = Set.of(
            "api.CertificateSpec.secretName",
            "api.CertificateStatus.nextPrivateKeySecretName",
            "api.AcmeAccountStatus.lastPrivateKeyHash",
            "api.ChallengeSpec.token",
            "api.OfferedChallenge.token",
            "acme.OfferedChallenge.token",
            "order.CaAnswer$Keys.byToken",
            "route53.ZoneLane$Line.credentials",
            "route53.ZoneLane$NextCall.credentials",
            "route53.ZoneLane$OpenCall.credentials");

    static List<Class<?>> holders() {
        return records()
                .filter(type -> Arrays.stream(type.getRecordComponents()).anyMatch(ToStringTest::isSecret))
                .toList();
    }

    private static Stream<Class<?>> records() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.acme53").stream()
                        .filter(JavaClass::isRecord)
                        .<Class<?>>map(JavaClass::reflect);
    }

    private static String nameOf(RecordComponent component) {
        return component.getDeclaringRecord().getName().substring("dev.acme53.".length()) + "." + component.getName();
    }

    private static boolean isSecret(RecordComponent component) {
        var isText = component.getGenericType().getTypeName().contains("java.lang.String");
        return TYPES.stream()
                        .anyMatch(
                                type -> component.getGenericType().getTypeName().contains(type.getName()))
                || MORE.contains(nameOf(component))
                || (isText && NAMES.matcher(component.getName()).matches() && !HARMLESS.contains(nameOf(component)));
    }

    @ParameterizedTest
    @MethodSource("holders")
    void aRecordWithASecretDoesNotShowIt(Class<?> type) throws Exception {
        var components = type.getRecordComponents();
        var constructor = type.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        var made = constructor.newInstance(
                Arrays.stream(components).map(ToStringTest::value).toArray());
        assertThat(made.toString()).doesNotContain(SECRET);
    }

    @Test
    void theListsNameWhatThereIs() {
        var all = records()
                .flatMap(type -> Arrays.stream(type.getRecordComponents()))
                .map(ToStringTest::nameOf)
                .toList();
        assertThat(all).containsAll(MORE).containsAll(HARMLESS);
        assertThat(holders())
                .extracting(Class::getSimpleName)
                .contains("Eab", "Got", "Keys", "Token", "Container", "Program", "Login", "Pair");
    }

    private static @Nullable Object value(RecordComponent component) {
        var secret = isSecret(component);
        var text = secret ? SECRET : "x";
        var type = component.getType();
        if (type.isPrimitive()) {
            return Array.get(Array.newInstance(type, 1), 0);
        }
        if (type == Optional.class) {
            return secret ? Optional.of(SECRET) : Optional.empty();
        }
        return Stream.<Object>of(
                        text,
                        text.getBytes(StandardCharsets.UTF_8),
                        secret ? List.of(SECRET) : List.of(),
                        secret ? Map.of(SECRET, SECRET) : Map.of(),
                        Instant.EPOCH,
                        new Key(),
                        new KeyPair(new Key(), new Key()),
                        AwsSessionCredentials.create("id", SECRET, SECRET))
                .filter(type::isInstance)
                .findFirst()
                .orElse(null);
    }

    /// A key that tells everything, as some of the platform's do.
    private static final class Key implements PrivateKey, SecretKey, PublicKey {
        private static final long serialVersionUID = 1;

        @Override
        public String getAlgorithm() {
            return "RSA";
        }

        @Override
        public String getFormat() {
            return "none";
        }

        @Override
        public byte[] getEncoded() {
            return SECRET.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return SECRET;
        }
    }
}
