package dev.acme53.aws;

import static dev.acme53.aws.IdentityRig.clusterIssuer;
import static dev.acme53.aws.IdentityRig.granted;
import static dev.acme53.aws.IdentityRig.solver;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.servers.TestServers;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// STS and Route 53 as others wrote them.
class LocalStackIdentitiesIT {
    private static final String ROLE = "arn:aws:iam::000000000000:role/dns";

    @Test
    void keysAndARoleOnTopOfThemServe() throws Exception {
        var aws = TestServers.aws();
        var name = "t" + UUID.randomUUID() + ".example";
        try (var rig = new IdentityRig();
                var admin = aws.route53()) {
            admin.createHostedZone(r -> r.name(name).callerReference(name));
            var identities = rig.identities(Map.of(
                    "AWS_ACCESS_KEY_ID", "test",
                    "AWS_SECRET_ACCESS_KEY", "test",
                    "AWS_REGION", "us-east-1",
                    "AWS_ENDPOINT_URL_ROUTE_53", aws.endpoint().toString(),
                    "AWS_ENDPOINT_URL_STS", aws.endpoint().toString()));
            for (var role : new String[] {"", ROLE}) {
                var session = granted(identities.resolve(solver(role), clusterIssuer()));
                assertThat(session.route53()
                                .listHostedZonesByName(r -> r.dnsName(name).maxItems("1"))
                                .hostedZones())
                        .singleElement()
                        .satisfies(zone -> assertThat(zone.name()).isEqualTo(name + "."));
                assertThat(identities.callerIdentity(session))
                        .isInstanceOfSatisfying(
                                CallerIdentity.Known.class,
                                known -> assertThat(known.arn())
                                        .contains(role.isEmpty() ? ":root" : "assumed-role/dns/cert-manager"));
            }
        }
    }
}
