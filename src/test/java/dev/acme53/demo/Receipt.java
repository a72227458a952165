package dev.acme53.demo;

import dev.acme53.rig.Rig;
import dev.acme53.sim.HistoryEntry;
import dev.acme53.sim.Operation;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.PrintStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/// What is left when all is done: the chains that were issued, verified against the CA's root, and the TXT records
/// that came and went.
record Receipt(Rig rig, PrintStream out) {
    /// Prints one Secret's chain; a chain that does not verify ends the demo.
    void printChain(Secret secret) throws GeneralSecurityException {
        var chain = chain(secret);
        var root = verified(chain);
        out.printf("%n  Secret %s%n", secret.getMetadata().getName());
        for (var certificate : chain) {
            out.printf("    %s%n", named(certificate));
            out.printf(
                    "      signed by %s, until %s%n",
                    certificate.getIssuerX500Principal().getName(),
                    certificate.getNotAfter().toInstant());
        }
        out.printf(
                "    verified up to the root %s%n",
                root.getSubjectX500Principal().getName());
    }

    /// The names it is for, or whose it is.
    private static String named(X509Certificate certificate) throws GeneralSecurityException {
        var names = certificate.getSubjectAlternativeNames();
        return names == null
                ? certificate.getSubjectX500Principal().getName()
                : names.stream().map(n -> n.get(1).toString()).collect(Collectors.joining(", "));
    }

    /// Prints what happened in Route 53, and says whether every record written is gone again.
    boolean printRecords() {
        out.printf("%n  TXT records in Route 53%n");
        rig.route53().history().stream()
                .filter(h -> h.recordSet().type().equals("TXT"))
                .forEach(this::printRecord);
        var left = rig.route53().txtRecords();
        out.printf(
                "    left: %d%n%n  Route 53 calls: %d ListHostedZonesByName, %d ChangeResourceRecordSets, %d GetChange%n",
                left.size(),
                rig.route53().count(Operation.LIST_HOSTED_ZONES_BY_NAME),
                rig.route53().count(Operation.CHANGE_RESOURCE_RECORD_SETS),
                rig.route53().count(Operation.GET_CHANGE));
        return left.isEmpty();
    }

    private void printRecord(HistoryEntry entry) {
        out.printf(
                "    %-7s %s %s%n",
                entry.action(),
                entry.recordSet().name(),
                entry.recordSet().values().getFirst());
    }

    private static List<X509Certificate> chain(Secret secret) throws GeneralSecurityException {
        var pem = Base64.getDecoder().decode(secret.getData().get("tls.crt"));
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    private X509Certificate verified(List<X509Certificate> chain) throws GeneralSecurityException {
        var anchors = rig.ca().issuanceRoots().stream()
                .map(root -> new TrustAnchor(root, null))
                .collect(Collectors.toSet());
        var parameters = new PKIXParameters(anchors);
        parameters.setRevocationEnabled(false);
        var path = CertificateFactory.getInstance("X.509").generateCertPath(chain);
        var result = (java.security.cert.PKIXCertPathValidatorResult)
                CertPathValidator.getInstance("PKIX").validate(path, parameters);
        return result.getTrustAnchor().getTrustedCert();
    }
}
