package dev.acme53.servers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LocalAwsIT {
    @Test
    void localStackStartsAnswersStopsAndLeavesNoProcess() {
        var aws = LocalAws.start();
        var processes = aws.processes();
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
        assertThat(processes)
                .isNotEmpty()
                .noneMatch(pid -> ProcessHandle.of(pid).isPresent());
    }
}
