package dev.acme53.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IssuingMessageTest {
    private static final String WHY = "Certificate re-issuance manually triggered: by me; now";

    @Test
    void whatHoldsItUpStandsAtTheEnd() {
        var held = "CertificateRequest web-1: Waiting on order; chal-1: no such hosted zone";
        assertThat(IssuingMessage.with(WHY, held)).startsWith(WHY).endsWith("chal-1: no such hosted zone");
    }

    @Test
    void itIsReplacedAndTakenAwayAndTheRestStays() {
        var once = IssuingMessage.with(WHY, "a; waiting for b");
        assertThat(IssuingMessage.with(once, "a; waiting for b")).isEqualTo(once);
        assertThat(IssuingMessage.with(once, "c")).isEqualTo(IssuingMessage.with(WHY, "c"));
        assertThat(IssuingMessage.with(once, "")).isEqualTo(WHY);
    }
}
