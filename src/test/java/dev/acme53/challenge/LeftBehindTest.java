package dev.acme53.challenge;

import static dev.acme53.challenge.Challenges.challenge;
import static dev.acme53.challenge.Challenges.claimed;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeftBehindTest {
    @Test
    void whatIsLeftIsNamedWithItsZoneItsNameAndItsValue() {
        assertThat(LeftBehind.text(claimed(challenge(), "Z1/_acme-challenge.www.example.com/C1"), "no keys"))
                .isEqualTo("The TXT record \"_acme-challenge.www.example.com\" with the value \"" + Challenges.KEY
                        + "\" may be left in hosted zone Z1, remove it by hand: no keys");
    }

    @Test
    void withoutANoteOfThePlaceItIsTheChallengesOwnName() {
        assertThat(LeftBehind.text(challenge(), "no keys"))
                .isEqualTo("The TXT record \"_acme-challenge.www.example.com\" with the value \"" + Challenges.KEY
                        + "\" may be left in the hosted zone of \"www.example.com\", remove it by hand: no keys");
    }
}
