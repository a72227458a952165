package dev.acme53.operator.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.servers.PrivateCa;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

class TrustTest {
    private static final X509Certificate COMPANY = new PrivateCa("Company").root();

    private static TrustManager[] jvm() throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return factory.getTrustManagers();
    }

    private static List<X509Certificate> roots(TrustManager[] managers) {
        return Arrays.asList(((X509TrustManager) managers[0]).getAcceptedIssuers());
    }

    @Test
    void furtherRootsAreAddedAndNoneIsLost() throws Exception {
        assertThat(roots(new Trust(List.of(COMPANY)).added(jvm())))
                .hasSizeGreaterThan(1)
                .contains(COMPANY)
                .containsAll(roots(jvm()));
    }

    @Test
    void withoutFurtherRootsNothingChanges() throws Exception {
        var jvm = jvm();
        assertThat(new Trust(List.of()).added(jvm)).isSameAs(jvm);
    }
}
