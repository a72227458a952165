package dev.acme53.x509;

import dev.acme53.x509.Pem.Malformed;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/// The subjectAltName extension, RFC 5280 §4.2.1.6, as lists of text. Kinds of names that the API does not know are
/// left out when read.
///
/// @param ipAddresses in their usual text
record AlternativeNames(
        List<String> dnsNames,
        List<String> emailAddresses,
        List<String> ipAddresses,
        List<String> uris,
        List<OtherName> otherNames) {
    static final AlternativeNames NONE = new AlternativeNames(List.of(), List.of(), List.of(), List.of(), List.of());

    AlternativeNames {
        dnsNames = List.copyOf(dnsNames);
        emailAddresses = List.copyOf(emailAddresses);
        ipAddresses = List.copyOf(ipAddresses);
        uris = List.copyOf(uris);
        otherNames = List.copyOf(otherNames);
    }

    boolean isEmpty() {
        return equals(NONE);
    }

    static AlternativeNames read(GeneralNames names) throws Malformed {
        var dns = new ArrayList<String>();
        var emails = new ArrayList<String>();
        var ips = new ArrayList<String>();
        var uris = new ArrayList<String>();
        var others = new ArrayList<OtherName>();
        for (var name : names.getNames()) {
            switch (name.getTagNo()) {
                case GeneralName.dNSName -> dns.add(ia5(name));
                case GeneralName.rfc822Name -> emails.add(ia5(name));
                case GeneralName.uniformResourceIdentifier -> uris.add(ia5(name));
                case GeneralName.iPAddress -> ips.add(ip(name));
                case GeneralName.otherName -> otherName(name, others);
                default -> {}
            }
        }
        return new AlternativeNames(dns, emails, ips, uris, others);
    }

    /// In the order DNS, email, IP, URI, otherName.
    GeneralNames write() throws Unusable {
        var names = new ArrayList<GeneralName>();
        for (var dns : dnsNames) {
            names.add(new GeneralName(GeneralName.dNSName, ascii("DNS name", dns)));
        }
        for (var email : emailAddresses) {
            names.add(new GeneralName(GeneralName.rfc822Name, ascii("email address", email)));
        }
        for (var ip : ipAddresses) {
            var octets = IpAddresses.parse(ip);
            if (octets.isEmpty()) {
                throw new Unusable("an IP address among ipAddresses is not valid");
            }
            names.add(new GeneralName(GeneralName.iPAddress, new DEROctetString(octets.get())));
        }
        for (var uri : uris) {
            names.add(new GeneralName(GeneralName.uniformResourceIdentifier, ascii("URI", uri)));
        }
        for (var other : otherNames) {
            names.add(otherName(other));
        }
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }

    static DERIA5String ascii(String what, String text) throws Unusable {
        if (!text.chars().allMatch(c -> c < 128)) {
            throw new Unusable(
                    "a " + what + " has characters outside ASCII (write an internationalised name as A-label)");
        }
        return new DERIA5String(text);
    }

    private static GeneralName otherName(OtherName other) throws Unusable {
        var oid = ASN1ObjectIdentifier.tryFromID(other.oid());
        if (oid == null || other.utf8Value().isEmpty()) {
            throw new Unusable("an entry of otherNames needs a dotted oid and a utf8Value");
        }
        var value = new ASN1EncodableVector();
        value.add(oid);
        value.add(new DERTaggedObject(true, 0, new DERUTF8String(other.utf8Value())));
        return new GeneralName(GeneralName.otherName, new DERSequence(value));
    }

    /// An otherName whose value is not a UTF8String is one the API cannot say, so it is left out.
    private static void otherName(GeneralName name, List<OtherName> into) {
        var sequence = ASN1Sequence.getInstance(name.getName());
        var oid = ASN1ObjectIdentifier.getInstance(sequence.getObjectAt(0));
        var value = ASN1TaggedObject.getInstance(sequence.getObjectAt(1), BERTags.CONTEXT_SPECIFIC, 0)
                .getExplicitBaseObject();
        if (value instanceof ASN1UTF8String text) {
            into.add(new OtherName(oid.getId(), text.getString()));
        }
    }

    private static String ia5(GeneralName name) throws Malformed {
        var text = ASN1IA5String.getInstance(name.getName()).getString();
        if (!text.chars().allMatch(c -> c < 128)) {
            throw new Malformed("a name in subjectAltName has characters outside ASCII");
        }
        return text;
    }

    private static String ip(GeneralName name) throws Malformed {
        var octets = ASN1OctetString.getInstance(name.getName()).getOctets();
        if (octets.length != 4 && octets.length != 16) {
            throw new Malformed("an IP address in subjectAltName has " + octets.length + " octets");
        }
        return IpAddresses.text(octets);
    }
}
