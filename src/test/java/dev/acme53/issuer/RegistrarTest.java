package dev.acme53.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.account.AccountKey;
import dev.acme53.acme.AcmeAccount;
import dev.acme53.acme.AcmeAccounts;
import dev.acme53.acme.AcmeFailure;
import dev.acme53.acme.AcmeResult;
import dev.acme53.acme.AcmeServer;
import dev.acme53.acme.RegisteredAccount;
import dev.acme53.acme.Registration;
import dev.acme53.api.AcmeAccountStatus;
import dev.acme53.issuer.Registrar.Registered;
import dev.acme53.x509.KeySpec;
import dev.acme53.x509.PrivateKeys;
import java.net.URI;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// behaviour.md §5.1, steps 8 to 10.
class RegistrarTest {
    private static final URI ACCOUNT = URI.create("https://ca.example/acct/1");
    private static final AcmeServer SERVER =
            new AcmeServer(URI.create("https://ca.example/dir"), Optional.empty(), false);
    private static final KeyPair PAIR = PrivateKeys.generate(KeySpec.ecdsa(256));

    /// A CA as the table says.
    private static final class Ca implements AcmeAccounts {
        private final AcmeResult<RegisteredAccount> answer;
        private final Optional<AcmeFailure> refusesUpdate;
        private final List<Optional<String>> updates = new ArrayList<>();

        Ca(AcmeResult<RegisteredAccount> answer, Optional<AcmeFailure> refusesUpdate) {
            this.answer = answer;
            this.refusesUpdate = refusesUpdate;
        }

        @Override
        public AcmeResult<RegisteredAccount> register(AcmeServer server, KeyPair key, Registration registration) {
            return answer;
        }

        @Override
        public AcmeResult<RegisteredAccount> updateEmail(
                AcmeServer server, KeyPair key, URI account, Optional<String> email) {
            updates.add(email);
            return refusesUpdate
                    .<AcmeResult<RegisteredAccount>>map(AcmeResult.Refused::new)
                    .orElseGet(() -> new AcmeResult.Answer<>(new RegisteredAccount(account, email, false)));
        }

        @Override
        public AcmeAccount login(AcmeServer server, KeyPair key, URI account) {
            throw new UnsupportedOperationException();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            nullValues = "-",
            value = {
                "a new account has its email,             a@b.c, -,     -,     true,  false, -",
                "the CA shows the same,                   a@b.c, a@b.c, a@b.c, false, true,  -",
                "case does not count,                     A@b.c, a@B.C, x@y.z, false, true,  -",
                "the CA shows another,                    a@b.c, x@y.z, a@b.c, false, true,  a@b.c",
                "the email was removed,                   '',    x@y.z, x@y.z, false, true,  none",
                "hidden and the same as last,             a@b.c, -,     a@b.c, false, true,  -",
                "hidden and another than last,            a@b.c, -,     x@y.z, false, true,  a@b.c",
                "hidden and removed since,                '',    -,     x@y.z, false, true,  none",
                "hidden and last of another account,      a@b.c, -,     a@b.c, false, false, a@b.c",
                "no email wanted and none there,          '',    -,     -,     false, false, -"
            })
    void theContactIsUpdatedWhenItDiffers(
            String what,
            String wanted,
            @Nullable String shown,
            @Nullable String last,
            boolean created,
            boolean known,
            @Nullable String update) {
        var ca = new Ca(
                new AcmeResult.Answer<>(new RegisteredAccount(ACCOUNT, Optional.ofNullable(shown), created)),
                Optional.empty());
        var result = new Registrar(ca).register(step(wanted, known), last == null ? "" : last);
        assertThat(result).isEqualTo(new Registered.Done(new AcmeAccountStatus(ACCOUNT.toString(), wanted, "hash")));
        var expected = switch (update) {
            case null -> List.of();
            case "none" -> List.of(Optional.empty());
            default -> List.of(Optional.of(update));
        };
        assertThat(ca.updates).as(what).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusalSaysWhetherAndWhenToTryAgain(
            AcmeFailure failure, String message, String event, boolean isFinal, Optional<Instant> notBefore) {
        var ca = new Ca(new AcmeResult.Refused<>(failure), Optional.empty());
        assertThat(new Registrar(ca).register(step("", false), ""))
                .isEqualTo(new Registered.Failed(
                        "ErrRegisterACMEAccount",
                        "the ACME account cannot be registered: " + message,
                        event,
                        isFinal,
                        notBefore));
    }

    static List<Arguments> refusals() {
        var later = Optional.of(Instant.parse("2026-11-24T12:00:00Z"));
        return List.of(
                Arguments.of(new AcmeFailure.Transient("away", later), "away", "ErrInitIssuer", false, later),
                Arguments.of(new AcmeFailure.RateLimited("slow", later), "slow", "ErrInitIssuer", false, later),
                Arguments.of(
                        new AcmeFailure.ActionRequired("terms", URI.create("https://ca.example/terms")),
                        "terms; visit https://ca.example/terms",
                        "ErrInitIssuer",
                        false,
                        Optional.empty()),
                Arguments.of(
                        new AcmeFailure.Problem(403, "unauthorized", "unauthorized: no"),
                        "unauthorized: no",
                        "ErrRegisterACMEAccount",
                        true,
                        Optional.empty()),
                Arguments.of(
                        new AcmeFailure.NotSent("not one email address"),
                        "not one email address",
                        "ErrRegisterACMEAccount",
                        true,
                        Optional.empty()));
    }

    @Test
    void aRefusedUpdateIsToldAsSuch() {
        var ca = new Ca(
                new AcmeResult.Answer<>(new RegisteredAccount(ACCOUNT, Optional.of("x@y.z"), false)),
                Optional.of(new AcmeFailure.Problem(400, "invalidContact", "invalidContact: no")));
        assertThat(new Registrar(ca).register(step("a@b.c", true), "x@y.z"))
                .isEqualTo(new Registered.Failed(
                        "ErrUpdateACMEAccount",
                        "the email of the ACME account cannot be changed: invalidContact: no",
                        "ErrUpdateACMEAccount",
                        true,
                        Optional.empty()));
    }

    private static IssuerStep.Register step(String email, boolean known) {
        return new IssuerStep.Register(
                new AccountWish(SERVER, "hash", email, Optional.empty(), 1L),
                new AccountKey.Found(PAIR, "hash"),
                known ? Optional.of(ACCOUNT) : Optional.empty());
    }
}
