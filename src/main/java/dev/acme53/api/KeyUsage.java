package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Key usages and extended key usages by the names users write (api.md §2.3).
public enum KeyUsage {
    SIGNING("signing"),
    DIGITAL_SIGNATURE("digital signature"),
    CONTENT_COMMITMENT("content commitment"),
    KEY_ENCIPHERMENT("key encipherment"),
    KEY_AGREEMENT("key agreement"),
    DATA_ENCIPHERMENT("data encipherment"),
    CERT_SIGN("cert sign"),
    CRL_SIGN("crl sign"),
    ENCIPHER_ONLY("encipher only"),
    DECIPHER_ONLY("decipher only"),
    ANY("any"),
    SERVER_AUTH("server auth"),
    CLIENT_AUTH("client auth"),
    CODE_SIGNING("code signing"),
    EMAIL_PROTECTION("email protection"),
    S_MIME("s/mime"),
    IPSEC_END_SYSTEM("ipsec end system"),
    IPSEC_TUNNEL("ipsec tunnel"),
    IPSEC_USER("ipsec user"),
    TIMESTAMPING("timestamping"),
    OCSP_SIGNING("ocsp signing"),
    MICROSOFT_SGC("microsoft sgc"),
    NETSCAPE_SGC("netscape sgc");

    private final String text;

    KeyUsage(String text) {
        this.text = text;
    }

    /// As the API writes it.
    @JsonValue
    public String text() {
        return text;
    }

    /// A value we do not know reads as absent.
    @JsonCreator
    static @Nullable KeyUsage of(String text) {
        return Arrays.stream(values())
                .filter(v -> v.text.equals(text))
                .findFirst()
                .orElse(null);
    }
}
