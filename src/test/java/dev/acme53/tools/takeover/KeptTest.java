package dev.acme53.tools.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `helm uninstall` goes by the manifest of the release, and only `managedFields` tell what that holds.
class KeptTest {
    private static final String POLICY = "helm.sh/resource-policy";
    private static final String RELEASE = "meta.helm.sh/release-name";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // the annotation, and who wrote what of policy, release and spec
                "keep   | helm Apply policy+release+spec                                            | true",
                "keep   | helm Update policy+release+spec                                           | true",
                "keep   | helm-controller Apply policy+release+spec                                 | true",
                "keep   | helm Update release+spec, helm Apply policy                               | true",
                "keep   | helm Apply policy+release+spec, kubectl-annotate Update policy            | true",
                "delete | helm Apply policy+release+spec                                            | false",
                "''     | helm Apply release+spec                                                   | false",
                "keep   | helm Apply release+spec, kubectl-annotate Update policy                   | false",
                "keep   | helm Update release+spec, kubectl Apply policy+release+spec               | false",
                "keep   | kubectl-client-side-apply Update spec, kubectl-annotate Update policy+release | false",
                "keep   | ''                                                                        | false",
            })
    void theReleaseKeepsWhatItsInstallerAnnotated(String annotation, String writers, boolean kept) {
        var entries = Arrays.stream(writers.split(", "))
                .filter(writer -> !writer.isEmpty())
                .map(writer -> writer.split(" "))
                .map(words -> entry(words[0], words[1], words[2]))
                .collect(Collectors.joining(", "));
        var definition = Serialization.unmarshal(
                "metadata: {annotations: {x: y" + (annotation.isEmpty() ? "" : ", " + POLICY + ": " + annotation)
                        + "}, managedFields: [" + entries + "]}",
                CustomResourceDefinition.class);
        assertThat(Kept.byItsRelease(definition)).isEqualTo(kept);
    }

    private static String entry(String manager, String operation, String wrote) {
        return "{manager: " + manager + ", operation: " + operation + ", fieldsV1: {'f:metadata': {'f:annotations': {"
                + "'.': {}"
                + (wrote.contains("policy") ? ", 'f:" + POLICY + "': {}" : "")
                + (wrote.contains("release") ? ", 'f:" + RELEASE + "': {}" : "") + "}}"
                + (wrote.contains("spec") ? ", 'f:spec': {'f:group': {}}" : "") + "}}";
    }
}
