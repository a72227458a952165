package dev.acme53.acme;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.shredzone.acme4j.exception.AcmeServerException;
import org.shredzone.acme4j.toolbox.JSON;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one place where acme4j's exceptions end and become [AcmeFailure]s.
final class AcmeFailures {
    private static final Logger LOG = LoggerFactory.getLogger(AcmeFailures.class);

    private AcmeFailures() {}

    /// What `thrown` means for who asked.
    ///
    /// @param status HTTP status of the last answer, 999 when there was none
    /// @param retryAfter of the last answer
    /// @param ca the directory, which names the CA in messages
    static AcmeFailure of(Exception thrown, int status, Optional<Instant> retryAfter, URI ca) {
        return switch (thrown) {
            case AcmeLazyLoadingException lazy ->
                of((Exception) Objects.requireNonNull(lazy.getCause()), status, retryAfter, ca);
            case AcmeNetworkException network -> network(network.getCause(), retryAfter, ca);
            case AcmeServerException refused -> problem(refused.getProblem().asJSON(), status, retryAfter);
            case NotSentException notSent -> new AcmeFailure.NotSent(notSent.reason());
            case AcmeProtocolException _, IllegalArgumentException _ ->
                new AcmeFailure.Transient(name(ca) + " does not answer as an ACME server", retryAfter);
            case AcmeException _ -> byStatus(status, "", "HTTP " + status + " from " + name(ca), retryAfter);
            case RuntimeException fault -> throw fault;
            case Exception other -> throw new IllegalStateException(other);
        };
    }

    /// A problem document that came with `status`.
    static AcmeFailure problem(JSON problem, int status, Optional<Instant> retryAfter) {
        var type = ProblemText.type(problem);
        var message = ProblemText.of(problem);
        return switch (type) {
            case "rateLimited" -> new AcmeFailure.RateLimited(message, retryAfter);
            case "badNonce", "serverInternal" -> new AcmeFailure.Transient(message, retryAfter);
            case "userActionRequired" ->
                instance(problem)
                        .<AcmeFailure>map(url -> new AcmeFailure.ActionRequired(message, url))
                        .orElseGet(() -> byStatus(status, type, message, retryAfter));
            default -> byStatus(status, type, message, retryAfter);
        };
    }

    private static AcmeFailure byStatus(int status, String type, String message, Optional<Instant> retryAfter) {
        if (status == 429) {
            return new AcmeFailure.RateLimited(message, retryAfter);
        }
        return status >= 400 && status < 500 && status != 408
                ? new AcmeFailure.Problem(status, type, message)
                : new AcmeFailure.Transient(message, retryAfter);
    }

    private static Optional<URI> instance(JSON problem) {
        try {
            return problem.get("instance").optional().map(JSON.Value::asURI).filter(URI::isAbsolute);
        } catch (AcmeProtocolException _) {
            return Optional.empty();
        }
    }

    private static AcmeFailure network(@Nullable Throwable cause, Optional<Instant> retryAfter, URI ca) {
        if (cause instanceof CaConnection.ForeignUrl foreign) {
            return new AcmeFailure.NotSent(
                    foreign.getMessage() + " is not a host of the CA at " + name(ca) + ", so it is not asked");
        }
        if (cause instanceof CaHttp.Unasked unasked) {
            return new AcmeFailure.NotSent(unasked.getMessage() + ", where the CA at " + name(ca)
                    + " leads, is a link-local or metadata address, so it is not asked");
        }
        // The message leaves out what changes; who looks for a cause finds it here
        LOG.atDebug().setCause(cause).addKeyValue("directory", ca).log("request failed");
        return new AcmeFailure.Transient(name(ca) + ": " + trouble(cause), retryAfter);
    }

    /// By kind alone: the JDK's own texts have ports, addresses and times in them.
    private static String trouble(@Nullable Throwable cause) {
        for (var next = cause; next != null; next = next.getCause()) {
            switch (next) {
                case UnknownHostException _, UnresolvedAddressException _ -> {
                    return "the host name cannot be resolved";
                }
                case CertificateExpiredException _ -> {
                    return "its TLS certificate has expired";
                }
                case CertificateNotYetValidException _ -> {
                    return "its TLS certificate is not valid yet";
                }
                case CertPathValidatorException path
                when !(path.getCause() instanceof CertificateException) -> {
                    return UNTRUSTED;
                }
                case CertPathBuilderException _ -> {
                    return UNTRUSTED;
                }
                case CertificateException tls
                when tls.getCause() == null -> {
                    return "its TLS certificate is not for this host name";
                }
                default -> {}
            }
        }
        return switch (cause) {
            case HttpTimeoutException _ -> "no answer in time";
            case SSLException _ -> "the TLS connection fails";
            case ConnectException _ -> "the connection is refused";
            case IOException _ -> "the connection broke";
            case null, default -> "the request failed";
        };
    }

    private static final String UNTRUSTED = "its TLS certificate is signed by nobody that is trusted (see caBundle)";

    /// As the issuer's author wrote it.
    private static String name(URI ca) {
        return ca.toString();
    }
}
