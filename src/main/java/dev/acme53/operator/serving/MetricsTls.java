package dev.acme53.operator.serving;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import dev.acme53.operator.flags.BadFlag;
import dev.acme53.operator.flags.Settings;
import dev.acme53.x509.PemLimits;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/// TLS of the metrics endpoint, from files.
public final class MetricsTls {
    private MetricsTls() {}

    /// The set-up for the server.
    /// @throws BadFlag naming the flag whose file or cipher suite cannot be used
    public static HttpsConfigurator of(Settings.Tls settings, PemLimits limits) {
        try {
            var identity = new FileIdentity(Path.of(settings.certificateFile()), Path.of(settings.keyFile()), limits);
            var context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {identity}, null, null);
            var supported = List.of(context.getSupportedSSLParameters().getCipherSuites());
            for (var cipher : settings.ciphers()) {
                if (!supported.contains(cipher)) {
                    throw new BadFlag("--metrics-tls-cipher-suites", cipher, "not a cipher suite that the JDK has");
                }
            }
            return configurator(context, settings);
        } catch (FileIdentity.Unusable e) {
            throw e.isKey()
                    ? new BadFlag("--metrics-tls-private-key-file", settings.keyFile(), String.valueOf(e.getMessage()))
                    : new BadFlag(
                            "--metrics-tls-cert-file", settings.certificateFile(), String.valueOf(e.getMessage()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpsConfigurator configurator(SSLContext context, Settings.Tls settings) {
        var protocols = settings.minimum().equals("TLSv1.3") ? List.of("TLSv1.3") : List.of("TLSv1.3", "TLSv1.2");
        return new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters connection) {
                var parameters = context.getDefaultSSLParameters();
                parameters.setProtocols(protocols.toArray(String[]::new));
                if (!settings.ciphers().isEmpty()) {
                    // as in Go, the list is for TLS 1.2 only: the suites of 1.3 cannot be chosen
                    var offered = Arrays.stream(parameters.getCipherSuites())
                            .filter(suite -> settings.ciphers().contains(suite) || !suite.contains("_WITH_"));
                    parameters.setCipherSuites(offered.toArray(String[]::new));
                }
                connection.setSSLParameters(parameters);
            }
        };
    }
}
