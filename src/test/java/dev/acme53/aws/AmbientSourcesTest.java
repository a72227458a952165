package dev.acme53.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The first source that is configured is final (route53.md R10 to R13, §3.3); nobody is asked here.
class AmbientSourcesTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/pod";
    private static final Map<String, String> KEYS =
            Map.of("AWS_ACCESS_KEY_ID", "AKIAENV", "AWS_SECRET_ACCESS_KEY", "env-secret");
    private static final Map<String, String> IRSA =
            Map.of("AWS_ROLE_ARN", ROLE, "AWS_WEB_IDENTITY_TOKEN_FILE", "/var/run/token");
    private static final Map<String, String> POD = Map.of(
            "AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://169.254.170.23/v1/credentials",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/var/run/pod-token");

    @TempDir
    Path folder;

    private AmbientChoice choose(List<Map<String, String>> parts) {
        var environment = new HashMap<String, String>();
        parts.forEach(environment::putAll);
        return new AmbientSources(environment, new SharedFiles(environment)).choose();
    }

    private CredentialSource source(List<Map<String, String>> parts) {
        assertThat(choose(parts)).isInstanceOf(AmbientChoice.Configured.class);
        return ((AmbientChoice.Configured) choose(parts)).source();
    }

    private String broken(List<Map<String, String>> parts) {
        assertThat(choose(parts)).isInstanceOf(AmbientChoice.Broken.class);
        return ((AmbientChoice.Broken) choose(parts)).message();
    }

    private Map<String, String> files(String credentials, String config) {
        try {
            Files.writeString(folder.resolve("credentials"), credentials);
            Files.writeString(folder.resolve("config"), config);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return Map.of(
                "AWS_SHARED_CREDENTIALS_FILE", folder.resolve("credentials").toString(),
                "AWS_CONFIG_FILE", folder.resolve("config").toString());
    }

    static Stream<Arguments> combinations() {
        return Stream.of(
                Arguments.of("environment keys before all", List.of(KEYS, IRSA, POD), "environment variables"),
                Arguments.of("T86 environment keys before Pod Identity", List.of(KEYS, POD), "environment variables"),
                Arguments.of("T84 web identity before the container", List.of(IRSA, POD), "web identity"),
                Arguments.of("web identity before the instance", List.of(IRSA), "web identity"),
                Arguments.of("T85 the container before the instance", List.of(POD), "container endpoint"),
                Arguments.of("the instance at last", List.of(), "instance metadata http://169.254.169.254"),
                Arguments.of(
                        "an empty variable counts as unset",
                        List.of(Map.of("AWS_ACCESS_KEY_ID", "", "AWS_SECRET_ACCESS_KEY", "")),
                        "instance metadata"),
                Arguments.of(
                        "an instance by IPv6",
                        List.of(Map.of("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "IPv6")),
                        "instance metadata http://[fd00:ec2::254]"),
                Arguments.of(
                        "an instance elsewhere",
                        List.of(Map.of("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:9")),
                        "instance metadata http://127.0.0.1:9"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("combinations")
    void theFirstConfiguredSourceIsChosen(String name, List<Map<String, String>> parts, String words) {
        assertThat(source(parts).words()).as(name).startsWith(words);
    }

    static Stream<Arguments> brokenOnes() {
        return Stream.of(
                Arguments.of(List.of(Map.of("AWS_ACCESS_KEY_ID", "AKIA"), IRSA), "only one of AWS_ACCESS_KEY_ID"),
                Arguments.of(List.of(Map.of("AWS_WEB_IDENTITY_TOKEN_FILE", "/t"), POD), "AWS_ROLE_ARN is not"),
                Arguments.of(
                        List.of(Map.of("AWS_WEB_IDENTITY_TOKEN_FILE", "/t", "AWS_ROLE_ARN", "pod"), POD),
                        "AWS_ROLE_ARN is not the ARN of an IAM role"),
                Arguments.of(
                        List.of(Map.of("AWS_ROLE_ARN", ROLE), POD),
                        "AWS_ROLE_ARN is set, but AWS_WEB_IDENTITY_TOKEN_FILE is not"),
                Arguments.of(
                        List.of(Map.of("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/var/run/pod-token")),
                        "but AWS_CONTAINER_CREDENTIALS_FULL_URI is not"),
                Arguments.of(List.of(Map.of("AWS_PROFILE", "team"), POD), "profile team is asked for"),
                Arguments.of(List.of(Map.of("AWS_DEFAULT_PROFILE", "team"), POD), "profile team is asked for"),
                Arguments.of(
                        List.of(Map.of("AWS_SHARED_CREDENTIALS_FILE", "/no/such"), POD),
                        "/no/such (AWS_SHARED_CREDENTIALS_FILE) is missing"),
                Arguments.of(
                        List.of(Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://example.com/")),
                        "AWS_CONTAINER_CREDENTIALS_FULL_URI is not a URI by https"),
                Arguments.of(
                        List.of(Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://169.254.170.23.example.com/")),
                        "AWS_CONTAINER_CREDENTIALS_FULL_URI is not a URI by https"),
                Arguments.of(
                        List.of(Map.of("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "IPv5")), "neither IPv4 nor IPv6"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("brokenOnes")
    void aConfiguredSourceThatIsBrokenIsNotReplacedByTheNext(List<Map<String, String>> parts, String text) {
        assertThat(broken(parts)).contains(text);
    }

    @Test
    void nothingIsConfiguredWhereTheInstanceIsRuledOut() {
        assertThat(choose(List.of(Map.of("AWS_EC2_METADATA_DISABLED", "TRUE")))).isEqualTo(new AmbientChoice.Nothing());
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080/x",
        "http://[::1]/x",
        "http://localhost/x",
        "http://169.254.170.2/x",
        "http://[fd00:ec2::23]/v1/credentials",
        "https://agent.example.com/x"
    })
    void containersAreReachedWhereBothSdksAllowIt(String uri) {
        var source = source(List.of(Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", uri)));
        assertThat(((CredentialSource.Container) source).uri()).hasToString(uri);
    }

    @Test
    void theRelativeUriIsOfTheContainerAgentAndComesFirst() {
        var source = source(List.of(POD, Map.of("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/credentials/1")));
        assertThat(((CredentialSource.Container) source).uri()).hasToString("http://169.254.170.2/v2/credentials/1");
    }

    @Test
    void theSessionOfTheWebIdentityIsNamedByItsVariable() {
        var named = source(List.of(IRSA, Map.of("AWS_ROLE_SESSION_NAME", "team-dns")));
        assertThat(((CredentialSource.TokenFile) named).sessionName()).isEqualTo("team-dns");
        assertThat(((CredentialSource.TokenFile) source(List.of(IRSA))).sessionName())
                .isEqualTo("acme53");
        assertThat(named.roles()).containsExactly(ROLE);
    }

    @Test
    void aProfileComesAfterTheWebIdentityAndBeforeTheContainer() {
        var files = files("[default]\naws_access_key_id = AKIAFILE\naws_secret_access_key = file-secret\n", "");
        assertThat(source(List.of(files, POD)).words()).isEqualTo("shared files, profile default (keys)");
        assertThat(source(List.of(files, IRSA)).words()).startsWith("web identity");
    }

    @Test
    void aProfileThatOnlyHasSettingsConfiguresNoCredentials() {
        assertThat(source(List.of(files("", "[default]\nregion = eu-west-1\n"), POD))
                        .words())
                .startsWith("container");
    }

    @ParameterizedTest
    @CsvSource({"AWS_PROFILE", "AWS_DEFAULT_PROFILE"})
    void theProfileIsNamedByEitherVariable(String variable) {
        var files = files("[team]\naws_access_key_id = AKIATEAM\naws_secret_access_key = s\n", "");
        assertThat(source(List.of(files, Map.of(variable, "team"))).words()).contains("profile team");
    }

    @Test
    void theFilesOfTheHomeFolderAreReadWhereNoneAreNamed() throws IOException {
        Files.createDirectories(folder.resolve(".aws"));
        Files.writeString(
                folder.resolve(".aws/credentials"),
                "[default]\naws_access_key_id = AKIAHOME\naws_secret_access_key = s\n");
        assertThat(source(List.of(Map.of("HOME", folder.toString()))).words()).contains("profile default");
    }

    @Test
    void rolesOfProfilesAreTakenOneAfterTheOther() {
        var source = source(List.of(files("[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = s\n", """
                        [default]
                        role_arn = arn:aws:iam::222222222222:role/last
                        source_profile = middle
                        external_id = e-1
                        role_session_name = me
                        duration_seconds = 900
                        [profile middle]
                        role_arn = arn:aws:iam::111111111111:role/first
                        source_profile = base
                        """)));
        assertThat(source.roles())
                .containsExactly("arn:aws:iam::111111111111:role/first", "arn:aws:iam::222222222222:role/last");
        var last = ((CredentialSource.Role) source).request();
        assertThat(last.externalId()).isEqualTo("e-1");
        assertThat(last.sessionName()).isEqualTo("me");
        assertThat(last.duration().orElseThrow()).hasSeconds(900);
    }

    @Test
    void aProfileMayBeItsOwnSource() {
        var source = source(List.of(files(
                "[default]\naws_access_key_id = AKIA\naws_secret_access_key = s\n",
                "[default]\nrole_arn = " + ROLE + "\nsource_profile = default\n")));
        assertThat(source.roles()).containsExactly(ROLE);
    }

    @ParameterizedTest
    @CsvSource({
        "Environment, environment variables",
        "EcsContainer, container endpoint",
        "Ec2InstanceMetadata, instance metadata"
    })
    void aProfilesRoleMayBeTakenWithAnotherSource(String named, String words) {
        var files = files("", "[profile team]\nrole_arn = %s\ncredential_source = %s\n".formatted(ROLE, named));
        var environment = new HashMap<>(files);
        environment.putAll(KEYS);
        environment.putAll(POD);
        var file = ((SharedFiles.Contents.Read) new SharedFiles(environment).read()).file();
        var all = new AmbientSources(environment, new SharedFiles(environment));
        assertThat(all.profile(file, "team"))
                .isInstanceOfSatisfying(
                        AmbientChoice.Configured.class,
                        configured -> assertThat(configured.source().words()).startsWith(words));
    }

    @Test
    void aProfilesWebIdentityAndProgramAreServed() {
        var web = files("", "[default]\nrole_arn = " + ROLE + "\nweb_identity_token_file = /t\n");
        assertThat(source(List.of(web))).isInstanceOf(CredentialSource.TokenFile.class);
        var program = files("", "[default]\ncredential_process = /bin/credentials --for me\n");
        assertThat(source(List.of(program))).isInstanceOf(CredentialSource.Program.class);
        assertThat(source(List.of(program)).toString()).doesNotContain("--for me");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sso_session = x                                      | SSO needs a person at a browser and is not supported here
            sso_start_url = https://x                            | SSO needs a person
            login_session = x                                    | login_session, which is not supported here
            role_arn = dns                                       | its role_arn is not the ARN of an IAM role
            role_arn = arn:aws:iam::123456789012:role/a          | nothing to take the role with
            aws_access_key_id = AKIA                             | only one of aws_access_key_id and aws_secret_access_key
            web_identity_token_file = /t                         | no role_arn
            source_profile = other                               | no role_arn
            """)
    void aProfileThatCannotBeServedIsSaidInWords(String line, String text) {
        assertThat(broken(List.of(files("", "[default]\n" + line + "\n"), POD)))
                .startsWith("profile default of the shared files: ")
                .contains(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mfa_serial = arn:aws:iam::123456789012:mfa/x;source_profile = other | mfa_serial, which needs a person
            source_profile = none                                               | nothing to take the role with
            source_profile = default                                            | leads back to itself
            credential_source = Moon                                            | none of Environment, EcsContainer
            source_profile = other;duration_seconds = soon                      | duration_seconds is not a number
            """)
    void aRoleThatCannotBeTakenIsSaidInWords(String lines, String text) {
        assertThat(broken(List.of(
                        files("", "[default]\nrole_arn = " + ROLE + "\n" + lines.replace(';', '\n') + "\n"), POD)))
                .contains(text);
    }

    @Test
    void aFileThatIsNoSharedFileIsBroken() {
        assertThat(broken(List.of(files("garbage\n[default]", ""), POD)))
                .contains("is not written as a shared AWS file");
    }

    @Test
    void noTextOfASourceHoldsItsKeys() {
        var token = source(List.of(KEYS, Map.of("AWS_SESSION_TOKEN", "t0ken")));
        var container = source(List.of(POD, Map.of("AWS_CONTAINER_AUTHORIZATION_TOKEN", "t0ken")));
        assertThat(List.of(
                        token.toString(),
                        container.toString(),
                        choose(List.of(KEYS)).toString()))
                .noneMatch(text -> text.contains("t0ken") || text.contains("env-secret") || text.contains("AKIAENV"));
    }
}
