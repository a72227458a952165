package dev.acme53.acme;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.TreeSet;
import org.shredzone.acme4j.Certificate;
import org.shredzone.acme4j.Identifier;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.connector.Resource;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.shredzone.acme4j.toolbox.JSON;
import org.shredzone.acme4j.toolbox.JSONBuilder;
import org.shredzone.acme4j.toolbox.JoseUtils;

/// An account by acme4j. Its resources are asked by URL through acme4j's connection, which signs, keeps nonces
/// and reads problems; its lazily loading resource classes would hide requests in getters.
final class CaAccount implements AcmeAccount {
    /// More alternate chains than any CA has.
    private static final int ALTERNATES = 10;

    private final SessionPool sessions;

    CaAccount(SessionPool sessions) {
        this.sessions = sessions;
    }

    @Override
    public AcmeResult<OrderView> newOrder(NewOrder wanted) {
        var result = sessions.call("authorize_order", login -> create(login, wanted));
        var plain = new NewOrder(wanted.dns(), wanted.ips(), wanted.notAfter(), wanted.profile(), Optional.empty());
        return wanted.replaces().isPresent() && refusesReplaces(result)
                ? sessions.call("authorize_order", login -> create(login, plain))
                : result;
    }

    private static OrderView create(Login login, NewOrder wanted) throws AcmeException {
        var order = login.newOrder();
        wanted.dns().forEach(name -> order.identifier(new Identifier(Identifier.TYPE_DNS, name.text())));
        wanted.ips().forEach(ip -> order.identifier(new Identifier(Identifier.TYPE_IP, ip)));
        wanted.notAfter().ifPresent(order::notAfter);
        if (wanted.profile().isPresent()) {
            var offered = login.getSession().getMetadata().getProfiles();
            if (!offered.contains(wanted.profile().get())) {
                throw new NotSentException("the CA does not offer the profile \""
                        + ProblemText.cleaned(wanted.profile().get()) + "\""
                        + (offered.isEmpty() ? ", nor any other" : ", only " + ProblemText.cleaned(sorted(offered))));
            }
            order.profile(wanted.profile().get());
        }
        if (login.getSession().resourceUrlOptional(Resource.RENEWAL_INFO).isPresent()) {
            wanted.replaces().ifPresent(order::replaces);
        }
        var made = order.create();
        return Views.order(uri(made.getLocation()), made.getJSON());
    }

    private static String sorted(Iterable<String> profiles) {
        var all = new TreeSet<String>();
        profiles.forEach(all::add);
        return String.join(", ", all);
    }

    private static boolean refusesReplaces(AcmeResult<OrderView> result) {
        var type = result.problem().map(AcmeFailure.Problem::type).orElse("");
        return switch (type) {
            // The last two are what CAs say of a certificate that they do not know or that is another account's
            case "alreadyReplaced", "malformed", "unauthorized" -> true;
            default -> false;
        };
    }

    @Override
    public AcmeResult<OrderView> order(URI order) {
        return sessions.call("get_order", login -> Views.order(order, read(login, order)));
    }

    @Override
    public AcmeResult<AuthorizationView> authorization(URI authorization) {
        return sessions.call(
                "get_authorization", login -> Views.authorization(authorization, read(login, authorization)));
    }

    @Override
    public AcmeResult<OfferedChallenge> accept(URI authorization, URI challenge) {
        return switch (authorization(authorization)) {
            case AcmeResult.Refused<AuthorizationView>(var failure) -> new AcmeResult.Refused<>(failure);
            case AcmeResult.Answer<AuthorizationView>(var view, var retryAfter) -> {
                var offered = view.challenges().stream()
                        .filter(c -> c.url().equals(challenge))
                        .findFirst();
                if (offered.isEmpty()) {
                    yield new AcmeResult.Refused<>(
                            new AcmeFailure.NotSent("the challenge is not one of its authorization's"));
                }
                yield offered.get().status().equals("pending")
                        ? acceptPending(challenge)
                        : new AcmeResult.Answer<>(offered.get(), retryAfter);
            }
        };
    }

    @Override
    public AcmeResult<OfferedChallenge> acceptPending(URI challenge) {
        return sessions.call("accept_challenge", login -> Views.challenge(post(login, challenge, new JSONBuilder())));
    }

    @Override
    public AcmeResult<OrderView> finalizeOrder(URI order, byte[] csrDer) {
        return switch (order(order)) {
            case AcmeResult.Refused<OrderView> refused -> refused;
            case AcmeResult.Answer<OrderView> now -> {
                var url = now.value().finalizeUrl();
                yield now.value().status().equals("ready") && url.isPresent()
                        ? finalizeReady(order, url.get(), csrDer)
                        : now;
            }
        };
    }

    @Override
    public AcmeResult<OrderView> finalizeReady(URI order, URI finalizeUrl, byte[] csrDer) {
        return sessions.call("create_order_cert", login -> {
            var claims = new JSONBuilder().putBase64("csr", csrDer);
            return Views.order(order, post(login, finalizeUrl, claims));
        });
    }

    @Override
    public AcmeResult<String> certificate(OrderView order, Optional<String> preferredChain) {
        return order.certificate()
                .map(url -> sessions.call("fetch_cert", login -> chain(login, url, preferredChain)))
                .orElseGet(() -> new AcmeResult.Refused<>(new AcmeFailure.NotSent(
                        "the order has no certificate, it is " + ProblemText.cleaned(order.status()))));
    }

    private static String chain(Login login, URI url, Optional<String> preferred) throws AcmeException {
        var delivered = download(login, url(url));
        if (preferred.isEmpty() || Chains.endsAt(delivered.getCertificateChain(), preferred.get())) {
            return Chains.pem(delivered.getCertificateChain());
        }
        for (var alternate :
                delivered.getAlternates().stream().limit(ALTERNATES).toList()) {
            var chain = download(login, alternate).getCertificateChain();
            if (Chains.endsAt(chain, preferred.get())) {
                return Chains.pem(chain);
            }
        }
        return Chains.pem(delivered.getCertificateChain());
    }

    private static Certificate download(Login login, URL url) throws AcmeException {
        var certificate = login.bindCertificate(url);
        certificate.download();
        if (certificate.getCertificateChain().isEmpty()) {
            throw new AcmeProtocolException("no certificate in the answer");
        }
        return certificate;
    }

    @Override
    public String dns01Value(String token) {
        var encoder = Base64.getUrlEncoder().withoutPadding();
        var authorization = token + "."
                + encoder.encodeToString(JoseUtils.thumbprint(sessions.key().getPublic()));
        try {
            return encoder.encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(authorization.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// POST-as-GET (RFC 8555 §6.3).
    private static JSON read(Login login, URI url) throws AcmeException {
        try (var connection = login.getSession().connect()) {
            connection.sendSignedPostAsGetRequest(url(url), login);
            return connection.readJsonResponse();
        }
    }

    static JSON post(Login login, URI url, JSONBuilder claims) throws AcmeException {
        try (var connection = login.getSession().connect()) {
            connection.sendSignedRequest(url(url), claims, login);
            return connection.readJsonResponse();
        }
    }

    private static URL url(URI uri) throws NotSentException {
        try {
            return uri.toURL();
        } catch (MalformedURLException | IllegalArgumentException _) {
            throw new NotSentException("not a URL that can be asked");
        }
    }

    private static URI uri(URL url) {
        try {
            return url.toURI();
        } catch (URISyntaxException e) {
            throw new AcmeProtocolException("not a URL", e);
        }
    }
}
