package dev.acme53.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class AwsIT {
    @Test
    void localStackStartsAnswersStopsAndLeavesNoProcess() {
        var aws = TestServers.newAws();
        var processes = LocalProcesses.of(aws);
        try (var route53 = aws.route53();
                var sts = aws.sts()) {
            var zone = route53.createHostedZone(r -> r.name("example.com").callerReference("one"));
            assertThat(route53.listHostedZones().hostedZones())
                    .singleElement()
                    .satisfies(listed ->
                            assertThat(listed.id()).isEqualTo(zone.hostedZone().id()));
            assertThat(sts.getCallerIdentity().account()).isEqualTo("000000000000");
        } finally {
            aws.close();
        }
        assertThat(processes).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
        try (var sts = aws.sts()) {
            assertThatThrownBy(sts::getCallerIdentity).isInstanceOf(SdkClientException.class);
        }
    }
}
