package dev.acme53.route53;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.route53.RequestBudget.Use;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One request a second, and two after a rest.
class AccountCallsTest {
    private Instant now = Instant.parse("2026-11-24T00:00:00Z");
    private Duration waited = Duration.ZERO;
    private final AccountCalls calls = new AccountCalls(new RequestLimits(1, 0), () -> now, time -> {
        now = now.plus(time);
        waited = waited.plus(time);
    });

    private static Caller caller(String identity, String partition, String account) {
        return new Caller(identity, identity, "tenant", partition, account, FakeRoute53::new);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    aws    | 111111111111 | aws    | 111111111111 | true
                    aws    | 111111111111 | aws    | 222222222222 | false
                    aws    | 111111111111 | aws-cn | 111111111111 | false
                    aws    | ''           | aws    | ''           | true
                    aws    | ''           | aws-cn | ''           | false
                    aws    | ''           | aws    | 111111111111 | false
                    """)
    void thoseOfOneAccountShareABudgetAndThoseOfUnknownAccountsThatOfTheirPartition(
            String partition, String account, String otherPartition, String otherAccount, boolean shared)
            throws InterruptedException {
        var one = caller("one", partition, account);
        var other = caller("other", otherPartition, otherAccount);
        calls.turn(one, Use.WRITE);
        calls.turn(one, Use.WRITE);
        assertThat(waited).isZero();
        calls.turn(other, Use.WRITE);
        assertThat(waited.isPositive()).isEqualTo(shared);
        assertThat(one.sharesBudgetWith(other)).isEqualTo(shared);
        assertThat(calls.budgets()).hasSize(shared ? 1 : 2);
    }

    @Test
    void theLeastIsThatOfTheAccountWithTheFewestRequestsLeft() throws InterruptedException {
        calls.turn(caller("one", "aws", "111111111111"), Use.WRITE);
        calls.turn(caller("one", "aws", "111111111111"), Use.WRITE);
        calls.turn(caller("other", "aws", "222222222222"), Use.WRITE);
        assertThat(calls.least().account()).isEqualTo("111111111111");
    }
}
