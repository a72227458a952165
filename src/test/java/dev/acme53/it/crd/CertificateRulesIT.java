package dev.acme53.it.crd;

import static dev.acme53.it.crd.RuleCase.accepts;
import static dev.acme53.it.crd.RuleCase.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.servers.TestServers;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules C01 to C24 of a Certificate, each on an object that it accepts and one that it refuses.
class CertificateRulesIT {
    private static final String VALID = """
            apiVersion: cert-manager.io/v1
            kind: Certificate
            metadata: {name: web}
            spec: {secretName: web-tls, issuerRef: {name: le}, dnsNames: [example.com]}
            """;
    private static final String PERMITTED = "spec.nameConstraints.permitted.ipRanges[]";
    private static final String EXCLUDED = "spec.nameConstraints.excluded.ipRanges[]";
    private static final String JKS = "spec.keystores.jks";
    private static final String PKCS12 = "spec.keystores.pkcs12";

    private static KubernetesClient client;
    private static Api certificates;

    @BeforeAll
    static void open() {
        client = TestServers.kubernetes().client();
        certificates = new Api(client, "/apis/cert-manager.io/v1/namespaces/default/certificates");
    }

    @AfterAll
    static void close() {
        client.close();
    }

    static List<RuleCase> cases() {
        return List.of(
                accepts("C03", "spec.issuerRef", "{issuerRef: {kind: ClusterIssuer, group: cert-manager.io}}"),
                accepts("C03", "spec.issuerRef", "{issuerRef: {kind: '', group: ''}}"),
                accepts("C03", "spec.issuerRef", "{issuerRef: {kind: Other, group: example.com}}"),
                refuses("C03", "spec.issuerRef", "{issuerRef: {kind: Other}}", KIND),
                refuses("C03", "spec.issuerRef", "{issuerRef: {kind: Other, group: cert-manager.io}}", KIND),
                accepts("C04", "spec", "{literalSubject: CN=x, commonName: ''}"),
                refuses(
                        "C04",
                        "spec",
                        "{literalSubject: CN=x, commonName: x}",
                        "commonName may not be set together with literalSubject"),
                accepts("C05", "spec", "{literalSubject: CN=x, subject: {serialNumber: '', organizations: []}}"),
                refuses("C05", "spec", "{literalSubject: CN=x, subject: {organizations: [o]}}", SUBJECT),
                refuses("C05", "spec", "{literalSubject: CN=x, subject: {countries: [c]}}", SUBJECT),
                refuses("C05", "spec", "{literalSubject: CN=x, subject: {organizationalUnits: [u]}}", SUBJECT),
                refuses("C05", "spec", "{literalSubject: CN=x, subject: {localities: [l]}}", SUBJECT),
                refuses("C05", "spec", "{literalSubject: CN=x, subject: {provinces: [p]}}", SUBJECT),
                refuses("C05", "spec", "{literalSubject: CN=x, subject: {streetAddresses: [s]}}", SUBJECT),
                refuses("C05", "spec", "{literalSubject: CN=x, subject: {postalCodes: [p]}}", SUBJECT),
                refuses("C05", "spec", "{literalSubject: CN=x, subject: {serialNumber: n}}", SUBJECT),
                accepts("C06", "spec", "{dnsNames: null, commonName: example.com}"),
                accepts("C06", "spec", "{dnsNames: null, uris: ['spiffe://x']}"),
                accepts("C06", "spec", "{dnsNames: null, emailAddresses: [a@example.com]}"),
                accepts("C06", "spec", "{dnsNames: null, ipAddresses: [192.0.2.1]}"),
                accepts("C06", "spec", "{dnsNames: null, otherNames: [{oid: 1.2.3, utf8Value: x}]}"),
                accepts("C06", "spec", "{dnsNames: null, literalSubject: 'O=a, CN=x'}"),
                accepts("C06", "spec", "{dnsNames: null, literalSubject: 'O=a+2.5.4.3=x'}"),
                refuses("C06", "spec", "{dnsNames: null}", NO_NAME),
                refuses("C06", "spec", "{dnsNames: []}", NO_NAME),
                refuses("C06", "spec", "{dnsNames: null, literalSubject: 'O=CN'}", NO_NAME),
                accepts("C07", "spec.commonName", "{commonName: " + "ä".repeat(32) + "}"),
                refuses(
                        "C07",
                        "spec.commonName",
                        "{commonName: " + "ä".repeat(33) + "}",
                        "may not be longer than 64 bytes"),
                accepts("C08", "spec.ipAddresses[]", "{ipAddresses: [192.0.2.1, '2001:db8::1']}"),
                refuses("C08", "spec.ipAddresses[]", "{ipAddresses: [192.0.2.1, 192.0.2]}", "invalid IP address"),
                accepts("C09", "spec.emailAddresses[]", "{emailAddresses: [a.b+c@example.com]}"),
                refuses("C09", "spec.emailAddresses[]", "{emailAddresses: ['A <a@example.com>']}", EMAIL),
                refuses("C09", "spec.emailAddresses[]", "{emailAddresses: [example.com]}", EMAIL),
                accepts("C10", "spec.otherNames[]", "{otherNames: [{oid: 1.3.6.1.4.1.311.20.2.3, utf8Value: x}]}"),
                refuses("C10", "spec.otherNames[]", "{otherNames: [{oid: 1.a, utf8Value: x}]}", OID),
                refuses("C10", "spec.otherNames[]", "{otherNames: [{utf8Value: x}]}", OID),
                accepts("C10b", "spec.otherNames[]", "{otherNames: [{oid: '1', utf8Value: ü}]}"),
                refuses("C10b", "spec.otherNames[]", "{otherNames: [{oid: 1.2.3, utf8Value: ''}]}", UTF8),
                refuses("C10b", "spec.otherNames[]", "{otherNames: [{oid: 1.2.3}]}", UTF8),
                accepts("C11", "spec.privateKey", "{privateKey: {size: 3072}}"),
                accepts("C11", "spec.privateKey", "{privateKey: {size: 0}}"),
                accepts("C11", "spec.privateKey", "{privateKey: {algorithm: Ed25519, size: 1}}"),
                refuses("C11", "spec.privateKey", "{privateKey: {size: 1024}}", RSA_SIZE),
                refuses("C11", "spec.privateKey", "{privateKey: {algorithm: RSA, size: 16384}}", RSA_SIZE),
                accepts("C11b", "spec.privateKey", "{privateKey: {algorithm: ECDSA, size: 521}}"),
                refuses(
                        "C11b",
                        "spec.privateKey",
                        "{privateKey: {algorithm: ECDSA, size: 512}}",
                        "size must be 256, 384 or 521 for ECDSA keys"),
                accepts("C12", "spec", "{signatureAlgorithm: SHA512WithRSA}"),
                accepts("C12", "spec", "{signatureAlgorithm: ECDSAWithSHA256, privateKey: {algorithm: ECDSA}}"),
                accepts("C12", "spec", "{signatureAlgorithm: PureEd25519, privateKey: {algorithm: Ed25519}}"),
                refuses("C12", "spec", "{signatureAlgorithm: ECDSAWithSHA256}", SIGNATURE),
                refuses(
                        "C12",
                        "spec",
                        "{signatureAlgorithm: SHA256WithRSA, privateKey: {algorithm: ECDSA}}",
                        SIGNATURE),
                refuses(
                        "C12",
                        "spec",
                        "{signatureAlgorithm: SHA256WithRSA, privateKey: {algorithm: Ed25519}}",
                        SIGNATURE),
                accepts("C13", "spec", "{duration: 1h}"),
                refuses("C13", "spec", "{duration: 59m59s}", "duration must be at least 1h0m0s"),
                accepts("C14", "spec", "{renewBeforePercentage: 25}"),
                refuses(
                        "C14",
                        "spec",
                        "{renewBefore: 1h, renewBeforePercentage: 25}",
                        "renewBefore and renewBeforePercentage are mutually exclusive"),
                accepts("C15", "spec", "{renewBefore: 5m}"),
                refuses("C15", "spec", "{renewBefore: 299s}", "renewBefore must be at least 5m0s"),
                accepts("C16", "spec", "{renewBefore: 2159h}"),
                refuses("C16", "spec", "{renewBefore: 2160h}", RENEW_BEFORE),
                refuses("C16", "spec", "{duration: 2h, renewBefore: 2h}", RENEW_BEFORE),
                // alone it is not looked at; 3600 s × 9 % is just over five minutes, 8 % is not
                accepts("C17", "spec", "{renewBeforePercentage: 0}"),
                accepts("C17", "spec", "{duration: 1h, renewBeforePercentage: 91}"),
                refuses("C17", "spec", "{duration: 1h, renewBeforePercentage: 92}", PERCENTAGE),
                refuses("C17", "spec", "{duration: 1h, renewBeforePercentage: 0}", PERCENTAGE),
                accepts(
                        "C20",
                        ANNOTATIONS,
                        "{secretTemplate: {annotations: {cert-manager.io/allow-direct-injection: ''}}}"),
                refuses(
                        "C20",
                        ANNOTATIONS,
                        "{secretTemplate: {annotations: {cert-manager.io/alt-names: x}}}",
                        "cert-manager.io/* annotations are not allowed"),
                accepts("C20b", ANNOTATIONS, "{secretTemplate: {annotations: {Example.com/Key: any thing}}}"),
                refuses(
                        "C20b",
                        ANNOTATIONS,
                        "{secretTemplate: {annotations: {'a key': x}}}",
                        "annotation keys must be qualified names"),
                accepts("C20c", LABELS, "{secretTemplate: {labels: {example.com/Key: value_1}}}"),
                refuses("C20c", LABELS, "{secretTemplate: {labels: {a/b/c: value}}}", LABEL),
                refuses("C20c", LABELS, "{secretTemplate: {labels: {key: a value}}}", LABEL),
                accepts("C21", "spec", "{isCA: true, nameConstraints: {permitted: {dnsDomains: [example.com]}}}"),
                refuses("C21", "spec", "{nameConstraints: {permitted: {}}}", IS_CA),
                refuses("C21", "spec", "{isCA: false, nameConstraints: {excluded: {}}}", IS_CA),
                accepts("C21b", "spec.nameConstraints", "{isCA: true, nameConstraints: {excluded: {}}}"),
                refuses(
                        "C21b",
                        "spec.nameConstraints",
                        "{isCA: true, nameConstraints: {critical: true}}",
                        "either permitted or excluded must be set"),
                accepts("C21c", PERMITTED, "{isCA: true, nameConstraints: {permitted: {ipRanges: [192.0.2.0/24]}}}"),
                refuses("C21c", PERMITTED, "{isCA: true, nameConstraints: {permitted: {ipRanges: [192.0.2.0]}}}", CIDR),
                accepts("C21c", EXCLUDED, "{isCA: true, nameConstraints: {excluded: {ipRanges: ['2001:db8::/32']}}}"),
                refuses("C21c", EXCLUDED, "{isCA: true, nameConstraints: {excluded: {ipRanges: [x]}}}", CIDR),
                accepts("C22", "spec", "{additionalOutputFormats: [{type: DER}, {type: CombinedPEM}]}"),
                refuses("C22", "spec", "{additionalOutputFormats: [{type: DER}, {type: DER}]}", FORMATS),
                refuses(
                        "C22",
                        "spec",
                        "{additionalOutputFormats: [{type: CombinedPEM}, {type: CombinedPEM}]}",
                        FORMATS),
                accepts("C23", JKS, keystore("jks", "passwordSecretRef: {name: ''}, password: p")),
                refuses("C23", JKS, keystore("jks", "passwordSecretRef: {name: s}, password: p"), both("JKS")),
                accepts("C23b", JKS, keystore("jks", "passwordSecretRef: {name: s, key: k}")),
                refuses("C23b", JKS, keystore("jks", "alias: x"), neither("JKS")),
                refuses("C23b", JKS, keystore("jks", "passwordSecretRef: {name: ''}"), neither("JKS")),
                accepts("C23c", JKS, keystore("jks", "password: p")),
                refuses("C23c", JKS, keystore("jks", "password: ''"), empty("JKS")),
                accepts("C23", PKCS12, keystore("pkcs12", "passwordSecretRef: {name: ''}, password: p")),
                refuses(
                        "C23",
                        PKCS12,
                        keystore("pkcs12", "passwordSecretRef: {name: s}, password: p"),
                        both("PKCS#12")),
                accepts("C23b", PKCS12, keystore("pkcs12", "passwordSecretRef: {name: s, key: k}")),
                refuses("C23b", PKCS12, keystore("pkcs12", "profile: Modern2023"), neither("PKCS#12")),
                accepts("C23c", PKCS12, keystore("pkcs12", "password: p, profile: Modern2026")),
                refuses("C23c", PKCS12, keystore("pkcs12", "password: ''"), empty("PKCS#12")),
                accepts("C24", "spec.renewal", "{renewal: {policy: RenewBefore}}"),
                refuses("C24", "spec.renewal", "{renewal: {}}", "policy must be RenewBefore or Disabled"),
                accepts("C24b", "spec.renewal", "{renewal: {policy: Disabled, windows: []}}"),
                refuses(
                        "C24b",
                        "spec.renewal",
                        "{renewal: {policy: Disabled, windows: [{windowDuration: 1h, cron: '@daily'}]}}",
                        "windows cannot be set when policy is Disabled"),
                accepts("C24c", WINDOWS, window("windowDuration: 1.5h, cron: '0 2 * * *'")),
                refuses(
                        "C24c",
                        WINDOWS,
                        window("windowDuration: 0h0m, cron: '0 2 * * *'"),
                        "windowDuration must be greater than 0"),
                accepts("C24d", WINDOWS, window("windowDuration: 1h, cron: 'CRON_TZ=Asia/Tokyo 0 2 * * 1-5'")),
                accepts("C24d", WINDOWS, window("windowDuration: 1h, cron: '@every 2h'")),
                refuses("C24d", WINDOWS, window("windowDuration: 1h, cron: '0 2 * *'"), CRON),
                refuses("C24d", WINDOWS, window("windowDuration: 1h, cron: '@sometimes'"), CRON));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aRuleRefusesWhatItIsForAndNothingElse(RuleCase rule) {
        var refusal = certificates.refusalToCreate(rule.applied(Api.yaml(VALID)));
        if (rule.message() == null) {
            assertThat(refusal).isEmpty();
        } else {
            assertThat(refusal.orElseThrow()).contains(rule.message()).contains(rule.field());
        }
    }

    @Test
    void everyRuleOfTheFileHasAnAcceptedAndARefusedCase() {
        assertThat(RuleCase.refusedIn(cases())).isEqualTo(RuleCase.inFile("cert-manager.io_certificates.yaml"));
        assertThat(RuleCase.oneSided(cases())).isEmpty();
    }

    /// What the schema says without CEL: C01, C02, C18, C19 and the bounds of values.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            C01 | {secretName: null}              | spec.secretName: Required value
            C01 | {secretName: ''}                | spec.secretName: Invalid value
            C01 | {secretName: Upper}             | spec.secretName: Invalid value
            C01 | {secretName: a..b}              | spec.secretName: Invalid value
            C02 | {issuerRef: null}               | spec.issuerRef: Required value
            C02 | {issuerRef: {name: null}}       | spec.issuerRef.name: Required value
            C02 | {issuerRef: {name: ''}}         | spec.issuerRef.name: Invalid value
            C13 | {duration: 90d}                 | spec: Invalid value
            C18 | {usages: [digitalSignature]}    | spec.usages[0]: Unsupported value
            C19 | {revisionHistoryLimit: 0}       | spec.revisionHistoryLimit: Invalid value
            C24 | {renewal: {policy: Sometimes}}  | spec.renewal.policy: Unsupported value
                | {renewBeforePercentage: 2147483648} | of type integer with format int32 in spec.renewBeforePercentage
                | {privateKey: {rotationPolicy: ''}}  | spec.privateKey.rotationPolicy: Unsupported value
            """)
    void theSchemaRefusesValuesThatAreNone(String rule, String change, String message) {
        var refusal =
                certificates.refusalToCreate(RuleCase.accepts(rule, "", change).applied(Api.yaml(VALID)));
        assertThat(refusal.orElseThrow()).contains(message);
    }

    @Test
    void aCertificateWithoutSpecIsRefused() {
        var object = Api.yaml(VALID);
        object.remove("spec");
        assertThat(certificates.refusalToCreate(object).orElseThrow()).contains("spec: Required value");
    }

    private static final String KIND =
            "kind must be one of Issuer or ClusterIssuer (did you forget to set spec.issuerRef.group?)";
    private static final String SUBJECT = "subject properties may not be set together with literalSubject";
    private static final String NO_NAME =
            "at least one of commonName (directly or inside literalSubject), dnsNames, uris,"
                    + " emailAddresses, ipAddresses or otherNames is required";
    private static final String EMAIL = "invalid email address: give only the bare address";
    private static final String OID = "oid must be a dotted-decimal object identifier";
    private static final String UTF8 = "utf8Value must be a non-empty UTF-8 string";
    private static final String RSA_SIZE = "size must be between 2048 and 8192 for RSA keys";
    private static final String SIGNATURE = "signatureAlgorithm does not fit privateKey.algorithm (default RSA)";
    private static final String RENEW_BEFORE = "duration (default 2160h0m0s) must be greater than renewBefore";
    private static final String PERCENTAGE =
            "renewBeforePercentage must give a renewBefore of at least 5m0s that is less than duration";
    private static final String ANNOTATIONS = "spec.secretTemplate.annotations";
    private static final String LABELS = "spec.secretTemplate.labels";
    private static final String LABEL = "labels must have qualified-name keys and valid label values";
    private static final String IS_CA = "isCA must be true when nameConstraints is set";
    private static final String CIDR = "invalid CIDR address";
    private static final String FORMATS = "additionalOutputFormats types must be unique";
    private static final String WINDOWS = "spec.renewal.windows[]";
    private static final String CRON = "cron must have five fields: minute hour day-of-month month day-of-week";

    private static String keystore(String kind, String members) {
        return "{keystores: {" + kind + ": {create: false, " + members + "}}}";
    }

    private static String window(String members) {
        return "{renewal: {policy: RenewBefore, windows: [{" + members + "}]}}";
    }

    private static String both(String kind) {
        return "password and passwordSecretRef cannot both be set for " + kind + " keystores";
    }

    private static String neither(String kind) {
        return "one of password and passwordSecretRef is required for " + kind + " keystores";
    }

    private static String empty(String kind) {
        return "literal password cannot be empty for " + kind + " keystores";
    }
}
