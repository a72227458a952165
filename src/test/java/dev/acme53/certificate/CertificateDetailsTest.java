package dev.acme53.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.x509.Leaf;
import dev.acme53.x509.Subject;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateDetailsTest {
    @Test
    void fourAnnotationsAreThereAlways() {
        assertThat(CertificateDetails.of(leaf(Subject.EMPTY, List.of())))
                .isEqualTo(Map.of(
                        "cert-manager.io/common-name", "",
                        "cert-manager.io/alt-names", "",
                        "cert-manager.io/ip-sans", "",
                        "cert-manager.io/uri-sans", ""));
    }

    @Test
    void theOthersAreThereWhenTheCertificateHasThem() {
        var subject = new Subject(
                "cn",
                "7",
                List.of("DE"),
                List.of("Org, Inc.", "B"),
                List.of("U"),
                List.of("L"),
                List.of("P"),
                List.of("S 1"),
                List.of("1"));
        var details = CertificateDetails.of(leaf(subject, List.of("a@b.c", "d@e.f")));
        assertThat(details)
                .containsEntry("cert-manager.io/common-name", "cn")
                .containsEntry("cert-manager.io/email-sans", "a@b.c,d@e.f")
                .containsEntry("cert-manager.io/subject-organizations", "\"Org, Inc.\",B")
                .containsEntry("cert-manager.io/subject-organizationalunits", "U")
                .containsEntry("cert-manager.io/subject-countries", "DE")
                .containsEntry("cert-manager.io/subject-provinces", "P")
                .containsEntry("cert-manager.io/subject-localities", "L")
                .containsEntry("cert-manager.io/subject-postalcodes", "1")
                .containsEntry("cert-manager.io/subject-streetaddresses", "S 1")
                .containsEntry("cert-manager.io/subject-serialnumber", "7");
        assertThat(CertificateDetails.NAMES).containsAll(details.keySet());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "a;b     | a,b",
                "a,b;c   | \"a,b\",c",
                "a\"b    | \"a\"\"b\"",
                "` a`    | \" a\"",
                "\\.     | \"\\.\"",
                "a b     | a b"
            })
    void listsAreOneRecordOfCsv(String fields, String record) {
        assertThat(CertificateDetails.csv(List.of(fields.split(";")))).isEqualTo(record);
    }

    private static Leaf leaf(Subject subject, List<String> emails) {
        return new Leaf(
                subject,
                Subject.EMPTY,
                List.of(),
                emails,
                List.of(),
                List.of(),
                Instant.EPOCH,
                Instant.EPOCH,
                APicture.KEY.getPublic(),
                BigInteger.ONE,
                null);
    }
}
