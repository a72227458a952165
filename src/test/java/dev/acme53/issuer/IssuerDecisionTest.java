package dev.acme53.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.account.AccountKey;
import dev.acme53.acme.Eab;
import dev.acme53.api.AcmeAccountStatus;
import dev.acme53.api.AcmeIssuer;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.Condition;
import dev.acme53.api.IssuerSpec;
import dev.acme53.api.IssuerStatus;
import dev.acme53.api.SecretKeySelector;
import dev.acme53.issuer.Findings.Binding;
import dev.acme53.issuer.Registrar.Registered;
import dev.acme53.x509.KeySpec;
import dev.acme53.x509.PrivateKeys;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// behaviour.md §5.1, step by step.
class IssuerDecisionTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String SERVER = "https://ca.example/directory";
    private static final String ACCOUNT = "https://ca.example/acct/1";
    private static final KeyPair PAIR = PrivateKeys.generate(KeySpec.DEFAULT);
    private static final AccountKey.Found KEY = new AccountKey.Found(PAIR, "hash-1");
    private static final Findings FINE = new Findings(KEY, new Binding.None(), Optional.empty());
    private static final Findings NO_SECRET =
            new Findings(new AccountKey.NoSecret("ns", "key"), new Binding.None(), Optional.empty());
    private static final AcmeAccountStatus REGISTERED = new AcmeAccountStatus(ACCOUNT, "a@example.com", "hash-1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://acme-v01.api.letsencrypt.org/directory",
                "https://acme-v01.api.letsencrypt.org/directory/",
                "https://ACME-staging.api.letsencrypt.org/directory"
            })
    void step1AnAcmeV1DirectoryIsNoConfiguration(String server) {
        assertRefused(decide(acme(server, "", false), NO_SECRET, null, false), "InvalidConfig", "ErrInitIssuer");
    }

    @Test
    void step2AMissingKeyIsMade() {
        assertThat(decide(acme(SERVER, "", false), NO_SECRET, null, false)).isEqualTo(new IssuerStep.GenerateKey());
        assertThat(decide(acme(SERVER, "a@example.com", false), NO_SECRET, REGISTERED, true))
                .isEqualTo(new IssuerStep.GenerateKey());
    }

    @Test
    void step2AMissingKeyIsNotMadeWhenThatIsForbidden() {
        assertRefused(decide(acme(SERVER, "", true), NO_SECRET, null, false), "ErrVerifyACMEAccount", "ErrInitIssuer");
    }

    @Test
    void step2AKeyThatCannotBeUsedIsTold() {
        var findings = new Findings(
                new AccountKey.Unusable("Secret ns/key has no entry \"tls.key\""),
                new Binding.None(),
                Optional.empty());
        var step = decide(acme(SERVER, "", false), findings, null, false);
        assertRefused(step, "ErrVerifyACMEAccount", "ErrInitIssuer");
        assertThat(((IssuerStep.Refuse) step).message()).contains("Secret ns/key has no entry \"tls.key\"");
    }

    @Test
    void step3ASolverWithoutItsSecretIsToldEvenWhileReady() {
        var findings = new Findings(KEY, new Binding.None(), Optional.of("spec.acme.solvers[0]: there is no Secret"));
        assertRefused(
                decide(acme(SERVER, "a@example.com", false), findings, REGISTERED, true),
                "InvalidSolver",
                "ErrInitIssuer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca.example/directory", "http://ca.example/directory", "https:///", "https://a b/"})
    void step4AServerThatIsNoHttpsUrlIsTold(String server) {
        assertRefused(decide(acme(server, "", false), FINE, null, false), "InvalidURL", "InvalidURL");
    }

    @Test
    void step5NothingIsAskedWhileAllIsAsItWas() {
        assertThat(decide(acme(SERVER, "a@example.com", false), FINE, REGISTERED, true))
                .isEqualTo(new IssuerStep.Keep());
        assertThat(decide(acme("https://CA.example/other?path", "a@example.com", false), FINE, REGISTERED, true))
                .as("another path at the same host")
                .isEqualTo(new IssuerStep.Keep());
    }

    @Test
    void step5AMissingBindingOfARegisteredAccountIsNotLookedAt() {
        var findings = new Findings(KEY, new Binding.Wrong("gone"), Optional.empty());
        assertThat(decide(acme(SERVER, "a@example.com", false), findings, REGISTERED, true))
                .isEqualTo(new IssuerStep.Keep());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "not ready yet,            https://ca.example/acct/1, a@example.com, hash-1, false, true",
        "another email,            https://ca.example/acct/1, b@example.com, hash-1, true,  true",
        "another key,              https://ca.example/acct/1, a@example.com, hash-0, true,  false",
        "another host (step 6),    https://cb.example/acct/1, a@example.com, hash-1, true,  false",
        "a URL that is none,       nonsense,                  a@example.com, hash-1, true,  false",
        "no URL,                   '',                        a@example.com, hash-1, true,  false"
    })
    void step8AnythingElseIsRegistered(
            String what, String uri, String email, String hash, boolean ready, boolean isKnown) {
        var step = decide(acme(SERVER, "a@example.com", false), FINE, new AcmeAccountStatus(uri, email, hash), ready);
        assertThat(step).isInstanceOfSatisfying(IssuerStep.Register.class, register -> {
            assertThat(register.key()).isEqualTo(KEY);
            assertThat(register.wish().email()).isEqualTo("a@example.com");
            assertThat(register.known()).as(what).isEqualTo(isKnown ? Optional.of(URI.create(uri)) : Optional.empty());
        });
    }

    @Test
    void step7ABindingThatCannotBeReadIsTold() {
        var findings = new Findings(KEY, new Binding.Wrong("there is no Secret ns/eab"), Optional.empty());
        assertThat(decide(acme(SERVER, "", false), findings, null, false))
                .isEqualTo(new IssuerStep.Refuse(
                        "ErrRegisterACMEAccount", "there is no Secret ns/eab", "ErrRegisterACMEAccount"));
    }

    @Test
    void whatTheCaRefusedIsNotAskedAgainTooEarly() {
        var acme = acme(SERVER, "", false);
        var wish = ((IssuerStep.Register) decide(acme, FINE, null, false)).wish();
        var failure = new Registered.Failed("ErrRegisterACMEAccount", "no", "ErrInitIssuer", false, Optional.empty());
        var last = new FailedAttempt(wish, failure, NOW.plusSeconds(5));
        assertThat(IssuerDecision.next(issuer(acme, null, false), acme, FINE, Optional.of(last), NOW))
                .isEqualTo(new IssuerStep.Wait(failure, Optional.empty(), NOW.plusSeconds(5)));
        assertThat(IssuerDecision.next(issuer(acme, null, false), acme, FINE, Optional.of(last), NOW.plusSeconds(5)))
                .isInstanceOf(IssuerStep.Register.class);
    }

    @Test
    void somethingElseIsAskedAtOnce() {
        var acme = acme(SERVER, "", false);
        var wish = ((IssuerStep.Register) decide(acme, FINE, null, false)).wish();
        var failure = new Registered.Failed("ErrRegisterACMEAccount", "no", "ErrInitIssuer", true, Optional.empty());
        var last = Optional.of(new FailedAttempt(wish, failure, NOW.plusSeconds(3600)));
        var bound = new Findings(KEY, new Binding.Usable(eab("secret-2")), Optional.empty());
        assertThat(IssuerDecision.next(issuer(acme, null, false), acme, bound, last, NOW))
                .isInstanceOf(IssuerStep.Register.class);
        var otherKey = new Findings(new AccountKey.Found(PAIR, "hash-2"), new Binding.None(), Optional.empty());
        assertThat(IssuerDecision.next(issuer(acme, null, false), acme, otherKey, last, NOW))
                .isInstanceOf(IssuerStep.Register.class);
        var edited = issuer(acme, null, false);
        edited.getMetadata().setGeneration(8L);
        assertThat(IssuerDecision.next(edited, acme, FINE, last, NOW)).isInstanceOf(IssuerStep.Register.class);
    }

    @Test
    void nothingThatIsShownHoldsAKey() {
        var findings = new Findings(KEY, new Binding.Usable(eab("top-secret")), Optional.empty());
        var step = decide(acme(SERVER, "", false), findings, null, false);
        assertThat(step + " " + findings).doesNotContain("top-secret").doesNotContainIgnoringCase("modulus");
    }

    private static Eab eab(String key) {
        return new Eab("kid", new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    }

    private static void assertRefused(IssuerStep step, String reason, String event) {
        assertThat(step).isInstanceOfSatisfying(IssuerStep.Refuse.class, refuse -> {
            assertThat(refuse.reason()).isEqualTo(reason);
            assertThat(refuse.event()).isEqualTo(event);
        });
    }

    private static IssuerStep decide(AcmeIssuer acme, Findings findings, AcmeAccountStatus account, boolean ready) {
        return IssuerDecision.next(issuer(acme, account, ready), acme, findings, Optional.empty(), NOW);
    }

    private static ClusterIssuer issuer(AcmeIssuer acme, AcmeAccountStatus account, boolean ready) {
        var issuer = new ClusterIssuer();
        issuer.setMetadata(
                new ObjectMetaBuilder().withName("le").withGeneration(7L).build());
        issuer.setSpec(new IssuerSpec(acme, null));
        var status = ready ? Condition.Status.TRUE : Condition.Status.FALSE;
        issuer.setStatus(new IssuerStatus(List.of(new Condition("Ready", status, NOW, "x", "", 7L)), account));
        return issuer;
    }

    private static AcmeIssuer acme(String server, String email, boolean noKeys) {
        var key = new SecretKeySelector("key", "");
        return new AcmeIssuer(email, server, null, null, false, null, key, List.of(), noKeys, false, null, null);
    }
}
