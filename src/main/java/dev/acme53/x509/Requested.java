package dev.acme53.x509;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;

/// Subject and extensions that a [CsrTemplate] asks for, the same for a request and for a certificate made from it.
final class Requested {
    private Requested() {}

    static X500Name subject(CsrTemplate template) throws Unusable {
        var literal = template.literalSubject();
        return literal == null || literal.isEmpty()
                ? DistinguishedNames.of(template.subject())
                : DistinguishedNames.ofLiteral(literal);
    }

    static AlternativeNames alternativeNames(CsrTemplate template) {
        return new AlternativeNames(
                template.dnsNames(),
                template.emailAddresses(),
                template.ipAddresses(),
                template.uris(),
                template.otherNames());
    }

    static List<Extension> extensions(CsrTemplate template, X500Name subject) throws Unusable {
        var extensions = new ArrayList<Extension>();
        var names = alternativeNames(template);
        if (!names.isEmpty()) {
            extensions.add(extension(Extension.subjectAlternativeName, subject.getRDNs().length == 0, names.write()));
        }
        var usages = KeyUsages.of(template.usages(), template.isCa());
        if (template.encodeUsages()) {
            extensions.add(extension(Extension.keyUsage, true, usages.keyUsage()));
            if (!usages.purposes().isEmpty()) {
                extensions.add(extension(Extension.extendedKeyUsage, false, usages.extendedKeyUsage()));
            }
        }
        var constraints = template.nameConstraints();
        if (constraints != null) {
            extensions.add(extension(
                    Extension.nameConstraints,
                    constraints.critical(),
                    new NameConstraints(subtrees(constraints.permitted()), subtrees(constraints.excluded()))));
        }
        return extensions;
    }

    static Extension extension(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
        try {
            return new Extension(id, critical, value.toASN1Primitive().getEncoded("DER"));
        } catch (IOException e) {
            throw new IllegalStateException("an extension of ours cannot be encoded", e);
        }
    }

    private static GeneralSubtree[] subtrees(dev.acme53.x509.NameConstraints.Subtrees names) throws Unusable {
        var subtrees = new ArrayList<GeneralSubtree>();
        for (var dns : names.dnsDomains()) {
            subtrees.add(subtree(GeneralName.dNSName, AlternativeNames.ascii("DNS name constraint", dns)));
        }
        for (var range : names.ipRanges()) {
            subtrees.add(subtree(GeneralName.iPAddress, IpRanges.octets(range)));
        }
        for (var email : names.emailAddresses()) {
            subtrees.add(subtree(GeneralName.rfc822Name, AlternativeNames.ascii("email constraint", email)));
        }
        for (var uri : names.uriDomains()) {
            subtrees.add(
                    subtree(GeneralName.uniformResourceIdentifier, AlternativeNames.ascii("URI name constraint", uri)));
        }
        return subtrees.toArray(GeneralSubtree[]::new);
    }

    private static GeneralSubtree subtree(int kind, ASN1Encodable value) {
        return new GeneralSubtree(new GeneralName(kind, value));
    }
}
