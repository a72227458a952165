package dev.acme53.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ContainersTest {
    @Test
    void theChoiceIsOneOfTwoWords() {
        assertThat(Containers.isContainers("containers")).isTrue();
        assertThat(Containers.isContainers("local")).isFalse();
        assertThatThrownBy(() -> Containers.isContainers("docker"))
                .isInstanceOf(MissingPrerequisite.class)
                .hasMessage("ACME53_TEST_SERVERS is `local` or `containers`, not `docker`");
    }
}
