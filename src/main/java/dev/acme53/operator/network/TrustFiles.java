package dev.acme53.operator.network;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The certificates that variables of the environment name for trust, PEM.
final class TrustFiles {
    private static final Pattern CERTIFICATE = Pattern.compile("-----BEGIN CERTIFICATE-----([^-]*)-----END");

    private final Map<String, String> environment;

    TrustFiles(Map<String, String> environment) {
        this.environment = environment;
    }

    /// Those of the file that `variable` names; none when it is unset or empty.
    ///
    /// @throws BadVariable when the file cannot be read, or holds no certificate
    List<X509Certificate> ofFile(String variable) {
        var path = environment.getOrDefault(variable, "");
        if (path.isBlank()) {
            return List.of();
        }
        var found = certificates(variable, path, Path.of(path));
        if (found.isEmpty()) {
            throw new BadVariable(variable, path + " holds no certificate (PEM)");
        }
        return found;
    }

    /// Those of all files in the directories that `variable` lists, separated by colons. A file without certificates
    /// is passed over, a directory without is not.
    ///
    /// @throws BadVariable when something cannot be read, or a directory holds no certificate
    List<X509Certificate> ofDirectories(String variable) {
        return Arrays.stream(environment.getOrDefault(variable, "").split(":"))
                .filter(path -> !path.isBlank())
                .flatMap(path -> ofDirectory(variable, path).stream())
                .toList();
    }

    private static List<X509Certificate> ofDirectory(String variable, String path) {
        var found = new ArrayList<X509Certificate>();
        try (var files = Files.newDirectoryStream(Path.of(path), Files::isRegularFile)) {
            for (var file : files) {
                found.addAll(certificates(variable, file.toString(), file));
            }
        } catch (IOException e) {
            throw new BadVariable(variable, path + " cannot be read: " + reason(e));
        }
        if (found.isEmpty()) {
            throw new BadVariable(variable, path + " holds no file with a certificate (PEM)");
        }
        return found;
    }

    private static List<X509Certificate> certificates(String variable, String named, Path file) {
        try {
            // one octet is one character, so that other encodings beside the PEM do no harm
            return CERTIFICATE
                    .matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .results()
                    .flatMap(block -> certificate(block.group(1)).stream())
                    .toList();
        } catch (IOException e) {
            throw new BadVariable(variable, named + " cannot be read: " + reason(e));
        }
    }

    private static Optional<X509Certificate> certificate(String base64) {
        try {
            var der = Base64.getMimeDecoder().decode(base64);
            return Optional.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)));
        } catch (CertificateException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "no such file or directory";
            case NotDirectoryException _ -> "not a directory";
            case AccessDeniedException _ -> "permission denied";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
