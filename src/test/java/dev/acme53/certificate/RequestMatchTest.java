package dev.acme53.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.fixture.CertificateSpecs;
import dev.acme53.x509.DecodedCsr;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// behaviour.md §1.2.3: what was requested, what is wanted now, which paths differ.
class RequestMatchTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                 |                                     | ",
                "ipAddresses: [192.0.2.1]         | ipAddresses: [192.0.2.2]            | spec.ipAddresses",
                "ipAddresses: ['2001:db8::1']     | ipAddresses: ['2001:DB8:0:0:0:0:0:1'] | ",
                "ipAddresses: ['::ffff:192.0.2.1'] | ipAddresses: [192.0.2.1]           | ",
                "uris: ['spiffe://a']             | uris: ['spiffe://b']                | spec.uris",
                "emailAddresses: [a@b.c]          | emailAddresses: []                  | spec.emailAddresses",
                "dnsNames: [a.b, c.d]             | dnsNames: [c.d, a.b]                | ",
                "dnsNames: [a.b, a.b]             | dnsNames: [a.b]                     | spec.dnsNames",
                "dnsNames: [a.b]                  | dnsNames: [A.b]                     | spec.dnsNames",
                "otherNames: [{oid: 1.2.3, utf8Value: a}] | otherNames: [{oid: 1.2.3, utf8Value: b}] | spec.otherNames",
                "otherNames: [{oid: 1.2.3, utf8Value: a}] | otherNames: []              | ",
                "literalSubject: 'CN=a,O=b'       | literalSubject: 'O=b,CN=a'          | spec.literalSubject",
                "literalSubject: 'CN=a,O=b'       | literalSubject: 'CN=a, O=b'         | ",
                "literalSubject: 'CN=a,O=b'       | literalSubject: 'nonsense'          | spec.literalSubject",
                "literalSubject: 'CN=a'           | commonName: a                       | ",
                "commonName: a.b                  | commonName: c.d                     | spec.commonName",
                "subject: {serialNumber: '1'}     | subject: {serialNumber: '2'}        | spec.subject.serialNumber",
                "subject: {organizations: [a, b]} | subject: {organizations: [b, a]}    | ",
                "subject: {organizations: [a]}    | subject: {organizations: [b]}       | spec.subject.organizations",
                "subject: {countries: [DE]}       | subject: {countries: [FR]}          | spec.subject.countries",
                "subject: {localities: [a]}       | subject: {}                         | spec.subject.localities",
                "subject: {organizationalUnits: [a]} | {}                               | spec.subject.organizationalUnits",
                "subject: {postalCodes: ['1']}    | subject: {postalCodes: ['2']}       | spec.subject.postCodes",
                "subject: {provinces: [a]}        | subject: {provinces: [b]}           | spec.subject.provinces",
                "subject: {streetAddresses: [a]}  | subject: {streetAddresses: [b]}     | spec.subject.streetAddresses",
                "isCA: true                       | isCA: false                         | spec.isCA",
                "usages: [server auth, client auth] | usages: [client auth, server auth] | ",
                "usages: []                       | usages: [digital signature, key encipherment] | spec.usages",
                "duration: 2160h                  | duration: 2160h0m0s                 | ",
                "duration: 2160h                  | duration: 24h                       | spec.duration",
                "duration: 2160h                  | {}                                  | ",
                "issuerRef: {name: a}             | issuerRef: {name: a, kind: Issuer, group: cert-manager.io} | ",
                "issuerRef: {name: a}             | issuerRef: {name: a, kind: ClusterIssuer} | spec.issuerRef",
                "issuerRef: {name: a}             | issuerRef: {name: b}                | spec.issuerRef",
                "privateKey: {algorithm: ECDSA}   | privateKey: {algorithm: RSA}        | ",
                "dnsNames: [a.b]                  | {dnsNames: [b.c], isCA: true}       | spec.dnsNames;spec.isCA"
            })
    void thePathsThatDiffer(String requested, String wanted, String paths) {
        var before = CertificateSpecs.of(requested == null ? "" : requested);
        var now = CertificateSpecs.of(wanted == null ? "" : wanted);
        var request = APicture.request(1, APicture.KEY, before);
        var csr = ((DecodedCsr.Decoded) request.csr()).csr();
        assertThat(RequestMatch.differences(now, request.object().getSpec(), csr))
                .isEqualTo(paths == null ? List.of() : List.of(paths.split(";")));
    }
}
