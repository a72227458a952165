package dev.acme53.x509;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/// Key usages and extended key usages, in the API's words (api.md §2.3) and in X.509.
///
/// @param bits of `KeyUsage`, RFC 5280 §4.2.1.3
/// @param purposes of `ExtKeyUsageSyntax`, in their order
record KeyUsages(int bits, List<ASN1ObjectIdentifier> purposes) {
    static final KeyUsages NONE = new KeyUsages(0, List.of());

    /// The first word for a bit is the one it is read back as.
    private static final Map<String, Integer> BITS = new LinkedHashMap<>();

    private static final Map<String, ASN1ObjectIdentifier> PURPOSES = new LinkedHashMap<>();

    static {
        BITS.put("digital signature", KeyUsage.digitalSignature);
        BITS.put("signing", KeyUsage.digitalSignature);
        BITS.put("content commitment", KeyUsage.nonRepudiation);
        BITS.put("key encipherment", KeyUsage.keyEncipherment);
        BITS.put("data encipherment", KeyUsage.dataEncipherment);
        BITS.put("key agreement", KeyUsage.keyAgreement);
        BITS.put("cert sign", KeyUsage.keyCertSign);
        BITS.put("crl sign", KeyUsage.cRLSign);
        BITS.put("encipher only", KeyUsage.encipherOnly);
        BITS.put("decipher only", KeyUsage.decipherOnly);
        PURPOSES.put("any", oid(KeyPurposeId.anyExtendedKeyUsage));
        PURPOSES.put("server auth", oid(KeyPurposeId.id_kp_serverAuth));
        PURPOSES.put("client auth", oid(KeyPurposeId.id_kp_clientAuth));
        PURPOSES.put("code signing", oid(KeyPurposeId.id_kp_codeSigning));
        PURPOSES.put("email protection", oid(KeyPurposeId.id_kp_emailProtection));
        PURPOSES.put("s/mime", oid(KeyPurposeId.id_kp_emailProtection));
        PURPOSES.put("ipsec end system", oid(KeyPurposeId.id_kp_ipsecEndSystem));
        PURPOSES.put("ipsec tunnel", oid(KeyPurposeId.id_kp_ipsecTunnel));
        PURPOSES.put("ipsec user", oid(KeyPurposeId.id_kp_ipsecUser));
        PURPOSES.put("timestamping", oid(KeyPurposeId.id_kp_timeStamping));
        PURPOSES.put("ocsp signing", oid(KeyPurposeId.id_kp_OCSPSigning));
        PURPOSES.put("microsoft sgc", new ASN1ObjectIdentifier("1.3.6.1.4.1.311.10.3.3"));
        PURPOSES.put("netscape sgc", new ASN1ObjectIdentifier("2.16.840.1.113730.4.1"));
    }

    KeyUsages {
        purposes = List.copyOf(purposes);
    }

    /// What a list of words asks for: nothing said means `digital signature` and `key encipherment`, and a CA also
    /// signs certificates.
    static KeyUsages of(List<String> words, boolean isCa) throws Unusable {
        var bits = isCa ? KeyUsage.keyCertSign : 0;
        var purposes = new ArrayList<ASN1ObjectIdentifier>();
        for (var word : words.isEmpty() ? List.of("digital signature", "key encipherment") : words) {
            var bit = BITS.get(word);
            var purpose = PURPOSES.get(word);
            if (bit != null) {
                bits |= bit;
            } else if (purpose != null) {
                purposes.add(purpose);
            } else {
                throw new Unusable("unknown key usage");
            }
        }
        return new KeyUsages(bits, purposes);
    }

    /// The API's words for what is set; an extended usage without a word is its dotted OID.
    List<String> words() {
        var words = new ArrayList<String>();
        var named = 0;
        for (var entry : BITS.entrySet()) {
            if ((bits & entry.getValue()) != 0 && (named & entry.getValue()) == 0) {
                named |= entry.getValue();
                words.add(entry.getKey());
            }
        }
        for (var purpose : purposes) {
            words.add(PURPOSES.entrySet().stream()
                    .filter(e -> e.getValue().equals(purpose))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseGet(purpose::getId));
        }
        return List.copyOf(words);
    }

    KeyUsage keyUsage() {
        return new KeyUsage(bits);
    }

    ExtendedKeyUsage extendedKeyUsage() {
        return new ExtendedKeyUsage(
                purposes.stream().map(KeyPurposeId::getInstance).toArray(KeyPurposeId[]::new));
    }

    private static ASN1ObjectIdentifier oid(KeyPurposeId purpose) {
        return purpose.toOID();
    }
}
