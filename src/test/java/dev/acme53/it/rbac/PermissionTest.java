package dev.acme53.it.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.fixture.DeployFolder;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PermissionTest {
    @Test
    void inOneNamespaceTheSameIsGrantedLessWhatIsTheClusters() {
        assertThat(RolesIT.granted(DeployFolder.with("one-namespace")))
                .isEqualTo(RolesIT.granted(DeployFolder.with()).stream()
                        .filter(permission -> !permission.resource().startsWith("clusterissuers"))
                        .collect(Collectors.toSet()));
    }
}
