package dev.acme53.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleRequestTest {
    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::123456789012:role/dns, arn:aws:iam::123456789012:role/dns, true",
        "arn:aws:iam::123456789012:role/dns, arn:aws:sts::123456789012:assumed-role/dns/acme53, true",
        "arn:aws:iam::123456789012:role/team/a/dns, arn:aws:sts::123456789012:assumed-role/dns/x, true",
        "arn:aws:iam::123456789012:role/dns, arn:aws:sts::123456789012:assumed-role/dns2/x, false",
        "arn:aws:iam::123456789012:role/dns, arn:aws:sts::210987654321:assumed-role/dns/x, false",
        "arn:aws:iam::123456789012:role/dns, arn:aws-cn:sts::123456789012:assumed-role/dns/x, false",
        "arn:aws:iam::123456789012:role/dns, arn:aws:iam::123456789012:user/dns, false",
        "arn:aws:iam::123456789012:role/dns, '', false",
    })
    void aRoleKnowsWhoHoldsIt(String role, String holder, boolean held) {
        assertThat(RoleRequest.ofSolver(role).isHeldBy(holder)).isEqualTo(held);
    }

    @Test
    void aTextOfAMegabyteIsNoRole() {
        assertThat(RoleRequest.isRole("arn:aws:iam::123456789012:role/" + "/".repeat(1 << 20)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::123456789012:role/dns, true",
        "arn:aws-us-gov:iam::123456789012:role/path/dns, true",
        "arn:aws:iam::123456789012:role/a!b~$/(c)/dns, true",
        "arn:aws:iam::123456789012:role/a/b!c, false",
        "'arn:aws:iam::123456789012:role/a b/dns', false",
        "arn:aws:iam::123456789012:user/dns, false",
        "arn:aws:iam::12345:role/dns, false",
        "arn:aws:iam::123456789012:role/, false",
        "dns, false",
        "'', false",
        "'arn:aws:iam::123456789012:role/a b', false",
    })
    void onlyTheArnOfARoleIsOne(String text, boolean isRole) {
        assertThat(RoleRequest.isRole(text)).isEqualTo(isRole);
    }
}
