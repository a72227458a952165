package dev.acme53.x509;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/// Distinguished names between the API's fields, RFC 4514 text and DER.
///
/// The DER must be octet for octet what the peer makes of the same fields, since a request is compared with
/// `literalSubject` by its DER: values are PrintableString where their characters allow it, else UTF8String, whatever
/// the attribute; all values of one field share one RDN.
final class DistinguishedNames {
    private static final Map<String, ASN1ObjectIdentifier> ATTRIBUTES = Map.ofEntries(
            Map.entry("C", BCStyle.C),
            Map.entry("O", BCStyle.O),
            Map.entry("OU", BCStyle.OU),
            Map.entry("CN", BCStyle.CN),
            Map.entry("SERIALNUMBER", BCStyle.SERIALNUMBER),
            Map.entry("L", BCStyle.L),
            Map.entry("ST", BCStyle.ST),
            Map.entry("STREET", BCStyle.STREET),
            Map.entry("DC", BCStyle.DC),
            Map.entry("UID", BCStyle.UID));

    private static final String PRINTABLE =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 '()+,-./:=?";

    private DistinguishedNames() {}

    static X500Name of(Subject subject) {
        var rdns = new ArrayList<RDN>();
        add(rdns, BCStyle.C, subject.countries());
        add(rdns, BCStyle.O, subject.organizations());
        add(rdns, BCStyle.OU, subject.organizationalUnits());
        add(rdns, BCStyle.L, subject.localities());
        add(rdns, BCStyle.ST, subject.provinces());
        add(rdns, BCStyle.STREET, subject.streetAddresses());
        add(rdns, BCStyle.POSTAL_CODE, subject.postalCodes());
        add(rdns, BCStyle.CN, subject.commonName().isEmpty() ? List.of() : List.of(subject.commonName()));
        add(rdns, BCStyle.SERIALNUMBER, subject.serialNumber().isEmpty() ? List.of() : List.of(subject.serialNumber()));
        return new X500Name(rdns.toArray(RDN[]::new));
    }

    /// Reads RFC 4514 text; its last RDN comes first in DER. Attribute types are the ten short names in upper case
    /// or dotted OIDs.
    static X500Name ofLiteral(String text) throws Unusable {
        var rdns = new ArrayList<RDN>();
        try {
            // LdapName counts from the right, as DER does
            for (var rdn : new LdapName(text).getRdns()) {
                rdns.add(new RDN(attributes(rdn).toArray(AttributeTypeAndValue[]::new)));
            }
        } catch (InvalidNameException | IllegalArgumentException _) {
            throw new Unusable("literalSubject is not a distinguished name (RFC 4514)");
        } catch (NamingException e) {
            throw new IllegalStateException("attributes held in memory", e);
        }
        return new X500Name(rdns.toArray(RDN[]::new));
    }

    static Subject parts(X500Name name) {
        return new Subject(
                last(values(name, BCStyle.CN)),
                last(values(name, BCStyle.SERIALNUMBER)),
                values(name, BCStyle.C),
                values(name, BCStyle.O),
                values(name, BCStyle.OU),
                values(name, BCStyle.L),
                values(name, BCStyle.ST),
                values(name, BCStyle.STREET),
                values(name, BCStyle.POSTAL_CODE));
    }

    private static void add(List<RDN> rdns, ASN1ObjectIdentifier type, List<String> values) {
        if (!values.isEmpty()) {
            rdns.add(new RDN(values.stream()
                    .map(v -> new AttributeTypeAndValue(type, string(v)))
                    .toArray(AttributeTypeAndValue[]::new)));
        }
    }

    private static List<AttributeTypeAndValue> attributes(Rdn rdn) throws NamingException, Unusable {
        var attributes = new ArrayList<AttributeTypeAndValue>();
        for (var attribute : Collections.list(rdn.toAttributes().getAll())) {
            var type = type(attribute.getID());
            for (var value : Collections.list(attribute.getAll())) {
                attributes.add(new AttributeTypeAndValue(type, value(type, value)));
            }
        }
        return attributes;
    }

    private static ASN1ObjectIdentifier type(String name) throws Unusable {
        var known = ATTRIBUTES.get(name);
        if (known != null) {
            return known;
        }
        var oid = ASN1ObjectIdentifier.tryFromID(name);
        if (oid == null) {
            throw new Unusable("literalSubject has an attribute type that is neither one of C, O, OU, CN,"
                    + " SERIALNUMBER, L, ST, STREET, DC, UID nor a dotted OID");
        }
        return oid;
    }

    /// A value written as `#` and hexadecimal digits is the DER of a string.
    private static ASN1Encodable value(ASN1ObjectIdentifier type, Object value) throws Unusable {
        if (value instanceof String text) {
            return string(text);
        }
        try {
            if (value instanceof byte[] der && ASN1Primitive.fromByteArray(der) instanceof ASN1String string) {
                return string(string.getString());
            }
        } catch (IOException | RuntimeException _) {
            throw new Unusable("literalSubject has a hexadecimal value that is not DER");
        }
        throw new Unusable("literalSubject has a value that is not a string"
                + (type.equals(BCStyle.CN) ? " as its common name" : ""));
    }

    private static ASN1Encodable string(String text) {
        return text.chars().allMatch(DistinguishedNames::isPrintable)
                ? new DERPrintableString(text)
                : new DERUTF8String(text);
    }

    /// X.680 §41.4.
    private static boolean isPrintable(int c) {
        return PRINTABLE.indexOf(c) >= 0;
    }

    private static List<String> values(X500Name name, ASN1ObjectIdentifier type) {
        var values = new ArrayList<String>();
        for (var rdn : name.getRDNs()) {
            for (var attribute : rdn.getTypesAndValues()) {
                if (attribute.getType().equals(type) && attribute.getValue() instanceof ASN1String string) {
                    values.add(string.getString());
                }
            }
        }
        return List.copyOf(values);
    }

    private static String last(List<String> values) {
        return values.isEmpty() ? "" : values.getLast();
    }
}
