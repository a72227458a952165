package dev.acme53.aws;

import static dev.acme53.aws.IdentityRig.clusterIssuer;
import static dev.acme53.aws.IdentityRig.solver;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/// The last step before AWS's own hosts, which no test reaches: it writes down who was to be asked and for which region
/// the call is signed, and answers as AWS does.
final class AwsBorder implements SdkHttpClient {
    private static final Pattern SCOPE = Pattern.compile("Credential=[^/]+/[0-9]{8}/([^/]+)/(sts|route53)/");
    private static final String SESSION = """
            <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
            <AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/dns/cert-manager</Arn></AssumedRoleUser>
            <Credentials><AccessKeyId>ASIASESSION</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
            <SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>
            </AssumeRoleResult></AssumeRoleResponse>""";
    private static final String ZONES = """
            <ListHostedZonesByNameResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><HostedZones/>
            <IsTruncated>false</IsTruncated><MaxItems>100</MaxItems></ListHostedZonesByNameResponse>""";

    private final List<String> seen = new ArrayList<>();

    /// Where keys of the environment and a role on top of them lead: `STS host | region | Route 53 host | region`.
    ///
    /// @param setting a variable that is set too, as `NAME=value`; empty for none
    static String crossed(String region, String setting) {
        var environment = new HashMap<>(Map.of(
                "AWS_ACCESS_KEY_ID", "AKIAUSER",
                "AWS_SECRET_ACCESS_KEY", "s3cr3t",
                "AWS_REGION", region));
        if (!setting.isEmpty()) {
            environment.put(setting.replaceFirst("=.*", ""), setting.replaceFirst(".*=", ""));
        }
        var border = new AwsBorder();
        try (var nobody = IdentityRig.nobody();
                var identities = new SolverIdentities(
                        nobody,
                        environment,
                        "acme53/test",
                        border,
                        InstantSource.system(),
                        RandomGenerator.getDefault())) {
            return switch (identities.resolve(solver(IdentityRig.ROLE), clusterIssuer())) {
                case Resolution.Refused refused -> refused.message() + " | – | – | –";
                case Resolution.Granted(AwsSession session) -> {
                    session.route53().listHostedZonesByName();
                    yield String.join(" | ", border.seen);
                }
            };
        }
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        var asked = request.httpRequest();
        var scope = SCOPE.matcher(asked.firstMatchingHeader("Authorization").orElse(""));
        if (!scope.find()) {
            throw new AssertionError("not signed: " + asked);
        }
        seen.add(url(asked) + " | " + scope.group(1));
        var answer = scope.group(2).equals("sts") ? SESSION : ZONES;
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() {
                return HttpExecuteResponse.builder()
                        .response(SdkHttpFullResponse.builder().statusCode(200).build())
                        .responseBody(AbortableInputStream.create(
                                new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8))))
                        .build();
            }

            @Override
            public void abort() {}
        };
    }

    private static String url(SdkHttpRequest asked) {
        return asked.protocol() + "://" + asked.host();
    }

    @Override
    public void close() {}
}
