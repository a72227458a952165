package dev.acme53.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.acme53.aws.SolverIdentities;
import dev.acme53.names.DnsName;
import dev.acme53.sim.IamPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// By hand: no cluster, no AWS. The golden files are in `src/test/resources/iam-policy`.
class IamPolicyCommandTest {
    private static final Path GOLDEN = Path.of("src/test/resources/iam-policy");

    /// What the command wrote.
    record Run(int code, String out, String err) {}

    static Run run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var code = new CommandLine(new IamPolicyCommand(new Nowhere()))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Run(code, out.toString(), err.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zone-by-name | --zone example.com",
                "zone-by-id | --zone Z0123456789ABC",
                "zone-by-both | --zone example.com=Z0123456789ABC --dns-name www.example.com --dns-name *.example.com",
                "irsa | --zone example.com=Z0123456789ABC --role arn:aws:iam::111122223333:role/acme53 --service-account"
                        + " cert-manager/cert-manager --oidc-provider https://oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633",
                "pod-identity | --zone example.com --role arn:aws:iam::111122223333:role/acme53 --service-account"
                        + " cert-manager/cert-manager",
                "cross-account | --zone Z0123456789ABC --role arn:aws:iam::444455556666:role/dns --principal"
                        + " arn:aws:iam::111122223333:role/acme53",
                "china | --zone example.com.cn=Z0123456789ABC --region cn-north-1",
                "china-by-role | --zone Z0123456789ABC --role arn:aws-cn:iam::111122223333:role/acme53 --service-account a/b"
                        + " --oidc-provider oidc.eks.cn-north-1.amazonaws.com.cn/id/EXAMPLE --audience x --audience y",
            })
    void whatIsGivenByHandIsPrinted(String golden, String arguments) throws Exception {
        var run = run(arguments.split(" "));
        assertThat(run.code()).isZero();
        var file = GOLDEN.resolve(golden + ".txt");
        var text = "acme53 iam-policy " + arguments + "\n" + run.err() + run.out();
        if (Boolean.getBoolean("acme53.golden.write")) {
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }

    @Test
    void standardOutputHoldsJsonDocumentsAlone() throws Exception {
        var run = run("--zone=example.com", "--role=arn:aws:iam::111122223333:role/a", "--service-account=a/b");
        var documents = new ArrayList<String>();
        try (var values =
                JsonMapper.builder().build().readerForMapOf(Object.class).readValues(run.out())) {
            while (values.hasNext()) {
                documents.add(values.next().toString());
            }
        }
        assertThat(documents).hasSize(2).allMatch(document -> document.startsWith("{Version=2012-10-17, Statement="));
        assertThat(run.err().lines()).hasSize(2).allMatch(line -> line.startsWith("# "));
    }

    @Test
    void asOneListEachDocumentHasItsPurpose() throws Exception {
        var run = run("--zone=Z1234567", "--service-account=a/b", "--output=json");
        var list = JsonMapper.builder().build().readTree(run.out());
        assertThat(list).hasSize(2).allMatch(item -> item.path("document").has("Statement"));
        assertThat(list.get(1).path("purpose").asText()).contains("Pod Identity", "a/b");
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--zone=exa mple.com | --zone=exa mple.com: cannot be read",
                "--zone=example.com=z1 | --zone=example.com=z1: cannot be read",
                "--zone=Z1234567 --role=role/x | --role=role/x: not such an ARN",
                "--zone=Z1234567 --service-account=x | --service-account=x: not NAMESPACE/NAME",
                "--zone=Z1234567 --service-account=a/b --oidc-provider=o.example | --role is needed with --oidc-provider: the"
                        + " account is in it",
                "--zone=Z1234567 --principal=arn:aws:iam::111122223333:user/x | --role is needed with --principal: the role that"
                        + " it takes",
                "--zone=Z1234567 --role=arn:aws-cn:iam::111122223333:role/r --principal=arn:aws:iam::111122223333:user/x |"
                        + " --principal=arn:aws:iam::111122223333:user/x: of another partition than --role",
                "--zone=Z1234567 --output=yaml | --output=yaml: documents or json",
            })
    void whatCannotBeReadEndsItWithOneLine(String arguments, String expected) {
        var run =
                run(Arrays.stream(arguments.split(" (?=--)")).map(String::strip).toArray(String[]::new));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("acme53 iam-policy: " + expected + "\n");
    }

    @Test
    void namesThatDoNotFitIntoOnePolicyAreWidenedToTheirDomains() {
        var arguments = new ArrayList<>(List.of("--zone=Z1234567"));
        IntStream.range(0, 300).forEach(i -> arguments.add("--dns-name=a-rather-long-host-name-" + i + ".example.com"));
        var printed = run(arguments.toArray(String[]::new)).out();
        assertThat(printed.replaceAll("\\s", "")).hasSizeLessThan(PermissionPolicy.LONGEST);
        assertThat(printed).contains("\"_acme-challenge.*.example.com\"", "ForAllValues:StringLike");
        assertThat(IamPolicy.parse(printed).statements()).hasSize(3);
    }

    private static final class Nowhere implements Outside {
        @Override
        public KubernetesClient cluster(Optional<String> kubeconfig, Optional<String> context) {
            throw new AssertionError("no cluster is asked");
        }

        @Override
        public DnsName follow(DnsName name) {
            throw new AssertionError("DNS is not asked");
        }

        @Override
        public SolverIdentities identities(KubernetesClient client) {
            throw new AssertionError("AWS is not asked");
        }

        @Override
        public String partition(String region) {
            return region.startsWith("cn-") ? "aws-cn" : "aws";
        }
    }
}
